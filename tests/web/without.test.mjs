// What is left when something is missing: script, map, location, network, or the wish to tell a place.

import assert from "node:assert/strict";
import { test } from "node:test";
import * as web from "./harness.mjs";

const NEAR = "/?lat=39.835&lon=119.489";

const stage = web.stage();
const { open, close } = stage;

test("without script, districts, filters and sheets are plain links", async () => {
  const page = await open("/", { javaScriptEnabled: false });
  const buttons = await page.locator("button:visible").allInnerTexts();
  assert.deepEqual(buttons.map((text) => text.trim()), ["查找"], "no button that does nothing");
  await web.shoot(page, "no-script-home", { fullPage: true });
  await page.getByRole("link", { name: /北戴河区/ }).click();
  const all = await page.locator("li.row").count();
  assert.ok(all > 10);
  await page.getByRole("link", { name: "热饭" }).click();
  const fewer = await page.locator("ol.rows:not(.unlit) li.row").count();
  assert.ok(fewer > 0 && fewer < all);
  await web.shoot(page, "no-script-district");
  await page.locator("li.row a").first().click();
  await page.waitForSelector("article.sheet");
  assert.match(await page.getByRole("link", { name: "高德" }).getAttribute("href"), /^https:\/\/uri\.amap\.com\//);
  await close(page);
});

test("without WebGL the list is all there, and nothing offers a map", async () => {
  const page = await web.newPage(stage.browser, stage.origin);
  await page.addInitScript(() => {
    HTMLCanvasElement.prototype.getContext = () => null;
  });
  await page.goto(stage.origin + NEAR);
  await page.waitForSelector("html.no-map");
  assert.ok((await web.listed(page)).length > 10);
  assert.equal(await page.locator(".see-map:visible, .see:visible").count(), 0);
  await web.mapDrawn(page);
  assert.deepEqual((await web.mapped(page)).sort(), (await web.listed(page)).sort(), "the picture needs none");
  await web.shoot(page, "no-webgl");
  await close(page);
});

test("when the location is refused, the page says so and offers the districts", async () => {
  const page = await open("/", { allowed: [] });
  await page.getByRole("button", { name: "找我附近的" }).click();
  await page.getByRole("alert").waitFor();
  assert.match(await page.getByRole("alert").innerText(), /选一个地方，一样能找/);
  await web.shoot(page, "refused");
  await page.getByRole("link", { name: /海港区/ }).click();
  await page.waitForSelector("li.row");
  assert.match(page.url(), /district=130302/);
  await close(page);
});

test("without a network and without a copy the last list stays, and says how old it is", async () => {
  const page = await web.newPage(stage.browser, stage.origin);
  await page.route("**/api/v1/offline/*", (route) => route.abort());
  await page.goto(stage.origin + NEAR);
  // The map has arrived, so that what is missing from here on is the network and nothing else.
  await web.mapDrawn(page);
  const before = await web.listed(page);
  await page.context().setOffline(true);
  await page.getByRole("alert").waitFor();
  assert.match(await page.getByRole("alert").innerText(), /没有网.*今天 10:00/s);
  await page.getByRole("link", { name: "热饭" }).click();
  await web.answered(page);
  assert.deepEqual(await web.listed(page), before);
  await web.shoot(page, "offline");
  await page.context().setOffline(false);
  page.wrongs = page.wrongs.filter((wrong) => !/ERR_INTERNET_DISCONNECTED|ERR_FAILED/.test(wrong));
  await close(page);
});

test("a place can be chosen on the map alone", async () => {
  const page = await open("/", { allowed: [] });
  await page.getByRole("button", { name: "在地图上点一下" }).click();
  await page.waitForSelector(".strip.full .canvas[data-drawn]");
  await page.mouse.click(195, 380);
  await web.shoot(page, "pick-on-map");
  await page.getByRole("button", { name: "在这里找" }).click();
  await page.waitForSelector(".strip.full .mk");
  assert.ok((await web.listed(page)).length > 0);
  assert.equal(page.url(), `${stage.origin}/`);
  await close(page);
});

test("far from everything, the page names the nearest station beyond", async () => {
  const page = await open("/?lat=40.9&lon=119.2");
  assert.match(await page.locator(".say").innerText(), /5 公里内没有/);
  assert.equal(await page.locator("li.row").count(), 1);
  await web.shoot(page, "beyond");
  await close(page);
});

test("a nonsense position and an unknown station are met with a way on", async () => {
  const page = await open("/?lat=95&lon=abc&from=groupmessage");
  assert.match(await page.getByRole("alert").innerText(), /经纬度不对/);
  const answer = await page.goto(`${stage.origin}/stations/00000000-0000-7000-8000-000000000000`);
  assert.equal(answer.status(), 404);
  await page.getByRole("link", { name: "找附近的驿站" }).waitFor();
  await web.shoot(page, "not-found");
  page.wrongs = page.wrongs.filter((wrong) => !wrong.includes("status of 404"));
  await close(page);
});
