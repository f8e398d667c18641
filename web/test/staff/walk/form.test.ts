// @vitest-environment happy-dom
// What an inspector fills in, and what is sent of it.

import { expect, test } from "vitest";
import { drawn } from "../../../src/staff/rounds/walk-map";
import { bodyOf, dueDays, EMPTY, type FindingForm, type Form, missing } from "../../../src/staff/walk/form";

const FINDING: FindingForm = {
  kind: "facility",
  facility: "water",
  text: " 不热 ",
  due: "2026-11-27",
  broken: true,
};
const ABOUT = { key: "k", round: "r", station: "s", questions: 1 };

test("a form is complete when the door was looked at and every finding is whole", () => {
  expect(missing(EMPTY)).toBe("door");
  const shut: Form = { ...EMPTY, is_open: false };
  expect(missing(shut)).toBeUndefined();
  for (const lacking of [{ text: "  " }, { due: "" }, { facility: "" }]) {
    expect(missing({ ...shut, findings: [{ ...FINDING, ...lacking }] })).toBe("finding");
  }
  expect(
    missing({ ...shut, findings: [FINDING, { ...FINDING, facility: "", broken: false }] }),
  ).toBeUndefined();
});

test("the body holds what was filled in, and a picture by its name only", () => {
  const photo = new Blob(["x"]);
  const form: Form = {
    ...EMPTY,
    at_ms: Date.parse("2026-11-24T01:30:00Z"),
    is_open: true,
    answers: { water: "no" },
    findings: [{ ...FINDING, photo, upload: { id: "p", at_ms: 1 } }],
    checks: { f: false },
  };
  expect(bodyOf(form, ABOUT)).toEqual({
    client_key: "k",
    round_id: "r",
    station_id: "s",
    at: "2026-11-24T01:30:00.000Z",
    is_open: true,
    questions: 1,
    answers: { water: "no" },
    confirms: false,
    findings: [
      { kind: "facility", facility: "water", text: "不热", photo: "p", due: "2026-11-27", broken: true },
    ],
    checks: [{ finding: "f", fixed: false }],
  });
});

test("days are offered from the next working day on", () => {
  const days = ["2026-11-25", "2026-11-26", "2026-11-27", "2026-11-30", "2026-12-01"];
  expect(dueDays(days, "2026-11-24")).toEqual(["2026-11-25", "2026-11-27", "2026-12-01"]);
  expect(dueDays(days, "2026-11-27")).toEqual(["2026-11-30"]);
  expect(dueDays(days, "2027-01-01")).toEqual([]);
});

test("a walk is drawn inside its frame, north above", () => {
  const points = drawn([
    { lon: 119.5, lat: 39.9 },
    { lon: 119.6, lat: 40.0 },
  ]);
  expect(points[0]?.[0]).toBeLessThan(points[1]?.[0] ?? 0);
  expect(points[0]?.[1]).toBeGreaterThan(points[1]?.[1] ?? 0);
  for (const [x, y] of [...points, ...drawn([{ lon: 119.5, lat: 39.9 }])]) {
    expect(x).toBeGreaterThanOrEqual(0);
    expect(x).toBeLessThanOrEqual(360);
    expect(y).toBeGreaterThanOrEqual(0);
    expect(y).toBeLessThanOrEqual(260);
  }
  expect(drawn([])).toEqual([]);
});
