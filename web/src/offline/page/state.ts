// The state of a station in words: what it is, then until when. Shape and word always go together.

import { shapeOf } from "../../door";
import { say } from "../../words";
import type { Station } from "../station";
import type { Context } from "./context";
import { html, type Markup } from "./html";
import { door } from "./icon";
import { end, moment } from "./time";

/** A state as it is read: the shape of its door and its words. */
export interface Line {
  readonly shape: string;
  readonly text: string;
}

/** The state of a station as one line. */
export function line(context: Context, station: Station): Line {
  const [headline, detail] = told(context, station);
  return { shape: shapeOf(station.state), text: detail === undefined ? headline : `${headline} · ${detail}` };
}

function told({ words, when }: Context, station: Station): readonly [string, string?] {
  const { closes_ms, opens_ms, notice } = station;
  const ends = closes_ms === undefined ? undefined : end(words, closes_ms, when);
  const why = notice === undefined ? ([] as const) : ([notice] as const);
  switch (station.state) {
    case "open":
      return [words.open, ends === undefined ? words.all_day : say(words.until, ends)];
    case "closing_soon":
      return ends === undefined ? [words.closing_soon] : [words.closing_soon, ends];
    case "closed":
      return [opens_ms === undefined ? words.closed : say(words.opens, moment(words, opens_ms, when))];
    case "closed_by_notice":
      return [words.closed_by_notice, ...why];
    case "suspended":
      return [words.suspended, ...why];
    default:
      return [words.unknown, words.unverified];
  }
}

/** When a station that a notice has closed opens again. */
export function reopens({ words, when }: Context, station: Station): string | undefined {
  if (station.state !== "closed_by_notice" || station.opens_ms === undefined) return undefined;
  return say(words.opens, moment(words, station.opens_ms, when));
}

/** Why a station is open beyond its own hours, in the words of the notice. */
export function whyOpen({ isOpen, notice }: Station): string | undefined {
  return isOpen ? notice : undefined;
}

/** The line with its door. */
export function lineMarkup({ shape, text }: Line): Markup {
  return html`<p class="st ${shape}">${door(shape)}${text}</p>`;
}
