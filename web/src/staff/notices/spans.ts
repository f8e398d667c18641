// The spans that notices usually have.

import { midnight } from "../format";
import { fieldOf, now_ms } from "../shell";

/** A choice of a span. */
export type Span = "today" | "tomorrow" | "days" | "open";
export const SPANS: readonly Span[] = ["today", "tomorrow", "days", "open"];

/** What the fields hold for a span: from and to as the city's clocks show them; empty where it has no end. */
export function fieldsOf(span: Span): { readonly from: string; readonly to: string } {
  const minute = 60_000;
  const now = fieldOf(Math.floor(now_ms() / minute) * minute);
  switch (span) {
    case "today":
      return { from: now, to: fieldOf(midnight(1)) };
    case "tomorrow":
      return { from: fieldOf(midnight(1)), to: fieldOf(midnight(2)) };
    case "days":
      return { from: now, to: fieldOf(midnight(3)) };
    default:
      return { from: now, to: "" };
  }
}
