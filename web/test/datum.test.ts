import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { Place } from "../src/address";
import { fromBd09, fromGcj02, toBd09, toGcj02 } from "../src/datum";

type Pair = [number, number];

/** The vectors that the server's conversion is tested with. */
const file = new URL("../../server/spatial/tests/data/datum_vectors.json", import.meta.url);
const { points } = JSON.parse(readFileSync(file, "utf8")) as {
  points: { wgs84: Pair; gcj02: Pair; bd09: Pair }[];
};
const place = ([lon, lat]: Pair): Place => ({ lon, lat });

/** Metres between two near places, to within a thousandth of them. */
function metres(a: Place, b: Place): number {
  const east = (a.lon - b.lon) * 111_320 * Math.cos((a.lat * Math.PI) / 180);
  return Math.hypot(east, (a.lat - b.lat) * 111_320);
}

test("a place is shifted as the server shifts it", () => {
  expect(points.length).toBeGreaterThan(5);
  for (const { wgs84, gcj02, bd09 } of points) {
    expect(metres(toGcj02(place(wgs84)), place(gcj02))).toBeLessThan(1e-6);
    expect(metres(toBd09(place(wgs84)), place(bd09))).toBeLessThan(1e-6);
  }
});

test("the way back is exact to a centimetre", () => {
  for (const { wgs84, gcj02, bd09 } of points) {
    expect(metres(fromGcj02(place(gcj02)), place(wgs84))).toBeLessThan(0.01);
    expect(metres(fromBd09(place(bd09)), place(wgs84))).toBeLessThan(0.01);
  }
  for (let lon = 74; lon <= 135; lon += 0.7) {
    for (let lat = 18; lat <= 53; lat += 0.7) {
      expect(metres(fromGcj02(toGcj02({ lon, lat })), { lon, lat })).toBeLessThan(0.01);
    }
  }
});
