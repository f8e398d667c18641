// @vitest-environment happy-dom
// Coordinates as one writes them, in three systems.

import { expect, test } from "vitest";
import { DATUMS, readPlace, written } from "../../src/staff/editor/position";

const PLACE = { lon: 119.59811, lat: 39.93902 };

test("a place that is written in a system is read from it", () => {
  for (const datum of DATUMS) {
    const read = readPlace(written(PLACE, datum), datum);
    expect(read.ok && read.place.lon).toBeCloseTo(PLACE.lon, 5);
    expect(read.ok && read.place.lat).toBeCloseTo(PLACE.lat, 5);
  }
  expect(written(PLACE, "wgs84")).toBe("119.598110, 39.939020");
  expect(written(PLACE, "gcj02")).not.toBe(written(PLACE, "bd09"));
});

test("people write coordinates in many ways", () => {
  for (const text of ["119.6,39.9", "119.6，39.9", " 119.6  39.9 ", "119.6°, 39.9°"]) {
    expect(readPlace(text, "wgs84")).toEqual({
      ok: true,
      place: { lon: 119.6, lat: 39.9 },
      isSwapped: false,
    });
  }
  expect(readPlace("39.9, 119.6", "wgs84")).toEqual({
    ok: true,
    place: { lon: 119.6, lat: 39.9 },
    isSwapped: true,
  });
});

test("what is no place is refused", () => {
  for (const text of ["", "119.6", "119.6, 39.9, 5", "here", "250, 39"]) {
    expect(readPlace(text, "wgs84").ok).toBe(false);
  }
});
