// The planner's page for everybody: axe in light, dark and high contrast, at a desk and on a phone, in large type and in
// English; by keyboard; while it loads, when it fails, when it is old.

import assert from "node:assert/strict";
import { test } from "node:test";
import * as web from "./harness.mjs";
import { DESK, NOW_HOUR, plannerStage, settled } from "./planner-stage.mjs";
import { leave } from "./staff-stage.mjs";

const stage = plannerStage();
const LOOKS = {
  light: { colorScheme: "light" },
  dark: { colorScheme: "dark" },
  contrast: { colorScheme: "light", contrast: "more" },
};
const SIZES = { desk: DESK, phone: web.PHONE };
const PLACES = [`/planner?hour=${NOW_HOUR}`, `/planner?hour=${NOW_HOUR}&compare=1&b.hour=44&list=gaps`];

/** Nothing is wrong for axe, and nothing is wider than the window. */
async function faultless(page, name) {
  assert.deepEqual(await web.flaws(page), [], name);
  assert.equal(await web.overflow(page), 0, `${name} is no wider than its window`);
}

for (const [look, options] of Object.entries(LOOKS)) {
  for (const [size, viewport] of Object.entries(SIZES)) {
    test(`no flaw that axe finds, ${look}, ${size}`, async () => {
      const page = await stage.plan(PLACES[0], { viewport, ...options });
      await faultless(page, `${look} ${size}`);
      await web.shoot(page, `planner-${look}-${size}`, { fullPage: size === "phone" });
      await page.goto(stage.origin + PLACES[1]);
      await settled(page);
      await faultless(page, `compared ${look} ${size}`);
      await web.shoot(page, `planner-compared-${look}-${size}`, { fullPage: size === "phone" });
      await leave(page);
    });
  }
}

test("large type and the other language lose nothing, and a small window keeps all", async () => {
  const page = await stage.plan(PLACES[0]);
  await page.goto(`${stage.origin}/display?size=large&back=/planner`);
  await settled(page);
  await faultless(page, "large");
  await web.shoot(page, "planner-large");
  await page.goto(`${stage.origin}/planner?lang=en`);
  await settled(page);
  await page.getByRole("heading", { name: "Planning" }).waitFor();
  await page.getByText("These people are a stand-in").first().waitFor();
  await faultless(page, "English");
  await web.shoot(page, "planner-english");
  await page.setViewportSize({ width: 1024, height: 768 });
  await faultless(page, "1024");
  await web.shoot(page, "planner-1024");
  await leave(page);
});

test("by keyboard alone: to the maps, along the slider, into a method and back", async () => {
  const page = await stage.plan(PLACES[0]);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.id), "main");
  await page.locator(".rule input").focus();
  await page.keyboard.press("ArrowRight");
  await page.waitForURL(/hour=35/);
  await page.keyboard.press("PageUp");
  await page.waitForURL(/hour=59/);
  await settled(page);
  const how = page.getByRole("button", { name: /双15 怎么算/ });
  await how.focus();
  await page.keyboard.press("Enter");
  await page.getByRole("dialog").getByText("再算一次的请求").waitFor();
  await page.keyboard.press("Escape");
  assert.equal(await how.evaluate((button) => button === document.activeElement), true, "the focus comes back");
  await leave(page);
});

test("what is loading, what failed and what is old look like it, and can be tried again", async () => {
  const page = await stage.as("planner", "/staff", { viewport: DESK });
  let mode = "hang";
  const held = [];
  await page.route("**/api/v1/coverage?*", (route) => {
    if (mode === "hang") held.push(route);
    else if (mode === "fail") route.abort();
    else route.continue();
  });
  await page.goto(stage.origin + PLACES[0]);
  await page.locator(".figs-loading").waitFor();
  await web.shoot(page, "planner-loading");
  mode = "fail";
  for (const route of held) await route.abort();
  await page.getByRole("alert").getByText("没算出来").waitFor();
  assert.deepEqual(await web.flaws(page), []);
  await web.shoot(page, "planner-failed");
  mode = "go";
  await page.getByRole("alert").getByRole("button", { name: "再试一次" }).click();
  await settled(page);
  const before = await page.locator("[data-figure=covered] .z").innerText();
  mode = "fail";
  await page.getByRole("button", { name: "晚一小时" }).click();
  await page.getByText(/还是 \d+:\d\d 的数，新的没取到/).waitFor();
  assert.equal(await page.locator("[data-figure=covered] .z").innerText(), before, "what was known stays");
  await web.shoot(page, "planner-stale");
  mode = "go";
  await page.getByRole("button", { name: "再试一次" }).click();
  await page.getByText(/新的没取到/).waitFor({ state: "detached" });
  page.wrongs = page.wrongs.filter((wrong) => !wrong.includes("net::ERR_FAILED"));
  await leave(page);
});

test("without a map the lists and figures hold the same, and without script the page says so", async () => {
  const page = await stage.as("planner", "/staff", { viewport: DESK });
  await page.addInitScript(() => {
    delete window.WebGL2RenderingContext;
  });
  await page.goto(stage.origin + PLACES[1]);
  await page.getByText("这个浏览器画不了地图").first().waitFor();
  await page.locator(".plan button").first().waitFor();
  await leave(page);
  const plain = await stage.open("/planner", { javaScriptEnabled: false });
  assert.match(await plain.locator("body").innerText(), /要运行网页脚本才能用/);
  await leave(plain);
});
