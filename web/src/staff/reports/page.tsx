// The screen "reports".

import { Head } from "../parts/head";
import { w } from "../words";

/** The screen. */
export function Reports() {
  return <Head title={w.reports.title} />;
}
