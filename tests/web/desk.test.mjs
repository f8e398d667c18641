// The look-up desk of the hotline, by keyboard alone.

import assert from "node:assert/strict";
import { test } from "node:test";
import * as web from "./harness.mjs";

const ALLOWED = ["clipboard-read", "clipboard-write"];

const stage = web.stage();
const { close } = stage;
const open = (path) => stage.open(path, { viewport: web.DESK, deviceScaleFactor: 1, allowed: ALLOWED });

const read = (page) => page.locator(".reading").innerText();
const current = (page) => page.locator(".choices [aria-current] b").innerText();

/** Presses a key and waits for the answer that it asks for. */
async function ask(page, key) {
  const answer = page.waitForResponse((response) => response.request().headers()["x-fragment"] === "list");
  await page.keyboard.press(key);
  await answer;
  await web.answered(page);
}

test("a caller is helped without a mouse", async () => {
  const page = await open("/desk");
  await web.scripted(page);
  assert.equal(await page.evaluate(() => document.activeElement.id), "q", "one can write at once");
  await page.keyboard.type("beidaihe");
  await ask(page, "Enter");
  await page.waitForSelector(".desk .choices a");
  await web.shoot(page, "desk-found");
  assert.notEqual(await page.evaluate(() => document.activeElement.id), "q", "the digits are free");

  const district = page.locator(".desk .districts a").first();
  assert.match(await district.innerText(), /北戴河区/);
  await ask(page, "1");
  await page.waitForSelector(".desk:not(:has(.districts))");
  const names = await page.locator(".choices b").allInnerTexts();
  assert.equal(names.length, 9);
  assert.equal(await current(page), names[0]);
  await ask(page, "ArrowDown");
  assert.equal(await current(page), names[1]);
  await ask(page, "ArrowDown");
  assert.equal(await current(page), names[2]);
  await ask(page, "ArrowUp");
  assert.equal(await current(page), names[1]);
  await ask(page, "4");
  assert.equal(await current(page), names[3]);
  assert.ok((await read(page)).includes("照着念"));
  await web.shoot(page, "desk-reading");

  await page.keyboard.press("c");
  await page.getByText("已复制").waitFor();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  const sentences = await page.locator(".reading p").allInnerTexts();
  assert.equal(copied, sentences.join(""));
  assert.ok(sentences.length >= 3);

  await page.keyboard.press("/");
  assert.equal(await page.evaluate(() => document.activeElement.id), "q");
  await close(page);
});

test("the arrow leaves the field while one writes, and goes on from there", async () => {
  const page = await open("/desk");
  await web.scripted(page);
  await page.keyboard.type("wangchao");
  await page.waitForFunction(() => document.querySelectorAll(".choices a").length > 1);
  await web.answered(page);
  assert.equal(await page.locator("#q").inputValue(), "wangchao");
  assert.equal(await page.evaluate(() => document.activeElement.id), "q", "the answer leaves the writer alone");
  const names = await page.locator(".choices b").allInnerTexts();
  await ask(page, "ArrowDown");
  await ask(page, "ArrowDown");
  assert.equal(await current(page), names[1]);
  await page.keyboard.press("Escape");
  assert.equal(await page.evaluate(() => document.activeElement.id), "q", "the next question");
  await close(page);
});

test("from a place the caller hears the direction and the minutes", async () => {
  const page = await open("/desk?lat=39.835&lon=119.489");
  await web.scripted(page);
  assert.match(await read(page), /从您那里往(东|南|西|北|东北|东南|西北|西南)，大约 .+(米|公里)，步行 \d+ 分。/);
  assert.ok(!page.url().includes("lat="));
  await page.goto(`${stage.origin}/desk?lat=39.835&lon=119.489&lang=en`);
  assert.match(await read(page), /From where you are to the .+, about .+ min/);
  await web.shoot(page, "desk-english");
  await close(page);
});
