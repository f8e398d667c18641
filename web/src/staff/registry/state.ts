// The state of a station in words: where it is in its life, or what holds for workers now.

import { type State, shapeOf } from "../../door";
import { clock, moment } from "../format";
import { now_ms, wall } from "../shell";
import type { Station, Status } from "../types";
import { say, w } from "../words";

/** A state as it is read: the shape of its door, its word, and until when. */
export interface Line {
  readonly shape: string;
  readonly word: string;
  readonly detail: string;
}

/** The icon of each stage of life that the public does not see. */
export const STAGE_ICONS: Readonly<Record<Status, string>> = {
  draft: "draw",
  submitted: "upload",
  checked: "check",
  rejected: "undo",
  open: "dooropen",
  suspended: "pause",
  retired: "close",
};

/** Whether workers see it. */
export function isPublic({ status }: Pick<Station, "status">): boolean {
  return status === "open" || status === "suspended";
}

/** What workers are told now; nothing for a station that they do not see. */
export function lineOf(station: Pick<Station, "status" | "state">): Line | undefined {
  const { state } = station;
  if (!isPublic(station) || !state) return undefined;
  const word = (w.states as Readonly<Record<string, string>>)[state.state] ?? w.states.unknown;
  return { shape: shapeOf(state.state), word, detail: detailOf(state) };
}

function detailOf(state: NonNullable<Station["state"]>): string {
  switch (state.state as State) {
    case "open":
    case "closing_soon":
      return state.closes_at ? say(w.states.until, end(state.closes_at)) : w.states.all_day;
    case "closed":
      return state.opens_at ? say(w.states.opens, near(state.opens_at)) : "";
    case "closed_by_notice":
    case "suspended":
      return state.notice ?? (state.opens_at ? say(w.states.opens, near(state.opens_at)) : "");
    default:
      return "";
  }
}

/** The hour alone where it is today's. */
function near(instant: string): string {
  return isToday(instant) ? clock(instant) : moment(instant);
}

function end(instant: string): string {
  return near(instant);
}

function isToday(instant: string): boolean {
  return wall(Date.parse(instant)).toISOString().slice(0, 10) === wall(now_ms()).toISOString().slice(0, 10);
}
