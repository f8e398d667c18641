// The screen "imports".

import { Head } from "../parts/head";
import { w } from "../words";

/** The screen. */
export function Imports() {
  return <Head title={w.imports.title} />;
}
