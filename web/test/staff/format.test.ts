// @vitest-environment happy-dom
// Instants, distances and spans as one reads them. Without a shell the city is eight hours ahead of UTC.

import { expect, test } from "vitest";
import { day, distance, end, moment } from "../../src/staff/format";
import { fieldOf, instantOf } from "../../src/staff/shell";

/** A day that is neither today nor next to it. */
const FAR = "2020-02-29T21:05:00+08:00";

test("an instant is told by the city's clocks, with its weekday and a year that is not this one", () => {
  expect(moment(FAR)).toBe("2020年2月29日 周六 21:05");
  expect(day(FAR)).toBe("2020年2月29日 周六");
  expect(moment(null)).toBe("–");
});

test("midnight ends the day before", () => {
  expect(end("2020-03-01T00:00:00+08:00")).toBe("2020年2月29日 周六 24:00");
  expect(end(FAR)).toBe(moment(FAR));
});

test("a field for date and time holds the city's time, and gives it back with its offset", () => {
  expect(fieldOf(Date.parse(FAR))).toBe("2020-02-29T21:05");
  expect(instantOf("2020-02-29T21:05")).toBe("2020-02-29T21:05:00+08:00");
  expect(instantOf("")).toBeNull();
});

test("near things are told to a tenth of a metre, far ones in kilometres", () => {
  expect([distance(3.12), distance(86.4), distance(1234)]).toEqual(["3.1 米", "86 米", "1.2 公里"]);
});
