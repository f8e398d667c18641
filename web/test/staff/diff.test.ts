// @vitest-environment happy-dom
// A version's changes become rows that one can read.

import { expect, test } from "vitest";
import { rowsOf } from "../../src/staff/editor/diff";
import { STATION } from "./sample";

test("both halves of a position are one row with the distance", () => {
  const [row] = rowsOf(
    [
      { field: "lat", old: 39.939, new: 39.94 },
      { field: "lon", old: 119.598, new: 119.598 },
    ],
    STATION,
  );
  expect(row?.kind).toBe("moved");
  expect(row?.kind === "moved" && Math.round(row.metres)).toBe(111);
});

test("one half moves along the other half of where the station is", () => {
  const [row] = rowsOf([{ field: "lon", old: 119.598, new: 119.608 }], STATION);
  expect(row?.kind === "moved" && Math.round(row.metres)).toBe(855);
});

test("a first position is no movement", () => {
  const [row] = rowsOf(
    [
      { field: "lat", old: null, new: 39.94 },
      { field: "lon", old: null, new: 119.598 },
    ],
    STATION,
  );
  expect(row).toEqual({ kind: "text", field: "position", old: "–", now: "119.59800, 39.94000" });
});

test("facilities that came, went and changed are one row", () => {
  const [row, ...rest] = rowsOf(
    [
      { field: "facilities.toilet", old: null, new: { code: "toilet", working: "ok" } },
      { field: "facilities.wifi", old: { code: "wifi", working: "ok" }, new: null },
      {
        field: "facilities.water",
        old: { code: "water", working: "ok" },
        new: { code: "water", working: "broken" },
      },
    ],
    STATION,
  );
  expect(rest).toEqual([]);
  expect(row).toEqual({
    kind: "list",
    field: "facilities",
    added: ["toilet"],
    removed: ["wifi"],
    changed: [{ name: "water", old: "water", now: "water（故障）" }],
  });
});

test("a list of codes says what came and what went", () => {
  const [row] = rowsOf([{ field: "access", old: ["ring"], new: ["ring", "scan"] }], STATION);
  expect(row).toEqual({ kind: "list", field: "access", added: ["scan"], removed: [], changed: [] });
});

test("texts stand side by side, nothing as a dash", () => {
  const [row] = rowsOf([{ field: "phone", old: null, new: "12351" }], STATION);
  expect(row).toEqual({ kind: "text", field: "phone", old: "–", now: "12351" });
  const [status] = rowsOf([{ field: "status", old: "draft", new: "submitted" }], STATION);
  expect(status).toMatchObject({ old: "草稿", now: "待审核" });
});
