// @vitest-environment happy-dom
// The hours of a week: their days, their instants, their words; keys that lead from one to another.

import { expect, test } from "vitest";
import { hourAfter } from "../../src/planner/dock/heat";
import { curveOf } from "../../src/planner/dock/scrub";
import {
  addDays,
  daysWords,
  hoursWords,
  hourWords,
  instantOfHour,
  isDate,
  mondayOf,
  wrapped,
} from "../../src/planner/week";

test("a week begins on Monday, also across a year", () => {
  expect(mondayOf("2026-11-23")).toBe("2026-11-23");
  expect(mondayOf("2026-11-29")).toBe("2026-11-23");
  expect(mondayOf("2027-01-01")).toBe("2026-12-28");
  expect(addDays("2028-02-28", 2)).toBe("2028-03-01");
});

test("only days of the calendar are days", () => {
  expect(["2026-11-30", "2026-02-29", "2026-13-01", "26-1-1", ""].map(isDate)).toEqual([
    true,
    false,
    false,
    false,
    false,
  ]);
});

test("an hour of the week is an instant by the city's clocks", () => {
  expect(instantOfHour("2026-11-23", 0)).toBe("2026-11-23T00:00:00+08:00");
  expect(instantOfHour("2026-11-23", 61)).toBe("2026-11-25T13:00:00+08:00");
  expect(instantOfHour("2026-11-23", 167)).toBe("2026-11-29T23:00:00+08:00");
});

test("hours and days in words", () => {
  expect(hourWords(61)).toBe("周三 13:00");
  expect(daysWords([1, 2, 3, 4, 5])).toBe("周一至周五");
  expect(daysWords([7, 6])).toBe("周六、周日");
  expect(daysWords([1, 2, 3, 4, 5, 6, 7])).toBe("每天");
  expect(hoursWords([2, 4], 12, 14)).toBe("周二、周四 12:00–14:00");
});

test("the week goes round, and keys lead through its table", () => {
  expect([wrapped(-1), wrapped(168), wrapped(61)]).toEqual([167, 0, 61]);
  expect(hourAfter("ArrowDown", 150)).toBe(6);
  expect(hourAfter("ArrowUp", 6)).toBe(150);
  expect(hourAfter("ArrowLeft", 0)).toBe(167);
  expect([hourAfter("Home", 61), hourAfter("End", 61)]).toEqual([48, 71]);
  expect(hourAfter("a", 61)).toBeUndefined();
});

test("the curve is as high as its best hour, and flat where nothing is known", () => {
  expect(curveOf([0.5, 0.25, null])).toBe("M0 44V4h6V24h6V44h6V44z");
});
