// @vitest-environment happy-dom
// An area that somebody draws, corner by corner or as a list.

import { expect, test } from "vitest";
import {
  areaOf,
  isArea,
  MOST_CORNERS,
  movedCorner,
  readCorners,
  ringsOf,
  withCorner,
  withMiddle,
  withoutCorner,
  writtenCorners,
} from "../../src/staff/notices/area";

const at = (lon: number, lat: number) => ({ lon, lat });
const SQUARE = [at(0, 0), at(1, 0), at(1, 1), at(0, 1)];

test("three corners that are not in a line enclose something", () => {
  expect(isArea(SQUARE)).toBe(true);
  expect(isArea(SQUARE.slice(0, 3))).toBe(true);
  expect(isArea(SQUARE.slice(0, 2))).toBe(false);
  expect(isArea([at(0, 0), at(1, 1), at(2, 2)])).toBe(false);
});

test("an outline that crosses itself is none", () => {
  expect(isArea([at(0, 0), at(1, 1), at(1, 0), at(0, 1)])).toBe(false);
});

test("an area is closed and runs against the clock, whichever way it was drawn", () => {
  for (const corners of [SQUARE, [...SQUARE].reverse()]) {
    const { type, coordinates } = areaOf(corners);
    const ring = coordinates[0] as [number, number][];
    expect(type).toBe("Polygon");
    expect(ring).toHaveLength(5);
    expect(ring[0]).toEqual(ring[4]);
    const doubled = ring.slice(0, -1).reduce((sum, [x, y], i) => {
      const [nx, ny] = ring[i + 1] as [number, number];
      return sum + (x * ny - nx * y);
    }, 0);
    expect(doubled).toBeGreaterThan(0);
  }
  expect(ringsOf(areaOf(SQUARE))).toEqual([SQUARE]);
});

test("corners are added, moved, put between and taken away", () => {
  expect(withCorner(SQUARE, at(2, 2))).toHaveLength(5);
  expect(movedCorner(SQUARE, 1, at(3, 3))[1]).toEqual(at(3, 3));
  expect(withMiddle(SQUARE, 3)).toEqual([...SQUARE, at(0, 0.5)]);
  expect(withMiddle(SQUARE, 0)[1]).toEqual(at(0.5, 0));
  expect(withoutCorner(SQUARE, 0)).toEqual(SQUARE.slice(1));
  const full = Array.from({ length: MOST_CORNERS }, (_, i) => at(i / 10, (i * i) / 1000));
  expect(withCorner(full, at(1, 1))).toBe(full);
  expect(withMiddle(full, 0)).toBe(full);
});

test("a list is read as it is written, and a bad line is named", () => {
  expect(readCorners(writtenCorners(SQUARE))).toEqual({ corners: SQUARE });
  expect(readCorners("119.5，39.9\n\n 119.6 39.8")).toEqual({ corners: [at(119.5, 39.9), at(119.6, 39.8)] });
  expect(readCorners("119.5,39.9\nhere")).toEqual({ line: 2 });
  expect(readCorners("1,2,3")).toEqual({ line: 1 });
  expect(readCorners("39.9,119.5")).toEqual({ line: 1 });
});
