// @vitest-environment happy-dom
// What two people changed at once is told apart, and nothing of it is lost.

import { expect, test } from "vitest";
import { change, drafts, keep, patchOf } from "../../src/staff/editor/drafts";
import { differences, rebased } from "../../src/staff/editor/merge";
import { same } from "../../src/staff/editor/same";
import { STATION } from "./sample";

const theirs = { ...STATION, version: 4, phone: "0335-7654321", name: "政务驿站" };

test("equal values are equal whatever stands for nothing", () => {
  expect(same(null, undefined)).toBe(true);
  expect(same({ code: "water", note: null }, { code: "water" })).toBe(true);
  expect(same(["a", "b"], ["b", "a"])).toBe(false);
  expect(same([{ a: 1 }], [{ a: 1 }])).toBe(true);
  expect(same([], null)).toBe(false);
  expect(same("1", 1)).toBe(false);
});

test("a field that both changed is a conflict; one that either changed is not", () => {
  const found = differences(STATION, { name: "河北大街驿站", hours: "24/7" }, theirs);
  expect(found.map(({ part, isConflict }) => [part, isConflict])).toEqual([
    ["name", true],
    ["hours", false],
    ["phone", false],
  ]);
});

test("what both changed to the same is no difference", () => {
  expect(differences(STATION, { phone: theirs.phone, name: theirs.name }, theirs)).toEqual([]);
});

test("longitude and latitude are judged together", () => {
  const moved = { ...theirs, lat: 39.94 };
  const [first] = differences(STATION, { lon: 119.6 }, moved);
  expect(first).toMatchObject({ part: "position", isConflict: true });
  const found = differences(STATION, { lon: 119.6 }, moved);
  expect(rebased(found, { position: "mine" }, moved)).toEqual({ lat: STATION.lat, lon: 119.6 });
  expect(rebased(found, { position: "theirs" }, moved)).toEqual({});
});

test("my changes become changes of their state", () => {
  const found = differences(STATION, { name: "河北大街驿站", hours: "24/7" }, theirs);
  expect(rebased(found, { name: "mine" }, theirs)).toEqual({ name: "河北大街驿站", hours: "24/7" });
  expect(rebased(found, { name: "theirs" }, theirs)).toEqual({ hours: "24/7" });
  expect(rebased(found, {}, theirs)).toEqual({ hours: "24/7" });
});

test("a draft outlives other drafts, and one that says nothing is gone", () => {
  change("a", STATION, { name: "新" });
  change("b", STATION, { phone: null });
  expect([...drafts.value.keys()]).toEqual(["a", "b"]);
  change("a", STATION, { name: STATION.name });
  expect([...drafts.value.keys()]).toEqual(["b"]);
  keep("b", undefined);
  expect(drafts.value.size).toBe(0);
});

test("a patch names changed fields, both halves of a position, its datum and the reason", () => {
  expect(patchOf({ base: STATION, values: { lat: 39.94 }, reason: " 大门改了 " }, STATION)).toEqual({
    lat: 39.94,
    lon: STATION.lon,
    crs: "wgs84",
    reason: "大门改了",
  });
  expect(patchOf({ base: STATION, values: { phone: null }, reason: "" }, STATION)).toEqual({ phone: null });
});
