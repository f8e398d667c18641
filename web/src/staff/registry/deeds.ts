// What can be done with a station, as one asks for it: its word, its icon, whether it needs a reason.

import type { Deed } from "../types";

/** The deeds that move a station on in its life, in the order in which they are offered. */
export const MOVES = ["submit", "check", "publish", "resume", "suspend", "reject", "retire"] as const;
export type Move = (typeof MOVES)[number];

/** The deeds that bring a station nearer to workers; one of them is the next step. */
export const FORWARD: readonly Move[] = ["submit", "check", "publish", "resume"];

/** The deeds that take something away from somebody say why. */
export const NEEDS_REASON: readonly Deed[] = ["reject", "suspend", "retire"];

/** The icon of each move. */
export const MOVE_ICONS: Readonly<Record<Move, string>> = {
  submit: "upload",
  check: "check",
  publish: "dooropen",
  resume: "dooropen",
  suspend: "pause",
  reject: "undo",
  retire: "close",
};
