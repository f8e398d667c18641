// The calendar of a deadline: the weeks, what each day is, and what it does with deadlines of hours and of months.

import { expect, test } from "vitest";
import { weeksOf } from "../../src/grievances/case/calendar";

const day = (date: string, why: string, text: string, number: number | null = null) => ({
  date,
  why,
  text,
  number,
  paused: false,
});

/** Three working days from Friday 2026-02-13, over the Spring Festival with its make-up Saturday. */
const SPRING = [
  day("2026-02-13", "begun", "收到"),
  day("2026-02-14", "made_up", "调休上班", 1),
  ...Array.from({ length: 9 }, (_, i) => day(`2026-02-${15 + i}`, "holiday", "春节")),
  day("2026-02-24", "workday", "工作日", 2),
  day("2026-02-25", "workday", "工作日", 3),
];

test("working days over a festival are drawn in whole weeks", () => {
  const weeks = weeksOf(SPRING, "2026-02-25", "2026-02-23");
  expect(weeks.map((week) => week.map(({ number }) => number))).toEqual([
    [9, 10, 11, 12, 13, 14, 15],
    [16, 17, 18, 19, 20, 21, 22],
    [23, 24, 25, 26, 27, 28, 1],
  ]);
  const marks = Object.fromEntries(weeks.flat().map(({ date, mark }) => [date, mark]));
  expect(marks["2026-02-12"]).toBe("plain");
  expect(marks["2026-02-13"]).toBe("received");
  expect(marks["2026-02-14"]).toBe("counted");
  expect(marks["2026-02-15"]).toBe("off");
  expect(marks["2026-02-24"]).toBe("counted");
  expect(marks["2026-02-25"]).toBe("last");
  expect(marks["2026-02-26"]).toBe("plain");
  expect(weeks.flat().filter(({ isToday }) => isToday)).toMatchObject([{ date: "2026-02-23", mark: "off" }]);
});

test("a deadline of hours counts minutes, and ends on the day it was filed", () => {
  const hours = [{ ...day("2026-11-24", "every_day", ""), minutes: 120 }];
  const weeks = weeksOf(hours, "2026-11-24", "2026-11-24");
  expect(weeks).toHaveLength(1);
  expect(weeks[0]?.[1]).toMatchObject({
    date: "2026-11-24",
    mark: "last",
    isToday: true,
    told: { minutes: 120 },
  });
});

test("without days, and for many months, nothing is drawn", () => {
  expect(weeksOf([], "2026-11-24", "2026-11-24")).toEqual([]);
  expect(weeksOf(SPRING, "2027-11-24", "2026-11-24")).toEqual([]);
});
