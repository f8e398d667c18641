// Questions, times and answers in words: for titles, for screen readers, for pictures and paper.

import { districtName, wordOf } from "../staff/shell";
import type { Period } from "./period";
import type { Question, Side } from "./question";
import type { Coverage, Share, Timetable } from "./types";
import { addDays, DAY, hourWords, spanWords } from "./week";
import { p, say } from "./words";

/** How near a station must be: `走 15 分`, `直线 1000 米`. */
export function reachWords({ within_s, within_m, by }: Question): string {
  const parts: string[] = [];
  if (within_s !== undefined)
    parts.push(
      say(by === "straight" ? p.reach.straight_minutes : p.reach.minutes, Math.round(within_s / 6) / 10),
    );
  if (within_m !== undefined)
    parts.push(say(by === "straight" ? p.reach.straight : p.reach.walked, within_m));
  return parts.join(p.reach.and);
}

/** What a question asks, each thing by itself. */
export function partsOf(question: Question): readonly string[] {
  const { facility, trade, district, no_phone, min, of } = question;
  return [
    ...facility.map((code) => wordOf("facility", code)),
    ...(no_phone ? [p.ask.no_phone] : []),
    trade.length > 0 ? trade.map((code) => wordOf("trade", code)).join(p.time.and) : p.ask.everybody,
    district.length > 0 ? district.map(districtName).join(p.time.and) : p.ask.everywhere,
    reachWords(question),
    ...(min === 2 ? [p.ask.twice] : []),
    ...(of === "stations" ? [] : [p.ask.places[of]]),
  ];
}

/** The time of a question: `周三 13:00`, `11月23日 – 11月29日`. */
export function timeWords({ span, week, from, to }: Period, hour: number): string {
  if (span === "hour") return hourWords(hour);
  return span === "week" ? spanWords(week, addDays(week, 6)) : spanWords(from, to);
}

/** What a map is called: its time, and in a comparison what its question has that the other has not. */
export function titleOf(
  which: Side,
  questions: Readonly<Record<Side, Question>>,
  period: Period,
  isCompared: boolean,
): string {
  const [own, other] = [questions[which], questions[which === "a" ? "b" : "a"]];
  const time = timeWords(period, own.hour);
  if (!isCompared) return time;
  const theirs = partsOf(other);
  const different = partsOf(own).filter((part) => !theirs.includes(part));
  const isOtherTime = period.span === "hour" && own.hour !== other.hour;
  if (different.length === 0) return time;
  return [...(isOtherTime || period.span === "hour" ? [time] : []), ...different].join(" · ");
}

/** The figure that stands over a map: what the question asks, or what is known of its hour while the rest is coming. */
export function headOf(
  question: Question,
  coverage: Coverage | undefined,
  isCurrent: boolean,
  timetable: Timetable | undefined,
  period: Period,
): Share | undefined {
  const code = question.min === 2 ? "covered_twice" : "covered";
  const figure = coverage?.figures.find((one) => one.code === code);
  if (isCurrent || !timetable || period.span !== "hour") return figure;
  const counted = question.min === 2 ? timetable.twice : timetable.numerator;
  const [numerator, denominator] = [
    counted[question.hour] ?? null,
    timetable.denominator[question.hour] ?? null,
  ];
  const share = numerator !== null && denominator ? numerator / denominator : null;
  return { numerator, denominator, share };
}

/** The hour of the day as a clock shows it. */
export function clockOf(hour: number): string {
  return `${hour % DAY}:00`;
}
