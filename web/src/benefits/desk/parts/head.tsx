// The top of a screen of the desk.

import type { ComponentChildren } from "preact";
import { Head as Plain } from "../../../staff/parts/head";
import { b } from "../words";

/** The title of a screen, what stands beside it, and what can be done with the whole. */
export function Head(props: { title: string; note?: ComponentChildren; children?: ComponentChildren }) {
  return <Plain {...props} brand={b.nav.brand} />;
}
