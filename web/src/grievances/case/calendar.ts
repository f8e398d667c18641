// A deadline as a calendar: whole weeks, each day with what it is to the deadline. Pure; dates are `2026-02-13`.

import type { DueDay } from "../types";

/** What a day is to a deadline. */
export type Mark = "received" | "counted" | "off" | "last" | "plain";

/** One day of the calendar. */
export interface Cell {
  readonly date: string;
  /** The day of its month. */
  readonly number: number;
  readonly mark: Mark;
  readonly isToday: boolean;
  /** How the deadline counts it, where the deadline says so. */
  readonly told: DueDay | undefined;
}

const DAY_MS = 86_400_000;
/** The most weeks that are drawn; a longer deadline is told by its list of days. */
export const MOST_WEEKS = 10;

const at = (date: string) => Date.parse(`${date}T00:00:00Z`);
const dateAt = (instant: number) => new Date(instant).toISOString().slice(0, 10);
/** The Monday of a day's week. */
const monday = (instant: number) => instant - ((new Date(instant).getUTCDay() + 6) % 7) * DAY_MS;

/** The weeks from the first of a deadline's days to its last; none where it has no days or too many. */
export function weeksOf(days: readonly DueDay[], last: string, today: string): Cell[][] {
  const told = new Map(days.map((day) => [day.date, day]));
  const received = days[0]?.date;
  if (!received) return [];
  const begin = monday(at(received));
  const weeks = Math.floor((at(last) - begin) / (7 * DAY_MS)) + 1;
  if (weeks < 1 || weeks > MOST_WEEKS) return [];
  return Array.from({ length: weeks }, (_, week) =>
    Array.from({ length: 7 }, (_, weekday) => {
      const date = dateAt(begin + (week * 7 + weekday) * DAY_MS);
      const isInside = date >= received && date <= last;
      return cellOf(date, isInside ? told.get(date) : undefined, { received, last, today });
    }),
  );
}

function cellOf(
  date: string,
  told: DueDay | undefined,
  days: { received: string; last: string; today: string },
): Cell {
  const counts = typeof told?.number === "number" || (told?.minutes ?? 0) > 0;
  const mark: Mark =
    date === days.last
      ? "last"
      : date === days.received
        ? "received"
        : counts
          ? "counted"
          : told
            ? "off"
            : "plain";
  return { date, number: Number(date.slice(8)), mark, isToday: date === days.today, told };
}
