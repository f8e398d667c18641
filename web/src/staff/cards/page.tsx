// The screen "cards".

import { Head } from "../parts/head";
import { w } from "../words";

/** The screen. */
export function Cards() {
  return <Head title={w.cards.title} />;
}
