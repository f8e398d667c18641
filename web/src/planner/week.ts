// The hours of a week: 168 of them, Monday 0:00 first, and the instants they are in a certain week.

import { dateOf } from "../staff/format";
import { instantOf, now_ms, wall } from "../staff/shell";
import { p, say, w } from "./words";

/** The hours of a day and of a week. */
export const DAY = 24;
export const WEEK = 168;
const DAY_MS = 86_400_000;
const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** Whether a text is a day of the calendar. */
export function isDate(text: string): boolean {
  return DATE.test(text) && dayNumber(text) !== undefined;
}

function dayNumber(date: string): number | undefined {
  const at = new Date(`${date}T00:00:00Z`);
  return at.toJSON()?.startsWith(date) ? at.getTime() / DAY_MS : undefined;
}

/** The day some days later; negative for earlier. */
export function addDays(date: string, days: number): string {
  return new Date(((dayNumber(date) ?? 0) + days) * DAY_MS).toISOString().slice(0, 10);
}

/** The Monday of the week that holds a day. */
export function mondayOf(date: string): string {
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
  return addDays(date, -((weekday + 6) % 7));
}

/** The week and the hour of the present. */
export function present(): { readonly week: string; readonly hour: number } {
  const at = wall(now_ms());
  return {
    week: mondayOf(dateOf(now_ms())),
    hour: ((at.getUTCDay() + 6) % 7) * DAY + at.getUTCHours(),
  };
}

/** The day of an hour of a week that begins with this Monday. */
export function dayOfHour(week: string, hour: number): string {
  return addDays(week, Math.floor(hour / DAY));
}

/** The instant of an hour of a week, by the city's clocks. */
export function instantOfHour(week: string, hour: number): string {
  const clock = String(hour % DAY).padStart(2, "0");
  return instantOf(`${dayOfHour(week, hour)}T${clock}:00`) ?? "";
}

/** An hour of the week brought back into the week: an hour before Monday 0:00 is Sunday's last. */
export function wrapped(hour: number): number {
  return ((Math.round(hour) % WEEK) + WEEK) % WEEK;
}

/** The name of a day of the week, Monday is 0. */
export function weekday(day: number): string {
  return w.time.weekdays[day] ?? "";
}

/** An hour in words: `周三 13:00`. */
export function hourWords(hour: number): string {
  return `${weekday(Math.floor(hour / DAY))} ${hour % DAY}:00`;
}

/** A day without its year: `11月23日`. */
export function dayWords(date: string): string {
  const [, month = 1, day = 1] = date.split("-").map(Number);
  return say(p.time.day, { month: w.time.months[month - 1] ?? "", day });
}

/** From which day to which, both counted: `11月23日 – 11月29日`. */
export function spanWords(from: string, to: string): string {
  return say(p.time.span, { from: dayWords(from), to: dayWords(to) });
}

/** Days of the week as few words: `周一至周五`, `周六、周日`, `每天`. */
export function daysWords(days: readonly number[]): string {
  const sorted = [...days].sort((a, b) => a - b);
  const name = (day: number | undefined) => weekday((day ?? 1) - 1);
  if (sorted.length === 7) return p.time.every_day;
  const isRun = sorted.length > 2 && sorted.every((day, i) => day === (sorted[0] ?? 0) + i);
  if (isRun) return say(p.time.run, { from: name(sorted[0]), to: name(sorted.at(-1)) });
  return sorted.map(name).join(p.time.and);
}

/** Days and hours: `周一至周五 12:00–14:00`. */
export function hoursWords(days: readonly number[], from_hour: number, to_hour: number): string {
  return `${daysWords(days)} ${from_hour}:00–${to_hour}:00`;
}
