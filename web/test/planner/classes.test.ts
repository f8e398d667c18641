// @vitest-environment happy-dom
// Classes of gaps, shades of hours, and where a map looks.

import { expect, test } from "vitest";
import { boundsFor, classOf, classWords, shadeOf, topFor, widest } from "../../src/planner/classes";
import { boxOf, cameraOf, cameraWords, middleOf } from "../../src/planner/map/view";
import type { Gaps } from "../../src/planner/types";
import { count } from "../../src/planner/words";

test("few people have the printed classes, many a ladder that is raised by round steps", () => {
  expect(boundsFor([20, 30, 500])).toEqual([10, 50, 150, 300, 600]);
  expect(boundsFor([])).toEqual([10, 50, 150, 300, 600]);
  expect(boundsFor(Array.from({ length: 20 }, () => 3684))).toEqual([10, 500, 1500, 3000, 6000]);
  expect(
    boundsFor([...Array.from({ length: 95 }, () => 100), ...Array.from({ length: 5 }, () => 90_000)]),
  ).toEqual([10, 50, 150, 300, 600]);
});

test("a class holds its lower bound, and who is fewer than ten is in none", () => {
  const bounds = [10, 50, 150, 300, 600];
  expect([9, 10, 49, 50, 299, 300, 600, 5000].map((people) => classOf(bounds, people))).toEqual([
    0, 1, 1, 2, 3, 4, 5, 5,
  ]);
  expect([1, 2, 5].map((at) => classWords(bounds, at, count))).toEqual(["10–50", "–150", "600+"]);
  expect(widest(bounds, [10, 100, 300, 600, 1200]).at(-1)).toBe(1200);
  expect(widest(bounds, undefined)).toBe(bounds);
});

test("the shades reach from nothing to a round share that the best hours have", () => {
  expect(topFor([0.1, 0.54, null])).toBe(0.5);
  expect(topFor([0.99])).toBe(0.85);
  expect(topFor([])).toBe(0.01);
  expect([0, 0.09, 0.1, 0.49, 0.5, 0.9].map((share) => shadeOf(share, 0.5))).toEqual([0, 0, 1, 4, 5, 5]);
  expect([null, undefined].map((share) => shadeOf(share, 0.5))).toEqual([undefined, undefined]);
});

/** A square cell around a place. */
function cell(lon: number, lat: number, demand: number): Gaps["features"][number] {
  const ring: [number, number][] = [
    [lon - 1, lat - 1],
    [lon + 1, lat - 1],
    [lon + 1, lat + 1],
    [lon - 1, lat + 1],
    [lon - 1, lat - 1],
  ];
  const known = {
    rank: 1,
    uncovered: demand,
    covered: 0,
    hours: 0,
    hours_text: "",
    adcode: null,
    district: "",
  };
  return {
    type: "Feature",
    geometry: { type: "Polygon", coordinates: [ring] },
    properties: { cell: `${lon}`, demand, ...known },
  };
}

test("a map looks at most of the people, not at every last cell", () => {
  expect(middleOf(cell(10, 20, 1))).toEqual([10, 20]);
  const features = [cell(0, 0, 1), cell(10, 20, 1000), cell(12, 22, 1000), cell(90, 60, 1)];
  expect(boxOf({ features } as unknown as Gaps)).toEqual([10, 20, 12, 22]);
  expect(boxOf(undefined)).toBeUndefined();
});

test("a camera is written into the address and read again", () => {
  const camera = { lon: 119.51234, lat: 39.9, zoom: 10.456 };
  expect(cameraOf(new URLSearchParams({ view: cameraWords(camera) }))).toEqual({
    lon: 119.5123,
    lat: 39.9,
    zoom: 10.46,
  });
  expect(
    ["", "1,2", "a,b,c", "200,0,3", "1,2,3,4"].map((view) => cameraOf(new URLSearchParams({ view }))),
  ).toEqual(Array.from({ length: 5 }, () => undefined));
});
