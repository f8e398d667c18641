// The screen "ratings".

import { Head } from "../parts/head";
import { w } from "../words";

/** The screen. */
export function Ratings() {
  return <Head title={w.ratings.title} />;
}
