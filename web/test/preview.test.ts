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
  // The free room is from 40 to 260 of 390 pixels, and from 56 to 110 of 124.
  expect((x(119.48) + x(119.5)) / 2).toBeCloseTo(150, 6);
  const y = (lat: number) => {
    const sin = Math.sin((lat * Math.PI) / 180);
    return (0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI)) * view.world - view.top;
  };
  expect(y(39.84)).toBeCloseTo(56, 6);
  expect(y(39.82)).toBeCloseTo(110, 6);
  const side = view.world / 2 ** view.zoom;
  expect(side >= 256 && side < 512).toBe(true);
  expect(viewOf([119.48, 39.82, 119.48, 39.82], 390, 124, pictures).world).toBe(2 ** 23.5);
  expect(viewOf(box, 390, 124, { ...pictures, max: 9 }).zoom).toBe(9);
});
