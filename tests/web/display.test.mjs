// How the page looks by choice: dark, light, high contrast, large type; with and without script.

import assert from "node:assert/strict";
import { test } from "node:test";
import * as web from "./harness.mjs";

const NEAR = "/?lat=39.835&lon=119.489";
const WIDTHS = [320, 360, 390];
/** Choices of colours on phones that would choose otherwise, each in one language: neither changes the other. */
const MODES = [
  { name: "dark", chosen: { theme: "dark", lang: "zh" }, colorScheme: "light" },
  { name: "light", chosen: { theme: "light", lang: "en", size: "large" }, colorScheme: "dark" },
  { name: "contrast", chosen: { contrast: "high", lang: "en" }, colorScheme: "light" },
  { name: "dark contrast", chosen: { theme: "dark", contrast: "high", lang: "zh", size: "large" }, colorScheme: "light" },
];

const stage = web.stage();
const { close } = stage;

async function pages() {
  const answer = await fetch(`${stage.origin}/api/v1/stations/nearest?lat=39.835&lon=119.489&limit=1`);
  const [{ properties }] = (await answer.json()).features;
  return [
    ["home", "/"],
    ["list", NEAR],
    ["sheet", `/stations/${properties.id}?lat=39.835&lon=119.489`],
    ["search", "/?q=hgq"],
    ["directory", "/directory/130304"],
    ["desk", "/desk?lat=39.835&lon=119.489"],
    ["frame", "/embed?lat=39.835&lon=119.489"],
  ];
}

/** A page on which these things are chosen already. */
async function pageWith(chosen, options) {
  const page = await web.newPage(stage.browser, stage.origin, { hasMap: false, ...options });
  const cookies = Object.entries(chosen).map(([name, value]) => ({ name, value, url: stage.origin }));
  await page.context().addCookies(cookies);
  return page;
}

for (const { name, chosen, colorScheme } of MODES) {
  test(`axe finds nothing wrong in ${name}`, async () => {
    const page = await pageWith(chosen, { colorScheme });
    for (const [place, path] of await pages()) {
      await page.goto(stage.origin + path);
      assert.ok((await page.locator("html").getAttribute("lang")).startsWith(chosen.lang));
      assert.deepEqual(await web.flaws(page), [], place);
      await web.shoot(page, `chosen-${name.replace(" ", "-")}-${place}`);
    }
    await close(page);
  });
}

for (const lang of ["zh", "en"]) {
  test(`large type fits into narrow phones, ${lang}`, async () => {
    const page = await pageWith({ size: "large", lang });
    for (const [place, path] of [...(await pages()), ["another time", `${NEAR}&at=2026-11-24T22:00#when`]]) {
      await page.goto(stage.origin + path);
      await page.evaluate(() => {
        for (const details of document.querySelectorAll("details")) details.open = true;
      });
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 844 });
        assert.ok((await web.overflow(page)) <= 0, `${place} is wider than ${width} px`);
        if (width === WIDTHS[0]) await web.shoot(page, `narrow-${place.replace(" ", "-")}-${lang}`, { fullPage: place === "sheet" });
      }
    }
    await close(page);
  });
}

test("what is chosen holds at once, on the next page, and until it is chosen otherwise", async () => {
  const page = await stage.open(NEAR, { colorScheme: "light", hasMap: false });
  await web.scripted(page);
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await ground();
  await page.getByText("显示", { exact: true }).click();
  await page.getByRole("link", { name: "深色" }).click();
  const dark = await ground();
  assert.notEqual(dark, light);
  assert.equal(await page.getByRole("link", { name: "深色" }).getAttribute("aria-current"), "true");
  await page.getByRole("group", { name: "对比" }).getByRole("link", { name: "高" }).click();
  await page.getByRole("group", { name: "字号" }).getByRole("link", { name: "大字" }).click();
  assert.ok((await page.locator("li.row").count()) > 5, "the list stays where it is");
  assert.deepEqual(await web.flaws(page), []);

  await page.goto(stage.origin);
  const { theme, contrast, size } = await page.locator("html").evaluate((root) => ({ ...root.dataset }));
  assert.deepEqual({ theme, contrast, size }, { theme: "dark", contrast: "high", size: "large" });
  assert.equal(await ground(), dark);

  await page.getByText("显示", { exact: true }).click();
  await page.getByRole("link", { name: "随手机" }).click();
  await page.reload();
  assert.equal(await page.locator("html").getAttribute("data-theme"), null);
  assert.equal(await ground(), light);
  await close(page);
});

test("without script a choice is a link that comes back to the same page", async () => {
  const page = await stage.open("/?district=130304", { javaScriptEnabled: false });
  for (const [link, name, value] of [["深色", "theme", "dark"], ["高", "contrast", "high"], ["大字", "size", "large"]]) {
    await page.getByText("显示", { exact: true }).click();
    await page.locator(".display").getByRole("link", { name: link, exact: true }).click();
    await page.waitForSelector(`html[data-${name}=${value}]`);
    assert.equal(page.url(), `${stage.origin}/?district=130304`);
  }
  await page.goto(`${stage.origin}/directory`);
  assert.equal(await page.locator("html").getAttribute("data-theme"), "dark");
  await close(page);
});

/** The elements that would move by themselves or on a touch. */
function moving(page) {
  return page.evaluate(() => {
    const seconds = (text) => Math.max(...text.split(",").map(Number.parseFloat));
    const moves = (element) => {
      const style = getComputedStyle(element);
      return style.animationName !== "none" || seconds(style.transitionDuration) > 0;
    };
    return [...document.querySelectorAll("body *")].filter(moves).map((element) => element.className);
  });
}

test("whoever wants less motion sees none", async () => {
  for (const [reducedMotion, isStill] of [["reduce", true], ["no-preference", false]]) {
    const page = await stage.open("/", { reducedMotion, hasMap: false });
    await web.scripted(page);
    for (const path of ["/", NEAR]) {
      await page.goto(stage.origin + path);
      assert.equal((await moving(page)).length === 0, isStill, `${path} with ${reducedMotion}`);
    }
    // Rows that stand in for a list while it is asked for.
    await page.route(/lat=/, () => undefined);
    await page.reload({ waitUntil: "commit" });
    await page.waitForSelector(".skeleton .sk");
    assert.equal((await moving(page)).length === 0, isStill, `skeleton with ${reducedMotion}`);
    await close(page);
  }
});
