import { expect, test } from "vitest";
import { isListPage, placeOf, withoutPlace, withPlace } from "../src/address";

const here = new URL("https://yizhan.example/?facility=toilet");

test("a place goes into an address to ten metres and comes out again", () => {
  const url = withPlace(here, { lon: 119.48904321, lat: 39.8351 });
  expect(url.search).toBe("?facility=toilet&lat=39.8351&lon=119.4890");
  expect(placeOf(url)).toEqual({ lon: 119.489, lat: 39.8351 });
});

test("nothing of a place is left behind", () => {
  expect(withoutPlace(withPlace(here, { lon: 1, lat: 2 })).href).toBe(here.href);
});

test("a place takes the place of a district", () => {
  const district = new URL("https://yizhan.example/?district=130304&after=0199");
  expect(withPlace(district, { lon: 1, lat: 2 }).search).toBe("?lat=2.0000&lon=1.0000");
});

test.each(["?lat=91&lon=1", "?lat=1", "?lat=&lon=", "?lat=x&lon=1", "?lat=1&lon=181", "?lat=NaN&lon=1"])(
  "%s names no place",
  (search) => {
    expect(placeOf(new URL(search, here))).toBeUndefined();
  },
);

test("sheets are no lists", () => {
  expect(isListPage(here)).toBe(true);
  expect(isListPage(new URL("/stations/1", here))).toBe(false);
});
