// Searching by words, while one writes and without script.

import assert from "node:assert/strict";
import { test } from "node:test";
import * as web from "./harness.mjs";

const stage = web.stage();
const open = (path, options) => stage.open(path, { hasMap: false, ...options });
const { close } = stage;

const field = (page) => page.getByRole("searchbox");

test("what is found shows while one writes, and the writing goes on", async () => {
  const page = await open("/");
  await web.scripted(page);
  await field(page).click();
  // One letter after the other, each when the answer to the one before is there: the field lives through all.
  for (const [letter, written] of [["h", "h"], ["g", "hg"], ["q", "hgq"]]) {
    const answer = page.waitForResponse((response) => new URL(response.url()).searchParams.get("q") === written);
    await page.keyboard.press(letter);
    await answer;
    await page.waitForFunction((text) => document.title.includes(`“${text}”`), written);
    await web.answered(page);
    assert.equal(await field(page).inputValue(), written);
  }
  assert.ok(await field(page).evaluate((input) => document.activeElement === input), "the field keeps the focus");
  await page.getByRole("link", { name: "海港区", exact: true }).waitFor();
  await web.shoot(page, "search");
  await close(page);
});

for (const [what, written, district] of [
  ["Chinese", "海港区", "海港区"],
  ["pinyin", "beidaihe", "北戴河区"],
  ["initials", "shgq", "山海关区"],
]) {
  test(`${what} finds a district`, async () => {
    const page = await open("/");
    await web.scripted(page);
    await field(page).fill(written);
    await page.getByRole("link", { name: district, exact: true }).click();
    await page.getByRole("heading", { level: 1, name: `${district}的驿站` }).waitFor();
    assert.ok((await web.listed(page)).length > 5);
    assert.match(page.url(), /district=1303/);
    await close(page);
  });
}

test("a place is looked around, and stands in no address", async () => {
  const page = await open("/");
  await web.scripted(page);
  await field(page).fill("北戴河");
  const places = page.locator("section", { has: page.getByRole("heading", { name: "地方附近" }) });
  await places.getByRole("link").first().click();
  await page.getByRole("heading", { level: 1, name: "北戴河区，您附近" }).waitFor();
  assert.ok((await web.listed(page)).length > 5);
  assert.ok(!page.url().includes("lat="), page.url());
  await close(page);
});

test("a station is found by its name, and going back finds the search", async () => {
  const answer = await fetch(`${stage.origin}/api/v1/stations/nearest?lat=39.835&lon=119.489&limit=1`);
  const [{ properties }] = (await answer.json()).features;
  const page = await open("/");
  await web.scripted(page);
  await field(page).fill(properties.name);
  await page.locator(`#answer li[data-id="${properties.id}"] a`).first().click();
  await page.waitForSelector("article.sheet");
  assert.equal(await page.locator("h1").innerText(), properties.name);
  await page.getByRole("link", { name: "返回列表" }).click();
  await page.waitForSelector(`#answer li[data-id="${properties.id}"]`);
  assert.equal(await field(page).inputValue(), properties.name, "the search is there again");
  await close(page);
});

test("half a word that is still being composed is not looked for", async () => {
  const page = await web.newPage(stage.browser, stage.origin, { hasMap: false });
  await page.clock.install();
  await page.goto(stage.origin);
  await web.scripted(page);
  const asked = [];
  page.on("request", (request) => {
    if (request.headers()["x-fragment"]) asked.push(new URL(request.url()).searchParams.get("q"));
  });
  const compose = (text) => field(page).evaluate((input, text) => {
    input.value = text;
    input.dispatchEvent(new CompositionEvent("compositionupdate", { bubbles: true, data: text }));
    input.dispatchEvent(new InputEvent("input", { bubbles: true, isComposing: true }));
  }, text);
  await field(page).evaluate((input) => input.dispatchEvent(new CompositionEvent("compositionstart", { bubbles: true })));
  for (const half of ["h", "ha'i", "hai'gang"]) {
    await compose(half);
    await page.clock.runFor(2000);
  }
  assert.deepEqual(asked, []);
  await field(page).evaluate((input) => {
    input.value = "海港";
    input.dispatchEvent(new CompositionEvent("compositionend", { bubbles: true, data: "海港" }));
  });
  const answer = page.waitForResponse((response) => response.request().headers()["x-fragment"] === "list");
  await page.clock.runFor(500);
  await answer;
  assert.deepEqual(asked, ["海港"]);
  await close(page);
});

test("nothing found is said, with other ways to write it", async () => {
  const page = await open("/");
  await web.scripted(page);
  await field(page).fill("xyzzy");
  await page.getByText("没有找到“xyzzy”").waitFor();
  assert.match(await page.locator("#answer").innerText(), /拼音首字母/);
  await web.shoot(page, "search-none");
  await close(page);
});

test("without script the search is a form", async () => {
  const page = await open("/", { javaScriptEnabled: false });
  await field(page).fill("haigang");
  await page.getByRole("button", { name: "查找" }).click();
  await page.waitForURL(/q=haigang/);
  assert.equal(await field(page).inputValue(), "haigang");
  assert.ok((await page.locator("li.row").count()) > 10);
  await page.getByRole("link", { name: "海港区", exact: true }).click();
  await page.waitForURL(/district=130302/);
  await close(page);
});
