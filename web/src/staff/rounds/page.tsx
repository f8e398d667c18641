// The screen "rounds".

import { Head } from "../parts/head";
import { w } from "../words";

/** The screen. */
export function Rounds() {
  return <Head title={w.rounds.title} />;
}
