// A worker in 北戴河区 looks for a station: the list, the chips, the map.

import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import * as web from "./harness.mjs";

const stage = web.stage();
let page;

beforeEach(async () => {
  page = await web.newPage(stage.browser, stage.origin);
  await page.goto(stage.origin);
});
afterEach(async () => {
  web.assertQuiet(page);
  await page.context().close();
});

async function locate() {
  await page.getByRole("button", { name: "找我附近的" }).click();
  await page.waitForSelector(".row.first");
}

async function nearestOf(query) {
  const { longitude, latitude } = web.HERE;
  const answer = await fetch(`${stage.origin}/api/v1/stations/nearest?lat=${latitude}&lon=${longitude}&limit=20&${query}`);
  return (await answer.json()).features.map((feature) => feature.properties.id);
}

test("the list shows the nearest open stations, as the API names them", async () => {
  await locate();
  const open = await web.listed(page, "ol.rows:not(.unlit)");
  assert.ok(open.length > 3);
  assert.deepEqual(open, await nearestOf("open=now"));
  await web.mapDrawn(page);
  await web.shoot(page, "nearest");
  await web.shoot(page, "nearest-whole", { fullPage: true });
});

test("the position stands in no address, yet a reload finds it again", async () => {
  await locate();
  const before = await web.listed(page);
  assert.equal(page.url(), `${stage.origin}/`);
  await page.reload();
  await page.waitForSelector(".row.first");
  assert.deepEqual(await web.listed(page), before);
});

test("list and map show the same stations, before and after a chip", async () => {
  await locate();
  await web.mapDrawn(page);
  const before = await web.listed(page);
  assert.deepEqual((await web.mapped(page)).sort(), [...before].sort());

  await page.getByRole("link", { name: "如厕", exact: true }).click();
  await page.waitForSelector(".chip.on:has-text('如厕')");
  await web.mapDrawn(page);
  const after = await web.listed(page);
  assert.notDeepEqual(after, before);
  assert.deepEqual((await web.mapped(page)).sort(), [...after].sort());
  assert.deepEqual(await web.listed(page, "ol.rows:not(.unlit)"), await nearestOf("open=now&facility=toilet"));
  assert.match(page.url(), /facility=toilet/);
  assert.ok(await page.evaluate(() => document.activeElement.closest(".chips") !== null), "the chip keeps the focus");
});

test("a row shows its marker, a marker shows its row", async () => {
  await locate();
  await web.mapDrawn(page);
  const [, second, third] = await web.listed(page);
  await page.locator(`li[data-id="${second}"] .see`).click();
  await page.waitForSelector(`.strip.full .mk.big[data-marker="${second}"]`);
  assert.equal(await page.locator(".card li.row").getAttribute("data-id"), second);
  await web.mapDrawn(page);
  await web.shoot(page, "map-full");

  await page.getByRole("button", { name: "看列表" }).click();
  await page.waitForSelector(".strip:not(.full)");
  await web.mapDrawn(page);
  await page.locator(`[data-marker="${third}"]`).dispatchEvent("click");
  await page.waitForSelector(`#answer li[data-id="${third}"][aria-current="true"]`);
});

test("the map can be moved, and the search goes with it", async () => {
  await locate();
  await web.mapDrawn(page);
  const before = await web.listed(page);
  await page.getByRole("button", { name: "看地图" }).click();
  await page.waitForSelector(".strip.full");
  await web.mapDrawn(page);
  await page.mouse.move(200, 300);
  await page.mouse.down();
  await page.mouse.move(200, 600, { steps: 8 });
  await page.mouse.up();
  await page.getByRole("button", { name: "在这里找" }).click();
  await page.waitForFunction((old) => document.querySelector("#answer li.row")?.dataset.id !== old, before[0]);
  await web.mapDrawn(page);
  const found = await web.listed(page);
  assert.deepEqual((await web.mapped(page)).sort(), [...found].sort());
  assert.equal(page.url(), `${stage.origin}/`);
  await page.getByRole("button", { name: "看列表" }).click();
  await page.waitForSelector(".strip:not(.full)");
  assert.deepEqual(await web.listed(page), found);
});

test("a sheet knows the way, and going back finds the list as it was", async () => {
  await locate();
  await page.getByRole("link", { name: "24小时", exact: true }).click();
  await page.waitForSelector(".chip.on:has-text('24小时')");
  const before = await web.listed(page);
  await page.locator("li.row a").first().click();
  await page.waitForSelector("article.sheet");
  assert.match(await page.locator(".addr").innerText(), /步行 \d+ 分/);
  assert.ok(!page.url().includes("lat="));
  await web.shoot(page, "sheet", { fullPage: true });
  await page.getByRole("link", { name: "返回列表" }).click();
  await page.waitForSelector(".row.first");
  assert.deepEqual(await web.listed(page), before);
});
