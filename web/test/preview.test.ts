// The picture of the map in a phone's strip: which pictures, and where things stand on them.

import { expect, test } from "vitest";
import { picturesOf, viewOf } from "../src/preview";

test("the operator's pictures stand in for the built-in ones, streets in vectors do not", () => {
  expect(picturesOf(undefined, false).layers).toEqual([["/tiles/base/{z}/{x}/{y}.svg"]]);
  expect(picturesOf('{"kind":"pmtiles","layers":[["/x"]]}', true).layers).toEqual([
    ["/tiles/base/{z}/{x}/{y}-dark.svg"],
  ]);
  const raster = {
    kind: "raster",
    layers: [["https://t/{z}"]],
    tile_size: 512,
    min_zoom: 3,
    max_zoom: 14,
    datum: "gcj02",
  };
  expect(picturesOf(JSON.stringify(raster), true)).toEqual({
    layers: [["https://t/{z}"]],
    size: 512,
    min: 3,
    max: 14,
    isShifted: true,
  });
});

test("a box stands in the middle of the free room, at the deepest zoom at which it fits", () => {
  const pictures = picturesOf(undefined, false);
  const box = [119.48, 39.82, 119.5, 39.84] as const;
  const view = viewOf(box, 390, 124, pictures);
  const x = (lon: number) => ((lon + 180) / 360) * view.world - view.left;
  // The free room is from 40 to 260 of 390 pixels.
  expect((x(119.48) + x(119.5)) / 2).toBeCloseTo(150, 6);
  expect(x(119.5) - x(119.48)).toBeLessThanOrEqual(220);
  expect(view.world).toBe(256 * 2 ** view.zoom);
  const wide = viewOf(box, 390, 1000, pictures);
  expect((x(119.5) - x(119.48)) * 2 ** (wide.zoom - view.zoom) * 2).toBeGreaterThan(220);
  expect(viewOf(box, 390, 124, { ...pictures, max: 9 }).zoom).toBe(9);
});
