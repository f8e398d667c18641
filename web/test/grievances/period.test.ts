// Periods of figures.

import { expect, test } from "vitest";
import { isPeriod, presets, spanOf } from "../../src/grievances/figures/period";

test("the month before January is December of the year before", () => {
  const of = (today: string) => Object.fromEntries(presets(today).map(({ name, period }) => [name, period]));
  expect(of("2026-01-05")).toEqual({
    this_year: "2026",
    last_year: "2025",
    this_month: "2026-01",
    last_month: "2025-12",
  });
  expect(of("2026-11-24").last_month).toBe("2026-10");
});

test("a period is a year, a month or a span of days", () => {
  expect(["2026", "2026-02", "2026-01-01..2026-03-31"].every(isPeriod)).toBe(true);
  expect(["", "26", "2026-13", "2026-01-01", "x..y"].some(isPeriod)).toBe(false);
  expect(spanOf("2026-01-01..2026-03-31")).toEqual({ from: "2026-01-01", to: "2026-03-31" });
  expect(spanOf("2026")).toBeUndefined();
});
