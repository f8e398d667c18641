// Days and instants of cases. Of an anonymous reporter only the day is known.

import { day, moment } from "../../staff/format";
import { instantOf, now_ms, wall } from "../../staff/shell";

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** A day with its weekday, from a date or an instant. */
export function dayWords(value: string | null | undefined): string {
  if (!value) return "–";
  return day(DAY.test(value) ? (instantOf(`${value}T00:00`) ?? value) : value);
}

/** When something was: the day alone where no more is known. */
export function whenWords(value: string | null | undefined): string {
  if (!value) return "–";
  return DAY.test(value) ? dayWords(value) : moment(value);
}

/** Today by the city's clock: `2026-11-24`. */
export function today(): string {
  return wall(now_ms()).toISOString().slice(0, 10);
}

/** The date of an instant by the city's clock. */
export function dateOf(value: string): string {
  return DAY.test(value) ? value : wall(Date.parse(value)).toISOString().slice(0, 10);
}
