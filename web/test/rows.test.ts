// @vitest-environment happy-dom

import { beforeEach, expect, test } from "vitest";
import { readStations, rowOf } from "../src/rows";

beforeEach(() => {
  document.body.innerHTML = `
    <ol>
      <li class="row first" data-id="a" data-lon="119.5" data-lat="39.9" data-state="open" data-name="文化路驿站"
          data-word="开放中 · 至 21:00" data-far="180 米"></li>
      <li class="row" data-id="b" data-lon="119.6" data-lat="39.8" data-state="exploded" data-name="<b>"></li>
      <li class="row" data-id="c" data-state="open" data-name="nowhere"></li>
      <li>a facility</li>
    </ol>`;
});

test("stations are read as their rows state them, in their order", () => {
  const [first, second, ...rest] = readStations(document);
  expect(first).toEqual({
    id: "a",
    name: "文化路驿站",
    word: "开放中 · 至 21:00",
    far: "180 米",
    state: "open",
    lon: 119.5,
    lat: 39.9,
    isFirst: true,
  });
  expect(second?.name).toBe("<b>");
  expect(rest).toEqual([]);
});

test("a state that is not known is shown as unknown", () => {
  expect(readStations(document)[1]?.state).toBe("unknown");
});

test("a row is found by its station", () => {
  expect(rowOf(document, "b")?.dataset.lat).toBe("39.8");
  expect(rowOf(document, "z")).toBeUndefined();
});
