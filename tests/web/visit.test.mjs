// A whole visit with the settings as delivered: nothing is asked of anybody else, and pictures of doors come
// without a jump.

import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import * as web from "./harness.mjs";

const CODE = "QHD-DEMO-0001";

const stage = web.stage({ prepare });

/** Adds two pictures to a station: what a browser draws is as good as a photo. */
async function prepare(run, data) {
  const browser = await web.openBrowser();
  const page = await browser.newPage();
  for (const [name, viewport, caption] of [
    ["wide.jpg", { width: 1600, height: 900 }, "从路口看过去"],
    ["high.jpg", { width: 900, height: 1600 }, undefined],
  ]) {
    await page.setViewportSize(viewport);
    await page.setContent("<style>body { background: linear-gradient(45deg, teal, gold) }</style>");
    writeFileSync(join(data, name), await page.screenshot({ type: "jpeg" }));
    run("photo", "add", "--station", CODE, ...(caption ? ["--caption", caption] : []), join(data, name));
  }
  await browser.close();
}

/** The station whose door has pictures. */
async function withPhotos() {
  const answer = await fetch(`${stage.origin}/api/v1/stations?limit=500`);
  const { features } = await answer.json();
  return features.map(({ properties }) => properties).find(({ code }) => code === CODE);
}

test("nobody else hears of a visit", async () => {
  const shown = await withPhotos();
  const page = await web.newPage(stage.browser, stage.origin);
  const hosts = new Set();
  const seen = (url) => /^https?:|^wss?:/.test(url) && hosts.add(new URL(url).host);
  page.context().on("request", (request) => seen(request.url()));
  page.on("websocket", (socket) => seen(socket.url()));
  await page.goto(stage.origin);
  await web.scripted(page);
  await page.getByRole("searchbox").fill("haigang");
  await page.getByRole("link", { name: "海港区", exact: true }).click();
  await page.getByRole("heading", { level: 1, name: "海港区的驿站" }).waitFor();
  await page.getByRole("link", { name: "换个地方" }).click();
  await page.getByRole("button", { name: "找我附近的" }).click();
  await page.waitForSelector(".row.first");
  await web.mapDrawn(page);
  await page.getByRole("button", { name: "看地图" }).click();
  await page.waitForSelector(".strip.full");
  await web.mapDrawn(page);
  await page.getByRole("button", { name: "看列表" }).click();
  await page.waitForSelector(".strip:not(.full)");
  await page.locator("li.row a").first().click();
  await page.waitForSelector("article.sheet");
  for (const path of [`/stations/${shown.id}`, "/desk?q=beidaihe", "/directory", "/embed"]) {
    await page.goto(stage.origin + path);
    await web.scripted(page);
  }
  await web.mapDrawn(page);
  assert.deepEqual([...hosts], [new URL(stage.origin).host]);
  await stage.close(page);
});

test("the door is shown as it looks, and nothing jumps when the pictures come", async () => {
  const shown = await withPhotos();
  const page = await web.newPage(stage.browser, stage.origin);
  await page.addInitScript(() => {
    globalThis.shift = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) globalThis.shift += entry.value;
    }).observe({ type: "layout-shift", buffered: true });
  });
  // The pictures wait until the page stands.
  let release;
  const released = new Promise((resolve) => (release = resolve));
  await page.route(/\/photos\//, (route) => released.then(() => route.continue()));
  await page.goto(`${stage.origin}/stations/${shown.id}`, { waitUntil: "domcontentloaded" });
  await web.scripted(page);
  const boxes = () => page.locator(".photos img").evaluateAll((all) => all.map((img) => {
    const { x, y, width, height } = img.getBoundingClientRect();
    return [x, y, width, height].map(Math.round);
  }));
  await page.getByRole("heading", { name: "门口的样子" }).scrollIntoViewIfNeeded();
  const before = await boxes();
  assert.equal(before.length, 2);
  assert.ok(before.every(([, , width, height]) => width > 100 && height > 100));
  release();
  await page.locator(".photos img").nth(1).scrollIntoViewIfNeeded();
  await page.waitForFunction(() => [...document.querySelectorAll(".photos img")].every((img) => img.complete && img.naturalWidth > 0));
  await page.locator(".photos").evaluate((list) => list.scrollTo(0, 0));
  assert.deepEqual(await boxes(), before);
  assert.equal(await page.evaluate(() => globalThis.shift), 0);
  assert.deepEqual(await page.locator(".photos img").evaluateAll((all) => all.map((img) => img.alt)), ["从路口看过去", `${shown.name}的门口`]);
  assert.deepEqual(await web.flaws(page), []);
  await web.shoot(page, "photos", { fullPage: true });
  await stage.close(page);
});
