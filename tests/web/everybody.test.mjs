// The page for everybody: two languages, light and dark, large type, phone and desk, keyboard and screen reader.

import assert from "node:assert/strict";
import { test } from "node:test";
import * as web from "./harness.mjs";

const NEAR = "/?lat=39.835&lon=119.489";

const stage = web.stage();
const { open, close } = stage;

async function firstSheet() {
  const answer = await fetch(`${stage.origin}/api/v1/stations/nearest?lat=39.835&lon=119.489&limit=1`);
  return `/stations/${(await answer.json()).features[0].properties.id}?lat=39.835&lon=119.489`;
}

for (const colorScheme of ["light", "dark"]) {
  test(`axe finds nothing wrong in ${colorScheme}`, async () => {
    for (const [name, path] of [["home", "/"], ["list", NEAR], ["sheet", await firstSheet()], ["district", "/?district=130304"]]) {
      const page = await open(path, { colorScheme });
      if (name === "list") await web.mapDrawn(page);
      assert.deepEqual(await web.flaws(page), [], name);
      await web.shoot(page, `${name}-${colorScheme}`, { fullPage: name === "home" });
      await close(page);
    }
  });
}

test("axe finds nothing wrong in the full-screen map", async () => {
  const page = await open(NEAR);
  await web.mapDrawn(page);
  await page.getByRole("button", { name: "看地图" }).click();
  await page.waitForSelector(".strip.full");
  assert.deepEqual(await web.flaws(page), []);
  await close(page);
});

test("on a desk the map stands beside the list, with the same stations", async () => {
  const page = await open(NEAR, { viewport: web.DESK, deviceScaleFactor: 1 });
  await web.mapDrawn(page);
  assert.deepEqual((await web.mapped(page)).sort(), (await web.listed(page)).sort());
  const [list, map] = await Promise.all(["#answer", ".strip"].map((css) => page.locator(css).boundingBox()));
  assert.ok(map.x >= list.x + list.width && map.height > 600);
  await web.shoot(page, "desk");
  await page.goto(`${stage.origin}/?district=130304`);
  await web.mapDrawn(page);
  await web.shoot(page, "desk-district");
  await page.goto(stage.origin);
  await page.waitForSelector(".canvas[data-drawn]");
  await web.shoot(page, "desk-home");
  await close(page);
});

test("English is one link away and stays", async () => {
  const page = await open(NEAR);
  await page.getByRole("link", { name: "English" }).click();
  await page.waitForSelector("html[lang=en]");
  assert.match(await page.locator(".row.first .st").innerText(), /Open · until/);
  await web.mapDrawn(page);
  await web.shoot(page, "english");
  await page.goto(stage.origin + (await firstSheet()));
  assert.equal(await page.locator("html").getAttribute("lang"), "en");
  await web.shoot(page, "english-sheet", { fullPage: true });
  await close(page);
});

test("large type is switched on the page, and the next page has it from the start", async () => {
  const page = await open(NEAR);
  await page.getByRole("button", { name: "大字" }).click();
  assert.equal(await page.getByRole("button", { name: "大字" }).getAttribute("aria-pressed"), "true");
  await page.goto(stage.origin + (await firstSheet()));
  assert.equal(await page.locator("html").getAttribute("data-size"), "large");
  await page.goto(stage.origin + NEAR);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(overflow <= 0, "nothing is cut at the side");
  await web.mapDrawn(page);
  await web.shoot(page, "large");
  await close(page);
});

test("the keyboard reaches the list, a chip and a sheet", async () => {
  const page = await open(NEAR);
  await page.waitForSelector("html.js");
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.className), "skip");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.waitForSelector("article.sheet");
  await close(page);
});

test("the first screen is small, and the map comes apart from it", async () => {
  const page = await web.newPage(stage.browser, stage.origin);
  const sizes = new Map();
  const client = await page.context().newCDPSession(page);
  await client.send("Network.enable");
  const names = new Map();
  client.on("Network.responseReceived", ({ requestId, response }) => names.set(requestId, response.url));
  client.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    sizes.set(names.get(requestId) ?? "", encodedDataLength);
  });
  await page.goto(stage.origin + NEAR);
  await web.mapDrawn(page);
  // The map, and what a quiet page fetches for the time without a network.
  const isLater = (url) => /\/(map-|maplibre-|tiles\/|answer-|api\/v1\/offline\/)/.test(url);
  const first = [...sizes].filter(([url]) => !isLater(url)).reduce((bytes, [, size]) => bytes + size, 0);
  const map = web.builtBytes(/^(map|maplibre)-.*\.br$/);
  console.log(`first screen ${first} bytes over the wire, map with its worker ${map} bytes in brotli`);
  assert.ok(first < 60 * 1024);
  assert.ok(map > 100 * 1024 && map < 450 * 1024);
  const [script] = [...sizes.keys()].filter((url) => url.includes("/assets/main-"));
  const answer = await fetch(script, { headers: { "Accept-Encoding": "br" } });
  assert.equal(answer.headers.get("content-encoding"), "br");
  assert.match(answer.headers.get("cache-control"), /immutable/);
  await close(page);
});

test("on a slow phone nothing jumps while the page arrives", async () => {
  const page = await web.newPage(stage.browser, stage.origin);
  const client = await page.context().newCDPSession(page);
  await client.send("Network.enable");
  const bytesPerSecond = (1.6 * 1024 * 1024) / 8;
  const line = { offline: false, latency: 150, downloadThroughput: bytesPerSecond, uploadThroughput: bytesPerSecond };
  await client.send("Network.emulateNetworkConditions", line);
  await client.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  await page.addInitScript(() => {
    globalThis.seen = { paint: 0, shift: 0 };
    const watch = (type, note) => {
      new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({ type, buffered: true });
    };
    watch("largest-contentful-paint", (entry) => {
      globalThis.seen.paint = entry.startTime;
    });
    watch("layout-shift", (entry) => {
      if (!entry.hadRecentInput) globalThis.seen.shift += entry.value;
    });
  });
  await page.goto(stage.origin + NEAR);
  await web.mapDrawn(page);
  const { paint, shift } = await page.evaluate(() => globalThis.seen);
  // How fast it is depends on the machine: `scripts/bench page` measures and judges it.
  console.log(`largest paint after ${Math.round(paint)} ms, layout shift ${shift}`);
  assert.ok(paint > 0);
  assert.ok(shift < 0.01);
  await close(page);
});

test("a list that has become old is asked for again when somebody looks at it", async () => {
  const page = await web.newPage(stage.browser, stage.origin);
  await page.clock.install();
  await page.goto(stage.origin + NEAR);
  await page.waitForSelector("html.js");
  let asked = 0;
  page.on("request", (request) => {
    if (request.headers()["x-fragment"]) asked += 1;
  });
  const look = () => page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
  await look();
  assert.equal(asked, 0, "a fresh list is left alone");
  await page.clock.fastForward(6 * 60_000);
  const again = page.waitForResponse((response) => response.request().headers()["x-fragment"] === "list");
  await look();
  assert.equal((await again).status(), 200);
  await web.answered(page);
  await close(page);
});
