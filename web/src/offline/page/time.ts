// Instants in words: the day only where it is not today, the weekday beside every date.

import { type PageWords, say } from "../../words";
import { DAY_MS, dayOf, local, type When } from "../instant";

/** An instant as one says it: `21:00` on the day that is described, else `明天 8:30` or `11月26日 周四 8:30`. */
export function moment(words: PageWords, instant_ms: number, when: When): string {
  const time = local(instant_ms, when);
  const day = nearDay(words, dayOf(time), when);
  return day === "" ? clock(time) : `${day ?? date(words, time)} ${clock(time)}`;
}

/**
 * The end of a span: like `moment`, but midnight belongs to the day before, as `24:00` where that is near and as
 * the whole day where it is not.
 */
export function end(words: PageWords, instant_ms: number, when: When): string {
  const time = local(instant_ms, when);
  if (time.getTime() % DAY_MS !== 0) return moment(words, instant_ms, when);
  const last = new Date(time.getTime() - DAY_MS);
  const near = nearDay(words, dayOf(last), when);
  if (near === "") return "24:00";
  return near === undefined ? date(words, last) : `${near} 24:00`;
}

/** A date with its weekday: `11月26日 周四`. */
export function date(words: PageWords, day: Date): string {
  const month = words.months[day.getUTCMonth()] ?? "";
  const weekday = words.weekdays[(day.getUTCDay() + 6) % 7] ?? "";
  return `${say(words.month_day, { month, day: day.getUTCDate() })} ${weekday}`;
}

/** The day of an instant with its time, always said: `今天 10:00`. */
export function stamp(words: PageWords, instant_ms: number, when: When): string {
  const time = local(instant_ms, when);
  const near = nearDay(words, dayOf(time), { ...when, at_ms: when.now_ms });
  return `${near === "" ? words.today : (near ?? date(words, time))} ${clock(time)}`;
}

function clock(time: Date): string {
  return `${time.getUTCHours()}:${String(time.getUTCMinutes()).padStart(2, "0")}`;
}

/** Empty for the day that is described, a word for today and its neighbours, nothing for other days. */
function nearDay(words: PageWords, day: number, when: When): string | undefined {
  if (day === dayOf(local(when.at_ms, when))) return "";
  const apart = day - dayOf(local(when.now_ms, when));
  const near: Readonly<Record<number, string>> = { 0: words.today, 1: words.tomorrow, [-1]: words.yesterday };
  return near[apart];
}
