// What the board makes of the service's figures.

import { expect, test } from "vitest";
import { flowOf, marksOf, percentOf } from "../../src/grievances/board/facts";
import { casesHref } from "../../src/grievances/figures/address";

test("open cases stand where they wait, and reviews only where there are some", () => {
  const flow = flowOf({ submitted: 2, returned: 1, accepted: 4, in_progress: 5, closed: 90 });
  expect(Object.fromEntries(flow.map(({ name, count }) => [name, count]))).toEqual({
    to_dispatch: 3,
    to_accept: 0,
    working: 9,
    waiting: 0,
    to_call: 0,
  });
  expect(flowOf({ appealed: 1 }).at(-1)).toMatchObject({ name: "appealed", count: 1 });
});

test("there is no rate of nothing", () => {
  expect(percentOf({ numerator: 131, denominator: 132, percent: 99.2 })).toBe("99.2");
  expect(percentOf({ numerator: 0, denominator: 0, percent: null })).toBeUndefined();
  expect(percentOf({ numerator: 0, denominator: 0, percent: 0 })).toBeUndefined();
});

test("a department's late cases are marked first, and what does not fit is counted", () => {
  const department = { name: "权益保障部", open: 11, overdue: 1, due_today: 1 };
  expect(marksOf(department, 4)).toEqual({ marks: ["late", "today", "open", "open"], left: 7 });
});

test("a figure leads to a screen of this page, whatever the service names", () => {
  expect(casesHref("/api/v1/grievances/figures/cases?rate=response&period=2026")).toBe(
    "/grievances/figures/cases?rate=response&period=2026",
  );
  expect(casesHref("https://elsewhere.example/x?rate=response")).toBe(
    "/grievances/figures/cases?rate=response",
  );
  expect(casesHref(null)).toBeUndefined();
});
