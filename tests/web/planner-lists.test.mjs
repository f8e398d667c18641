// What could be done about gaps, a comparison side by side, what is taken along, and the plan on paper.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import * as web from "./harness.mjs";
import { figureOf, grouped, mapOf, NOW_HOUR, percent, plannerStage, settled } from "./planner-stage.mjs";
import { leave } from "./staff-stage.mjs";

const stage = plannerStage();
const COVERAGE = "/api/v1/coverage";

/** Takes what a link or a button gives, as bytes with its name. */
async function taken(page, click) {
  const [download] = await Promise.all([page.waitForEvent("download"), click()]);
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

/** The colours of a picture that cover at least one pixel in a thousand of its sampled points, and its size. */
async function looked(page, bytes) {
  const blank = await page.context().newPage();
  const seen = await blank.evaluate(async (data) => {
    const raw = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([raw], { type: "image/png" }));
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    const context = canvas.getContext("2d");
    context.drawImage(bitmap, 0, 0);
    const colours = new Map();
    const { data: pixels } = context.getImageData(0, 0, bitmap.width, bitmap.height);
    for (let i = 0; i < pixels.length; i += 4 * 7) {
      const key = [pixels[i] >> 4, pixels[i + 1] >> 4, pixels[i + 2] >> 4].join();
      colours.set(key, (colours.get(key) ?? 0) + 1);
    }
    const least = pixels.length / 28 / 1000;
    return { size: [bitmap.width, bitmap.height], colours: [...colours].filter(([, n]) => n > least).length };
  }, bytes.toString("base64"));
  await blank.close();
  return seen;
}

test("extensions are ranked as the service ranks them, and the map goes to a station", async () => {
  const page = await stage.plan(`/planner?hour=${NOW_HOUR}`);
  const told = await stage.read(page, `${COVERAGE}/extensions?within_s=900&week=2026-11-23`);
  const rows = page.locator(".plan button");
  assert.equal(await rows.count(), told.items.length);
  const [first] = told.items;
  const row = await rows.first().innerText();
  for (const part of [first.station.name, first.hours_text, `+${grouped(first.added)}`]) assert.ok(row.includes(part), row);
  const sum = await page.locator(".sum").innerText();
  assert.ok(sum.includes(`${percent(told.before.share)} → ${percent(told.after.share)}`), sum);
  await rows.first().click();
  await page.locator(".picked-mark").waitFor();
  // The map writes where it begins first.
  await page.waitForURL((url) => {
    const [lon, lat, zoom] = (url.searchParams.get("view") ?? "").split(",").map(Number);
    return Math.abs(lon - first.station.lon) < 0.001 && Math.abs(lat - first.station.lat) < 0.001 && zoom >= 12.9;
  });
  await page.locator(".card", { hasText: first.station.name }).waitFor();
  await leave(page);
});

test("gaps, districts and trades are listed with numerator and denominator", async () => {
  const page = await stage.plan(`/planner?hour=3&list=gaps`);
  const { features } = await stage.read(
    page,
    `${COVERAGE}/gaps.geojson?within_s=900&at=${encodeURIComponent("2026-11-23T03:00:00+08:00")}&limit=10000`,
  );
  const [{ properties: worst }] = features;
  const row = await page.locator(".plan button").first().innerText();
  assert.ok(row.includes(grouped(worst.uncovered)) && row.includes(`/ ${grouped(worst.demand)}`), row);
  await page.locator(".plan button").first().click();
  await page.locator(".card", { hasText: grouped(worst.uncovered) }).waitFor();
  await page.getByRole("button", { name: "区县", exact: true }).click();
  const { by_district } = await stage.read(page, `${COVERAGE}?within_s=900&at=${encodeURIComponent("2026-11-23T03:00:00+08:00")}`);
  for (const { name, numerator, denominator } of by_district) {
    const text = await page.locator(".groups li", { hasText: name }).innerText();
    assert.ok(text.includes(`${grouped(numerator)} / ${grouped(denominator)} 人`), text);
  }
  await leave(page);
});

