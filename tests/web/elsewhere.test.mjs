// The page on other sites and in other hands: in a frame, passed on to a fellow worker, inside WeChat.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import * as web from "./harness.mjs";

const WECHAT = "Mozilla/5.0 (Linux; Android 12) AppleWebKit/537.36 Chrome/116.0 Mobile Safari/537.36 MicroMessenger/8.0.43";

const stage = web.stage();
/** A site of somebody else, and a service whose settings name it. */
let site;
let friendly;

before(async () => {
  const server = createServer((request, answer) => {
    const framed = new URL(request.url, "http://site").searchParams.get("frame");
    answer.setHeader("Content-Type", "text/html; charset=utf-8");
    answer.end(`<!doctype html><html lang="en"><title>District</title><iframe title="stations" width="390" height="800" src="${framed}"></iframe>`);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  site = { origin: `http://127.0.0.1:${port}`, stop: () => new Promise((resolve) => server.close(resolve)) };
  friendly = await web.startServer({ env: { YIZHAN__EMBED__SITES: site.origin } });
});
after(async () => {
  await friendly?.stop();
  await site?.stop();
});

/** A page of the other site, with a frame. */
async function framed(address) {
  const context = await stage.browser.newContext({ viewport: web.DESK, locale: "zh-CN" });
  const page = await context.newPage();
  page.errors = [];
  page.on("console", (message) => message.type() === "error" && page.errors.push(message.text()));
  await page.goto(`${site.origin}/?frame=${encodeURIComponent(address)}`);
  return page;
}

test("a site that the settings name shows the list in a frame, and links open beside it", async () => {
  const page = await framed(`${friendly.origin}/embed?lat=39.835&lon=119.489`);
  const frame = page.frameLocator("iframe");
  await frame.locator(".row.first").waitFor();
  await frame.getByRole("link", { name: "24小时", exact: true }).click();
  await frame.locator(".chip.on", { hasText: "24小时" }).waitFor();
  await web.shoot(page, "embed");
  await frame.getByRole("link", { name: "换个时间" }).click();
  await frame.getByRole("link", { name: "今天 22:00" }).click();
  await frame.locator(".chip.on", { hasText: "今天 22:00" }).waitFor();
  assert.equal(page.context().pages().length, 1, "whatever changes the list stays in the frame");
  const beside = page.waitForEvent("popup");
  await frame.locator("li.row a").first().click();
  const sheet = await beside;
  await sheet.waitForSelector("article.sheet");
  assert.ok(sheet.url().startsWith(`${friendly.origin}/stations/`));
  await frame.locator("li.row").first().waitFor();
  const whole = page.waitForEvent("popup");
  await frame.getByRole("link", { name: "打开驿站页面" }).click();
  await (await whole).waitForSelector(".end");
  assert.ok(page.url().startsWith(site.origin));
  assert.deepEqual(page.errors, []);
  await page.context().close();
});

test("no other page and no other site is framed", async () => {
  for (const address of [`${stage.origin}/embed`, `${friendly.origin}/`, `${friendly.origin}/desk`]) {
    const page = await framed(address);
    await page.waitForFunction(() => document.readyState === "complete");
    assert.equal(await page.frameLocator("iframe").locator("main").count(), 0, address);
    assert.ok(page.errors.some((text) => text.includes("frame-ancestors")), page.errors.join());
    await page.context().close();
  }
});

/** The station nearest to a place, and the address of its sheet. */
async function nearest() {
  const answer = await fetch(`${stage.origin}/api/v1/stations/nearest?lat=39.835&lon=119.489&limit=1`);
  const [{ properties }] = (await answer.json()).features;
  return { station: properties, path: `/stations/${properties.id}` };
}

test("a station is passed on by the phone's own sheet, without where the sender is", async () => {
  const page = await web.newPage(stage.browser, stage.origin);
  await page.addInitScript(() => {
    navigator.share = async (data) => {
      globalThis.shared = data;
    };
  });
  const { station, path } = await nearest();
  await page.goto(`${stage.origin}${path}?lat=39.835&lon=119.489`);
  await web.scripted(page);
  await page.getByRole("button", { name: "转给工友" }).click();
  const { title, url } = await page.evaluate(() => globalThis.shared);
  assert.equal(title, station.name);
  assert.equal(url, stage.origin + path);
  await stage.close(page);
});

test("where a phone has no such sheet the link is copied", async () => {
  const page = await web.newPage(stage.browser, stage.origin, { allowed: ["clipboard-read", "clipboard-write"] });
  await page.addInitScript(() => Object.defineProperty(navigator, "share", { value: undefined }));
  const { station, path } = await nearest();
  await page.goto(`${stage.origin}${path}?lat=39.835&lon=119.489`);
  await web.scripted(page);
  await page.getByRole("button", { name: "转给工友" }).click();
  await page.getByText("链接已复制，发给工友").waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), `${station.name} ${stage.origin}${path}`);
  await page.getByRole("button", { name: /复制地址/ }).click();
  await page.getByText("已复制，到地图里粘贴").waitFor();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  assert.equal(copied, `${station.signboard} ${station.address}`);
  await stage.close(page);
});

test("inside WeChat the sheet says how to get to a map", async () => {
  for (const [userAgent, isTold] of [[WECHAT, true], [WECHAT.replace(/ MicroMessenger.*/, ""), false]]) {
    const page = await stage.open((await nearest()).path, { userAgent });
    await web.scripted(page);
    assert.equal(await page.getByText("在浏览器打开").isVisible(), isTold);
    if (isTold) await web.shoot(page, "wechat");
    await stage.close(page);
  }
});
