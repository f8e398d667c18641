// The network goes and comes back while somebody uses the page.

import assert from "node:assert/strict";
import { appendFileSync, cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { close, goOffline, goOnline, hoard, installed, kept, openPage } from "./copies.mjs";
import * as web from "./harness.mjs";

// A build of its own, so that a newer one can take its place.
const dist = mkdtempSync(join(tmpdir(), "yizhan-dist-"));
cpSync(web.DIST, dist, { recursive: true });
for (const packed of ["sw.js.br", "sw.js.gz"]) rmSync(join(dist, packed), { force: true });
after(() => rmSync(dist, { recursive: true }));

const stage = web.stage({ dist });
/** A position whose digits stand nowhere else. */
const HERE = { lat: "39.8317", lon: "119.4863" };
const NEAR = `/?lat=${HERE.lat}&lon=${HERE.lon}`;
const COPY = "130304.zh.2";

const notice = (page) => page.locator("[data-notice]").innerText();
const firstOf = (page) => page.locator("li.row").first().getAttribute("data-id");

/** A page that could go on without a network. */
async function ready(path = NEAR, options = {}) {
  const page = await openPage(stage, path, options);
  await kept(page, COPY);
  if (options.serviceWorkers !== "block") await installed(page);
  assert.equal(await page.locator(".update").count(), 0, "the first version is no update");
  return page;
}

async function drawnFromCopy(page) {
  await page.locator("[data-notice]", { hasText: "手机里存的名册" }).waitFor();
  await web.answered(page);
}

test("opened without a network, the page finds what it found before", async () => {
  const page = await ready();
  const before = await web.listed(page);
  await goOffline(page);
  await page.reload();
  await drawnFromCopy(page);
  assert.deepEqual(await web.listed(page), before);
  assert.match(await notice(page), /没有网.*今天 10:00/s);
  assert.equal(page.url(), `${stage.origin}/`);
  assert.deepEqual(await web.flaws(page), []);
  await web.shoot(page, "offline-list");

  await page.getByRole("link", { name: "如厕", exact: true }).click();
  await page.waitForSelector(".chip.on:has-text('如厕')");
  await drawnFromCopy(page);
  const fewer = await web.listed(page, "ol.rows:not(.unlit)");
  assert.ok(fewer.length > 0 && fewer.length <= before.length);

  await page.locator("li.row a").first().click();
  await page.waitForSelector("article.sheet");
  await drawnFromCopy(page);
  assert.match(await page.locator(".addr").innerText(), /步行 \d+ 分/);
  assert.match(await page.getByRole("link", { name: "高德" }).getAttribute("href"), /^https:\/\/uri\.amap\.com\//);
  assert.ok(!page.url().includes("lat="));
  assert.deepEqual(await web.flaws(page), []);
  await web.shoot(page, "offline-sheet", { fullPage: true });
  await page.reload();
  await page.waitForSelector("article.sheet");
  assert.match(await page.locator(".addr").innerText(), /步行 \d+ 分/);
  await page.getByRole("link", { name: "返回列表" }).click();
  await page.waitForSelector("li.row");
  await close(page);
});

test("another place and the whole district are found without a network", async () => {
  const page = await ready();
  const before = await firstOf(page);
  await goOffline(page);
  await page.getByRole("link", { name: "换个地方" }).click();
  await page.getByRole("button", { name: "找我附近的" }).waitFor();
  assert.match(await notice(page), /手机里存着北戴河区的名册/);
  await web.shoot(page, "offline-home");
  await page.context().setGeolocation({ latitude: 39.845, longitude: 119.52 });
  await page.getByRole("button", { name: "找我附近的" }).click();
  await page.waitForSelector("li.row");
  await drawnFromCopy(page);
  assert.notEqual(await firstOf(page), before);
  await page.goto(`${stage.origin}/?district=130304`);
  await page.waitForSelector("li.row");
  await drawnFromCopy(page);
  assert.match(await page.locator("h1").innerText(), /北戴河区的驿站/);
  await page.goto(`${stage.origin}/?district=130302`);
  await page.locator("[data-notice]", { hasText: "没有存这个地方的名册" }).waitFor();
  await web.shoot(page, "offline-elsewhere");
  await close(page);
});

test("when the network comes back the list is asked for again", async () => {
  const page = await ready();
  await goOffline(page);
  await page.reload();
  await drawnFromCopy(page);
  const asked = page.waitForResponse((response) => response.request().headers()["x-fragment"] === "list");
  await goOnline(page);
  assert.equal((await asked).status(), 200);
  await page.waitForSelector("[data-notice]", { state: "detached" });
  await web.answered(page);
  assert.ok((await web.listed(page)).length > 5);
  await close(page);
});

test("language and large type stay without a network", async () => {
  const page = await ready();
  await page.getByRole("button", { name: "大字" }).click();
  await page.reload();
  await page.getByRole("link", { name: "English" }).click();
  await page.waitForSelector("html[lang=en]");
  await kept(page, "130304.en");
  const isEnglish = () =>
    page.evaluate(async () => (await caches.match("/")).headers.get("content-language") === "en");
  await web.until(isEnglish, "the shell in English");
  await goOffline(page);
  await page.goto(`${stage.origin}/?district=130304`);
  await page.locator("[data-notice]", { hasText: "kept on this phone, as of today 10:00" }).waitFor();
  assert.equal(await page.locator("html").getAttribute("data-size"), "large");
  assert.equal(await page.locator("html").getAttribute("lang"), "en");
  assert.match(await page.locator("h1").innerText(), /Beidaihe District/);
  await web.shoot(page, "offline-english-large");
  await close(page);
});

test("two days later nobody knows what is open, and the page says so", async () => {
  const page = await ready();
  await goOffline(page);
  await page.clock.setFixedTime(new Date(Date.parse(web.NOW) + 49 * 3_600_000));
  await page.reload();
  await page.locator("[data-notice]", { hasText: "说不准" }).waitFor();
  await page.getByRole("link", { name: /没开的也看看/ }).click();
  await page.waitForSelector("li.row");
  const states = await page.$$eval("li.row", (rows) => rows.map((row) => row.dataset.state));
  assert.deepEqual([...new Set(states)], ["unknown"]);
  await web.shoot(page, "offline-expired");
  await close(page);
});

test("nothing that the phone keeps names a position of its owner", async () => {
  const page = await ready();
  await page.reload();
  await web.mapDrawn(page);
  await page.locator("li.row a").first().click();
  await page.waitForSelector("article.sheet");
  await page.goBack();
  await page.waitForSelector("li.row");
  await goOffline(page);
  await page.reload();
  await drawnFromCopy(page);
  const all = await page.evaluate(hoard);
  assert.ok(all.includes("北戴河区") && all.includes("/assets/main-") && all.length > 100_000);
  for (const digits of Object.values(HERE)) assert.ok(!all.includes(digits), digits);
  assert.ok(!/[?&](lat|lon)=/.test(all));
  await close(page);
});

test("with a broken database the copy is kept elsewhere", async () => {
  const page = await web.newPage(stage.browser, stage.origin);
  await page.clock.setFixedTime(new Date(web.NOW));
  await page.addInitScript(() => {
    IDBFactory.prototype.open = () => {
      throw new DOMException("no", "SecurityError");
    };
  });
  await page.goto(stage.origin + NEAR);
  await web.until(() => page.evaluate((key) => localStorage.getItem(`copy:${key}`) !== null, COPY), "the copy");
  await installed(page);
  const before = await web.listed(page);
  await goOffline(page);
  await page.reload();
  await drawnFromCopy(page);
  assert.deepEqual(await web.listed(page), before);
  await close(page);
});

test("without service worker and storage an open page goes on", async () => {
  const page = await web.newPage(stage.browser, stage.origin, { serviceWorkers: "block" });
  await page.clock.setFixedTime(new Date(web.NOW));
  await page.addInitScript(() => {
    const refuse = () => {
      throw new DOMException("full", "QuotaExceededError");
    };
    IDBFactory.prototype.open = refuse;
    Storage.prototype.setItem = refuse;
  });
  const copied = page.waitForResponse(/\/api\/v1\/offline\/130304\.json$/);
  await page.goto(stage.origin + NEAR);
  await (await copied).finished();
  const before = await web.listed(page);
  await goOffline(page);
  await page.getByRole("link", { name: "24小时", exact: true }).click();
  await drawnFromCopy(page);
  assert.notDeepEqual(await web.listed(page), before);
  await page.locator("li.row a").first().click();
  await page.waitForSelector("article.sheet");
  await page.getByRole("link", { name: "返回列表" }).click();
  await page.waitForSelector("li.row");
  await close(page);
});

test("a network that does not answer is not waited for long", async () => {
  const page = await ready(NEAR, { serviceWorkers: "block" });
  await page.route("**/?*", () => {});
  await page.getByRole("link", { name: "如厕", exact: true }).click();
  await drawnFromCopy(page);
  await page.waitForSelector(".chip.on:has-text('如厕')");
  await close(page);
});

test("a line that hangs is as good as none", async () => {
  const page = await ready();
  stage.server.hang(true);
  try {
    await page.reload();
    await page.waitForSelector("li.row");
    await page.locator("[data-notice]", { hasText: "手机里存的名册" }).waitFor();
    // From here on the copy answers at once.
    await page.getByRole("link", { name: "如厕", exact: true }).click();
    await page.waitForSelector(".chip.on:has-text('如厕')", { timeout: 3000 });
  } finally {
    stage.server.hang(false);
  }
  await page.waitForSelector("[data-notice]", { state: "detached" });
  assert.ok((await web.listed(page)).length > 0);
  assert.equal(await page.locator(".chip.on:has-text('如厕')").count(), 1);
  await close(page);
});

test("the worker's file is asked for each time, and no page with a position may be kept", async () => {
  const worker = await fetch(`${stage.origin}/sw.js`);
  assert.equal(worker.headers.get("cache-control"), "no-cache");
  assert.match(worker.headers.get("content-type"), /javascript/);
  const page = await fetch(stage.origin + NEAR);
  assert.equal(page.headers.get("cache-control"), "no-store");
});

test("a new version is offered, and comes when it is wanted", async () => {
  const page = await ready();
  await page.reload();
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  assert.equal(await page.locator(".update").count(), 0);
  appendFileSync(join(dist, "sw.js"), "\n// Another build.\n");
  await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
  await page.getByRole("button", { name: "有新版本，点一下更新" }).waitFor();
  await web.shoot(page, "update");
  const loaded = page.waitForEvent("load");
  await page.getByRole("button", { name: "有新版本，点一下更新" }).click();
  await loaded;
  await page.waitForSelector("li.row");
  const waiting = await page.evaluate(async () => (await navigator.serviceWorker.getRegistration()).waiting);
  assert.equal(waiting, null);
  assert.equal(await page.locator(".update").count(), 0);
  await close(page);
});

test("the page can be put on the home screen", async () => {
  const page = await openPage(stage, "/?lang=en");
  const href = await page.locator("link[rel=manifest]").getAttribute("href");
  const answer = await fetch(stage.origin + href);
  assert.equal(answer.headers.get("content-type"), "application/manifest+json");
  const manifest = await answer.json();
  assert.equal(manifest.name, "Qinhuangdao Yizhan");
  for (const { src, sizes } of manifest.icons) {
    const picture = await fetch(stage.origin + src);
    const bytes = new DataView(await picture.arrayBuffer());
    assert.equal(`${bytes.getUint32(16)}x${bytes.getUint32(20)}`, sizes, src);
  }
  await page.evaluate(() => dispatchEvent(Object.assign(new Event("beforeinstallprompt"), { prompt() {} })));
  await page.getByRole("button", { name: "Put Yizhan on the home screen" }).waitFor();
  await close(page);
});
