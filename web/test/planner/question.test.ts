// @vitest-environment happy-dom
// The question of an address, how it is changed, and what the interface is asked with.

import { expect, test } from "vitest";
import { periodOf, seasonFault, withPeriod } from "../../src/planner/period";
import {
  changed,
  comparing,
  coverageAddress,
  extensionsAddress,
  gapsAddress,
  questionOf,
  tileQueryOf,
  timetableAddress,
} from "../../src/planner/question";

const held = (text: string) => new URLSearchParams(text);

test("an address that says nothing asks for a quarter of an hour on foot to one station", () => {
  const asked = questionOf(held("hour=61"), "a");
  expect(asked).toMatchObject({
    within_s: 900,
    within_m: undefined,
    by: "walk",
    min: 1,
    of: "stations",
    hour: 61,
  });
  expect(asked.facility).toEqual([]);
});

test("what cannot be is not taken over", () => {
  const asked = questionOf(held("hour=168&within_s=99999&min=3&of=bank&by=ride"), "a");
  expect(asked).toMatchObject({ within_s: 900, min: 1, of: "stations", by: "walk" });
  expect(asked.hour).toBeLessThan(168);
  expect(questionOf(held("within_m=1000"), "a").within_s).toBeUndefined();
  expect(questionOf(held("within_m=1000&within_s=600"), "a")).toMatchObject({
    within_s: 600,
    within_m: 1000,
  });
});

test("a change is written into the address and read again", () => {
  const before = held("hour=10&view=119,39,9");
  const after = changed(before, "a", {
    facility: ["microwave", "toilet"],
    min: 2,
    within_m: 500,
    within_s: undefined,
  });
  expect(questionOf(after, "a")).toMatchObject({
    facility: ["microwave", "toilet"],
    min: 2,
    within_m: 500,
    hour: 10,
  });
  expect(after.get("view")).toBe("119,39,9");
  expect(changed(after, "a", { facility: [], min: 1, within_m: undefined, within_s: 900 }).toString()).toBe(
    "hour=10&view=119%2C39%2C9",
  );
});

test("the second question says only where it differs, and follows the first elsewhere", () => {
  const begun = comparing(held("hour=10&facility=toilet"), true);
  expect(questionOf(begun, "b")).toEqual(questionOf(begun, "a"));
  const after = changed(begun, "b", { hour: 20, facility: [] });
  expect(after.get("b.hour")).toBe("20");
  expect(after.get("b.facility")).toBe("");
  expect(questionOf(after, "b")).toMatchObject({ hour: 20, facility: [] });
  expect(questionOf(after, "a")).toMatchObject({ hour: 10, facility: ["toilet"] });
  const moved = changed(after, "a", { district: ["130302"] });
  expect(questionOf(moved, "b").district).toEqual(["130302"]);
  expect(changed(after, "b", { hour: 10 }).has("b.hour")).toBe(false);
  expect(comparing(after, false).toString()).toBe("hour=10&facility=toilet");
});

test("nearness is one thing: the second question has it whole or not at all", () => {
  const far = held("hour=1&within_m=1000&by=straight&compare=1");
  const walked = changed(far, "b", { within_s: 900, within_m: undefined, by: "walk" });
  expect(questionOf(walked, "b")).toMatchObject({ within_s: 900, within_m: undefined, by: "walk" });
  expect(questionOf(walked, "a")).toMatchObject({ within_s: undefined, within_m: 1000, by: "straight" });
  const again = changed(walked, "b", { within_s: undefined, within_m: 1000, by: "straight" });
  expect([...again.keys()].some((name) => name.startsWith("b."))).toBe(false);
});

test("the interface is asked with everything, and with the time of the question", () => {
  const asked = questionOf(held("hour=61&facility=microwave,toilet&district=130302&min=2"), "a");
  const week = periodOf(held("week=2026-11-25"));
  expect(coverageAddress(asked, week)).toBe(
    "/api/v1/coverage?facility=microwave,toilet&district=130302&min=2&within_s=900&at=2026-11-25T13:00:00%2B08:00",
  );
  expect(timetableAddress(asked, week)).toContain("week=2026-11-23");
  const season = periodOf(held("span=season&from=2026-07-01&to=2026-08-31"));
  expect(gapsAddress(asked, season, { resolution: 8 })).toContain(
    "from=2026-07-01&to=2026-08-31&resolution=8",
  );
  expect(coverageAddress(asked, { ...week, span: "week" })).toContain("week=2026-11-23");
  expect(extensionsAddress(asked, season)).toContain("week=2026-06-29");
  expect(tileQueryOf(asked, "2026-11-25T13:00:00+08:00")).toBe(
    "facility=microwave%2Ctoilet&at=2026-11-25T13%3A00%3A00%2B08%3A00",
  );
});

test("a season that ends before it begins, or is too long, is told and not asked", () => {
  expect(seasonFault("2026-08-01", "2026-07-01")).toBe("order");
  expect(seasonFault("2026-01-01", "2027-01-01")).toBeUndefined();
  expect(seasonFault("2026-01-01", "2027-01-02")).toBe("length");
  expect(seasonFault("2026-08-01", "2026-08-01")).toBeUndefined();
  const asked = (text: string) => periodOf(held(`span=season&${text}`));
  expect(asked("from=2026-08-01&to=2026-07-01")).toMatchObject({ from: "2026-08-01", to: "2026-08-01" });
  expect(asked("from=2026-01-01&to=2030-01-01").to).toBe("2027-01-01");
});

test("a time is written only where it is not the usual one", () => {
  const season = withPeriod(held("hour=3"), { span: "season", from: "2026-07-01", to: "2026-07-31" });
  expect(season.toString()).toBe("hour=3&span=season&from=2026-07-01&to=2026-07-31");
  expect(withPeriod(season, { span: "hour" }).toString()).toBe("hour=3");
});