test("two hours and two filters stand side by side, from the one to the other", async () => {
  const page = await stage.plan(`/planner?hour=${NOW_HOUR}`);
  await page.getByRole("button", { name: "对比", exact: true }).click();
  await page.waitForURL(/compare=1/);
  await page.locator(".grid button").nth(44).click();
  await page.locator(".left").getByRole("button", { name: "微波炉", exact: true }).click();
  await page.waitForURL(/b\.facility=microwave/);
  await settled(page);
  assert.equal(new URL(page.url()).searchParams.get("hour"), String(NOW_HOUR));
  assert.equal(new URL(page.url()).searchParams.get("b.hour"), "44");
  const at = (instant) => encodeURIComponent(`2026-11-24T${instant}:00:00+08:00`);
  const before = await stage.read(page, `${COVERAGE}?within_s=900&at=${at("10")}`);
  const after = await stage.read(page, `${COVERAGE}?within_s=900&facility=microwave&at=${at("20")}`);
  const row = await figureOf(page, "covered");
  const [a, b] = [before.figures[0], after.figures[0]];
  assert.ok(row.includes(`${percent(a.share)} → ${percent(b.share)}`), row);
  assert.ok(row.includes(`${grouped(a.numerator)} → ${grouped(b.numerator)} / ${grouped(b.denominator)} 人`), row);
  const titles = await page.locator(".ttl .of").allInnerTexts();
  assert.deepEqual(titles, ["周二 10:00", "周二 20:00 · 微波炉"]);
  assert.notEqual((await mapOf(page, "a")).uncovered, (await mapOf(page, "b")).uncovered);
  await page.locator(".pane[data-side=b] .maplibregl-ctrl-zoom-in").click();
  await settled(page);
  const scales = await page.locator(".maplibregl-ctrl-scale").allInnerTexts();
  assert.equal(scales[0], scales[1], "both maps have one camera");
  assert.equal(await page.locator(".leg").count(), 1);
  assert.deepEqual(await web.flaws(page), []);
  await web.shoot(page, "planner-compared");
  await page.getByRole("button", { name: "不比了" }).click();
  await page.waitForURL((url) => !url.search.includes("b."));
  await leave(page);
});

test("figures, hours, gaps and extensions are given in the formats of the interface, the map as a picture", async () => {
  const page = await stage.plan(`/planner?hour=${NOW_HOUR}&compare=1&b.hour=44`);
  await page.getByRole("button", { name: "导出", exact: true }).click();
  for (const [what, format, begins] of [
    ["覆盖数字", "Excel", "PK"],
    ["覆盖数字", "CSV", "\uFEFF"],
    ["每小时的表", "Excel", "PK"],
    ["每小时的表", "CSV", "\uFEFF"],
    ["缺口", "GeoJSON", "{"],
    ["缺口", "CSV", "\uFEFF"],
    ["加开", "Excel", "PK"],
  ]) {
    const { name, bytes } = await taken(page, () =>
      page.getByRole("link", { name: `${what} ${format}`, exact: true }).click(),
    );
    assert.ok(bytes.length > 100, `${name} holds something`);
    assert.ok(bytes.toString().startsWith(begins), `${name} begins with ${JSON.stringify(bytes.subarray(0, 4).toString())}`);
  }
  const { name, bytes } = await taken(page, () => page.getByRole("button", { name: "PNG" }).click());
  assert.match(name, /^coverage-2026-11-23-34\.png$/);
  const { size, colours } = await looked(page, bytes);
  const box = await page.locator(".maps").boundingBox();
  assert.ok(Math.abs(size[0] - box.width) < 8, `${size} is as wide as both maps`);
  assert.ok(size[1] > box.height + 60, "title and credits stand around the maps");
  assert.ok(colours > 8, `${colours} colours: more than a blank map`);
  await leave(page);
});

test("the plan is printed with figures, picture, hours, methods", async () => {
  const page = await stage.plan(`/planner?hour=${NOW_HOUR}`);
  await page.getByRole("link", { name: "打印" }).click();
  await page.waitForSelector("img.only-print", { state: "attached" });
  await settled(page);
  const told = await stage.read(page, `${COVERAGE}?within_s=900&at=${encodeURIComponent("2026-11-24T10:00:00+08:00")}`);
  const text = await page.locator(".sheet").innerText();
  for (const { name, numerator, method } of told.figures) {
    assert.ok(text.includes(name) && text.includes(grouped(numerator)) && text.includes(method), name);
  }
  assert.ok(text.includes("人数是示例，不是实测"));
  assert.equal(await page.locator(".hours-table td").count(), 168);
  assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), "light");
  assert.deepEqual(await web.flaws(page), []);
  await web.shoot(page, "planner-print", { fullPage: true });
  await page.emulateMedia({ media: "print" });
  assert.equal(await page.locator("img.only-print").isVisible(), true);
  assert.equal(await page.locator(".paper-maps").isVisible(), false);
  const width = await page.locator("img.only-print").evaluate((image) => image.naturalWidth);
  assert.ok(width > 400, `the picture is ${width} pixels wide`);
  await web.shoot(page, "planner-paper", { fullPage: true });
  await page.emulateMedia({ media: "screen" });
  await page.getByRole("link", { name: "回到规划" }).click();
  await settled(page);
  await leave(page);
});
