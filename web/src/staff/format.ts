// Instants, days and figures as one reads them.

import { now_ms, wall } from "./shell";
import { isEnglish, say, w } from "./words";

const DAY_MS = 86_400_000;
const two = (number: number) => String(number).padStart(2, "0");

function dayOf(instant_ms: number): number {
  return Math.floor(wall(instant_ms).getTime() / DAY_MS);
}

/** The date with its weekday: `11月26日 周四`, with the year where it is another. */
export function day(instant: string | number): string {
  const at_ms = typeof instant === "number" ? instant : Date.parse(instant);
  const at = wall(at_ms);
  const month = w.time.months[at.getUTCMonth()] ?? "";
  const weekday = w.time.weekdays[(at.getUTCDay() + 6) % 7] ?? "";
  const year = at.getUTCFullYear();
  const phrase = year === wall(now_ms()).getUTCFullYear() ? w.time.date : w.time.date_year;
  return say(phrase, { year, month, day: at.getUTCDate(), weekday });
}

/** The hour: `21:00`. */
export function clock(instant: string | number): string {
  const at = wall(typeof instant === "number" ? instant : Date.parse(instant));
  return `${at.getUTCHours()}:${two(at.getUTCMinutes())}`;
}

/** Day and hour, with a word for the days around today: `今天 10:00`. */
export function moment(instant: string | null | undefined): string {
  if (!instant) return "–";
  const at_ms = Date.parse(instant);
  const near: Readonly<Record<number, string>> = {
    0: w.time.today,
    1: w.time.tomorrow,
    [-1]: w.time.yesterday,
  };
  return `${near[dayOf(at_ms) - dayOf(now_ms())] ?? day(at_ms)} ${clock(at_ms)}`;
}

/** The end of a span: like `moment`, but midnight belongs to the day before, as `24:00`. */
export function end(instant: string): string {
  const at_ms = Date.parse(instant);
  if (clock(at_ms) !== "0:00") return moment(instant);
  const before = moment(new Date(at_ms - 1).toISOString());
  return before.replace(/ \d+:\d\d$/, " 24:00");
}

/** How many days ago: `今天`, `昨天`, `12 天`. */
export function age(instant: string | null | undefined): string {
  if (!instant) return w.time.never;
  const days = daysSince(instant);
  if (days <= 0) return w.time.today;
  return days === 1 ? w.time.yesterday : say(w.time.days, days);
}

/** Whole days of the city between an instant and today. */
export function daysSince(instant: string): number {
  return dayOf(now_ms()) - dayOf(Date.parse(instant));
}

/** A distance: metres under a kilometre, then kilometres with a decimal. */
export function distance(metres: number): string {
  if (metres < 10) return say(w.units.metres, metres.toFixed(1));
  if (metres < 1000) return say(w.units.metres, Math.round(metres));
  return say(w.units.kilometres, (metres / 1000).toFixed(1));
}

/** A date for a field: `2026-11-24`. */
export function dateOf(instant_ms: number): string {
  return wall(instant_ms).toISOString().slice(0, 10);
}

/** Several words as one list. */
export function listed(words: readonly string[]): string {
  return words.join(isEnglish ? ", " : "、");
}

/** An instant some whole days from today's midnight by the city's clocks, in milliseconds since 1970. */
export function midnight(daysAhead: number): number {
  const now = now_ms();
  const shift = wall(now).getTime() - now;
  return (dayOf(now) + daysAhead) * DAY_MS - shift;
}
