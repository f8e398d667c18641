// Another time, and another way of going: chips that change the question and can be taken back.

import assert from "node:assert/strict";
import { test } from "node:test";
import * as web from "./harness.mjs";

const NEAR = "/?lat=39.835&lon=119.489";

const stage = web.stage();
const open = (path, options) => stage.open(path, { hasMap: false, ...options });
const { close } = stage;

/** What the API says is open at an hour of the city. */
async function openAt(time) {
  const at = encodeURIComponent(`${time}:00+08:00`);
  const answer = await fetch(`${stage.origin}/api/v1/stations/nearest?lat=39.835&lon=119.489&limit=20&open=${at}`);
  return (await answer.json()).features.map((feature) => feature.properties.id);
}

const fitting = (page) => web.listed(page, "ol.rows:not(.unlit)");

test("the chip opens a choice, a preset leads to that time, and a tap leads back to now", async () => {
  const page = await open(NEAR);
  await web.scripted(page);
  const now = await fitting(page);
  await page.getByRole("link", { name: "换个时间" }).click();
  await page.getByRole("heading", { name: "什么时候去" }).waitFor();
  assert.ok(await page.evaluate(() => document.activeElement.closest("#when") !== null), "the choice has the focus");
  assert.deepEqual(await web.flaws(page), []);
  await web.shoot(page, "another-time");
  await page.getByRole("link", { name: "今天 22:00" }).click();
  await page.waitForSelector(".chip.on:has-text('今天 22:00')");
  await web.answered(page);
  assert.match(await page.locator(".top p").innerText(), /今天 22:00 的情况/);
  assert.ok(await page.getByRole("link", { name: "那时开放" }).isVisible());
  const then = await fitting(page);
  assert.notDeepEqual(then, now);
  assert.deepEqual(then, await openAt("2026-11-24T22:00"));
  assert.ok(!(await page.locator("#when").isVisible()), "the choice is made");
  await web.shoot(page, "another-time-list");

  await page.locator(".chip.on", { hasText: "今天 22:00" }).click();
  await page.getByRole("link", { name: "换个时间" }).waitFor();
  await web.answered(page);
  assert.deepEqual(await fitting(page), now);
  assert.ok(!page.url().includes("at="));
  await close(page);
});

test("another time is also offered in a list that took the place of the start page", async () => {
  const page = await open("/");
  await web.scripted(page);
  await page.getByRole("button", { name: "找我附近的" }).click();
  await page.waitForSelector(".row.first");
  await page.getByRole("link", { name: "换个时间" }).click();
  await page.getByRole("heading", { name: "什么时候去" }).waitFor();
  await page.getByRole("link", { name: "换个地方" }).click();
  await page.getByRole("button", { name: "找我附近的" }).waitFor();
  assert.equal(await page.locator("#when").count(), 0);
  await page.goBack();
  await page.waitForSelector(".row.first");
  await close(page);
});

test("any other hour is chosen by the form", async () => {
  const page = await open(NEAR);
  await web.scripted(page);
  await page.getByRole("link", { name: "换个时间" }).click();
  await page.getByLabel("别的时间").fill("2026-11-28T03:00");
  await page.getByRole("button", { name: "看那时候" }).click();
  await page.waitForSelector(".chip.on:has-text('3:00')");
  await web.answered(page);
  assert.deepEqual(await fitting(page), await openAt("2026-11-28T03:00"));
  assert.match(page.url(), /at=2026-11-28T03%3A00|at=2026-11-28T03:00/);
  assert.ok(!page.url().includes("lat="));
  await close(page);
});

test("without script the chip is a jump to the choice, which is links and a form", async () => {
  const page = await open(NEAR, { javaScriptEnabled: false });
  assert.ok(!(await page.locator("#when").isVisible()));
  await page.getByRole("link", { name: "换个时间" }).click();
  assert.ok(await page.locator("#when").isVisible());
  await page.getByRole("link", { name: "今天 22:00" }).click();
  assert.deepEqual(await fitting(page), await openAt("2026-11-24T22:00"));
  await page.goto(`${stage.origin}${NEAR}#when`);
  await page.getByLabel("别的时间").fill("2026-11-28T03:00");
  await page.getByRole("button", { name: "看那时候" }).click();
  await page.waitForURL(/at=/);
  assert.deepEqual(await fitting(page), await openAt("2026-11-28T03:00"));
  await close(page);
});

test("whoever rides is told minutes on a bicycle", async () => {
  const page = await open(NEAR);
  await web.scripted(page);
  const minutes = async (word) => {
    const texts = await page.locator("#answer li.row .far").allInnerTexts();
    const found = texts.map((text) => text.match(new RegExp(`${word} (\\d+) 分`))).filter(Boolean);
    return found.map(([, number]) => Number(number));
  };
  const walked = await minutes("步行");
  assert.ok(walked.length > 5);
  await page.getByRole("link", { name: "骑车去" }).click();
  await page.waitForSelector(".chip.on:has-text('骑车去')");
  await web.answered(page);
  const ridden = await minutes("骑行");
  assert.equal(ridden.length, walked.length);
  assert.ok(ridden.every((number, row) => number <= walked[row]) && ridden.at(-1) < walked.at(-1));
  assert.match(await page.locator("p.foot").innerText(), /骑行时间是估算的/);
  await web.shoot(page, "riding");
  await page.getByRole("link", { name: "骑车去" }).click();
  await page.waitForSelector(".chip:not(.on):has-text('骑车去')");
  await web.answered(page);
  assert.deepEqual(await minutes("步行"), walked);
  await close(page);
});
