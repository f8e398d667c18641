// The screen "joins".

import { Head } from "../parts/head";
import { w } from "../words";

/** The screen. */
export function Joins() {
  return <Head title={w.joins.title} />;
}
