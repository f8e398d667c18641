// Distances as the server's own geometry gives them.

import { expect, test } from "vitest";
import { chord_m, ecef, geodesic_m } from "../../src/offline/geodesy";
import { inside_m } from "../../src/offline/outline";
import { fixed } from "../../src/offline/page/number";

/** From, to, geodesic and chord in metres: made by the server's crate `spatial`. */
const WAYS = [
  [119.489, 39.835, 119.4907, 39.8361, 189.9793, 189.9793],
  [119.489, 39.835, 119.52, 39.87, 4705.2878, 4705.2877],
  [119.489, 39.835, 119.489, 39.885, 5551.5972, 5551.597],
  [119.489, 39.835, 119.9, 40, 39628.132, 39628.0683],
  [0, 0, 0.4, 0, 44527.7963, 44527.7059],
  [0, 0, 0, 0.4, 44229.7175, 44229.6277],
  [179.9, -41, -179.9, -41.2, 27850.0986, 27850.0764],
  [10, 89.9, -170, 89.95, 16754.0968, 16754.092],
  [119.489, 39.835, 119.48900001, 39.835, 0.0009, 0.0009],
  [116.4, 39.9, 121.47, 31.23, 1065615.4566, 1064370.3286],
] as const;

test.each(WAYS)("from %f %f to %f %f", (lon1, lat1, lon2, lat2, geodesic, chord) => {
  const [from, to] = [
    { lon: lon1, lat: lat1 },
    { lon: lon2, lat: lat2 },
  ];
  expect(geodesic_m(from, to)).toBeCloseTo(geodesic, 3);
  expect(chord_m(ecef(from), ecef(to))).toBeCloseTo(chord, 3);
});

test("nowhere is far from itself, and antipodes have an answer", () => {
  const here = { lon: 119.489, lat: 39.835 };
  expect(geodesic_m(here, here)).toBe(0);
  const far_m = geodesic_m({ lon: 0, lat: 0 }, { lon: 179.7, lat: 0.5 });
  expect(Math.abs(far_m - 19_944_127)).toBeLessThan(120_000);
});

test("a place is inside its district, outside it or in its hole", () => {
  const square = (half: number) =>
    [
      [-half, -half],
      [half, -half],
      [half, half],
      [-half, half],
      [-half, -half],
    ] as const;
  const outline = { coordinates: [[square(0.1), square(0.02)]] };
  const at = (lon: number) => inside_m(outline, { lon, lat: 0 });
  expect(at(0.05)).toBeCloseTo(0.03 * 111_319.49, 0);
  expect(at(0.11)).toBeCloseTo(-0.01 * 111_319.49, 0);
  expect(at(0)).toBeLessThan(0);
});

test("a middle goes to the even digit, as the server prints it", () => {
  expect([1.25, 1.35, 1.75, 3.2, 9.94].map((n) => fixed(n, 1))).toEqual(["1.2", "1.4", "1.8", "3.2", "9.9"]);
  expect([10.5, 11.5, 12.4].map((n) => fixed(n, 0))).toEqual(["10", "12", "12"]);
});
