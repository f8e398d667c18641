// Instants as the city's clocks show them: the service writes each with the city's offset, which is all that is read.

import { now_ms as present_ms } from "./now";
import { p, say } from "./words";

const DAY_MS = 86_400_000;
const INSTANT = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d).*?(Z|([+-])(\d\d):(\d\d))$/;

/** How far the clock of an instant's text is ahead of UTC, in milliseconds. */
function offset_ms(instant: string): number {
  const found = INSTANT.exec(instant);
  if (!found || found[6] === "Z") return 0;
  const minutes = Number(found[8]) * 60 + Number(found[9]);
  return (found[7] === "-" ? -1 : 1) * minutes * 60_000;
}

/** The hour of an instant: `9:05`. */
function clock(at: Date): string {
  return `${at.getUTCHours()}:${String(at.getUTCMinutes()).padStart(2, "0")}`;
}

function dayWords(at: Date, now: Date): string {
  const days = Math.floor(at.getTime() / DAY_MS) - Math.floor(now.getTime() / DAY_MS);
  if (days === 0) return p.common.today;
  if (days === 1) return p.common.tomorrow;
  if (days === -1) return p.common.yesterday;
  const parts = { year: at.getUTCFullYear(), month: at.getUTCMonth() + 1, day: at.getUTCDate() };
  return say(parts.year === now.getUTCFullYear() ? p.common.date : p.common.date_year, parts);
}

/** Day and hour of an instant, with a word for the days around `now_ms`: `今天 10:00`. */
export function when(instant: string, now_ms = present_ms()): string {
  const ahead_ms = offset_ms(instant);
  const at = new Date(Date.parse(instant) + ahead_ms);
  return `${dayWords(at, new Date(now_ms + ahead_ms))} ${clock(at)}`;
}

/** The same for the end of a span: midnight belongs to the day before, as `24:00`. */
export function end(instant: string, now_ms = present_ms()): string {
  const ahead_ms = offset_ms(instant);
  const at = new Date(Date.parse(instant) + ahead_ms);
  if (at.getTime() % DAY_MS !== 0) return when(instant, now_ms);
  return `${dayWords(new Date(at.getTime() - 1), new Date(now_ms + ahead_ms))} 24:00`;
}
