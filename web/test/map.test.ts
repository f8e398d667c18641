// @vitest-environment happy-dom
import { expect, test } from "vitest";
import { basemapOf, drawingOf, drawnAt, groundAt } from "../src/map/basemap";
import { type Colours, mix } from "../src/map/colours";
import { tileQuery } from "../src/map/question";
import { cellOf, stationTiles } from "../src/map/stations";

const colours = new Proxy(
  { fonts: ["sans-serif"], scale: 1, isDark: false },
  {
    get: (some, name) => Reflect.get(some, name) ?? "#888888",
  },
) as unknown as Colours;

test("the built-in map asks this server only: no glyphs, no sprite, no other source", async () => {
  const draw = await drawingOf(basemapOf(undefined));
  const ground = draw(colours, "zh-CN", undefined);
  const addresses = JSON.stringify(ground).match(/https?:\/\/[^"]*/g);
  expect(addresses).toEqual([`${location.origin}/tiles/base/{z}/{x}/{y}.mvt`]);
});

test("pictures are drawn over each other in the order of the settings", async () => {
  const layers = [["https://a.example/{z}/{x}/{y}"], ["/own/{z}/{x}/{y}"]];
  const stated = { kind: "wmts", layers, datum: "gcj02", tile_size: 256, min_zoom: 3, max_zoom: 18 };
  const draw = await drawingOf(basemapOf(JSON.stringify(stated)));
  const ground = draw(colours, "zh-CN", undefined);
  expect(ground.layers.map((layer) => layer.id)).toEqual(["background", "pictures-0", "pictures-1"]);
  expect(ground.sources["pictures-1"]).toMatchObject({
    tiles: [`${location.origin}/own/{z}/{x}/{y}`],
    minzoom: 3,
  });
});

test("on a shifted map a place is drawn elsewhere, and a touch finds it again", () => {
  const shifted = { ...basemapOf(undefined), datum: "gcj02" as const };
  const place = { lon: 119.6, lat: 39.93 };
  const drawn = drawnAt(shifted, place);
  expect(Math.abs(drawn.lon - place.lon)).toBeGreaterThan(0.004);
  expect(groundAt(shifted, drawn).lon).toBeCloseTo(place.lon, 9);
  expect(drawnAt(basemapOf(undefined), place)).toEqual(place);
  expect(stationTiles("gcj02", "open=now")).toContain("/tiles/gcj02/stations/{z}/{x}/{y}.mvt?open=now");
});

test("the tiles are asked what the list is asked", () => {
  const asked = (query: string, hasList = true) =>
    tileQuery(new URL(`https://yizhan.example/?${query}`), hasList);
  expect(asked("lat=39&lon=119&from=groupmessage")).toBe("open=now");
  expect(asked("lat=39&lon=119&open=any&facility=toilet,water&no_phone=true")).toBe(
    "facility=toilet%2Cwater&no_phone=true",
  );
  expect(asked("district=130304&always_open=true&at=2026-11-24T10:00:00%2B08:00")).toBe(
    "always_open=true&at=2026-11-24T10%3A00%3A00%2B08%3A00&open=now",
  );
  expect(asked("", false)).toBe("");
});

test("a cluster stands in the cell of its members", () => {
  const cell = cellOf(119.6, 39.93, 9.4);
  expect(cellOf(119.60001, 39.93001, 9.9)).toBe(cell);
  expect(cellOf(119.7, 39.93, 9.4)).not.toBe(cell);
  expect(cellOf(119.6, 39.93, 10)).not.toBe(cell);
});

test("a colour between two", () => {
  expect(mix("#000000", "#ffffff", 0.5)).toBe("#808080");
  expect(mix("#fff", "#102030", 1)).toBe("#102030");
});
