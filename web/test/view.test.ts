import { expect, test } from "vitest";
import { boxAround } from "../src/map/view";
import type { Station } from "../src/rows";
import { wordsFor } from "../src/words";

function station(lon: number, lat: number): Station {
  return { id: `${lon}`, name: "", state: "open", word: "", far: "", lon, lat, isFirst: false };
}

test("the box holds the place and the nearest stations, not the farthest", () => {
  const stations = [1, 2, 3, 4, 50].map((n) => station(n, n));
  expect(boxAround(stations, { lon: 0, lat: 0 })).toEqual([0, 0, 4, 4]);
});

test("without a place every station is in the box", () => {
  expect(boxAround([station(1, 1), station(50, 2)], undefined)).toEqual([1, 1, 50, 2]);
});

test("a single station has surroundings, nothing has no box", () => {
  const [west, south, east, north] = boxAround([station(119, 39)], undefined) ?? [0, 0, 0, 0];
  expect(east - west).toBeCloseTo(0.0044);
  expect(north - south).toBeCloseTo(0.0044);
  expect(boxAround([], undefined)).toBeUndefined();
});

test("every sentence is there in both languages", () => {
  const [zh, en] = [wordsFor("zh-CN"), wordsFor("en")];
  expect(Object.keys(en)).toEqual(Object.keys(zh));
  expect(
    Object.values(en).filter((text) => typeof text === "string" && /[\u4e00-\u9fff]/.test(text)),
  ).toEqual([]);
});
