// The staff page for everybody: axe on each screen in light and dark, by keyboard, in large type, at 1024 pixels,
// in English.

import assert from "node:assert/strict";
import { test } from "node:test";
import * as web from "./harness.mjs";
import { enrol, leave, PASSWORD, staffStage, tab } from "./staff-stage.mjs";

const stage = staffStage();
const SCREENS = ["notices", "notices/area", "regimes", "accounts", "accounts?account=new", "city", "consents", "audit", "inbox", "me"];
const TABS = ["位置", "时间", "设施", "怎么进", "基本", "历史", "公告"];

/** Waits until a screen has stopped loading, and looks for flaws. */
async function faultless(page, name) {
  await page.waitForFunction(() => !document.querySelector(".loading, [aria-busy=true]"));
  assert.deepEqual(await web.flaws(page), [], name);
  assert.equal(await web.overflow(page), 0, `${name} is no wider than its window`);
}

for (const colorScheme of ["light", "dark"]) {
  test(`no screen has a flaw that axe finds, ${colorScheme}`, async () => {
    const page = await stage.open("/staff", { colorScheme });
    await page.waitForSelector("form");
    await faultless(page, "sign-in");
    await page.getByLabel("登录名").fill("admin");
    await page.getByLabel("密码").fill("wrong");
    await page.getByRole("button", { name: "登录" }).click();
    await page.getByText("登录名或密码不对。").waitFor();
    await faultless(page, "refused");
    await page.getByLabel("密码").fill(PASSWORD);
    await page.getByRole("button", { name: "登录" }).click();
    await page.waitForSelector("tbody tr");
    await faultless(page, "registry");
    await web.shoot(page, `staff-registry-${colorScheme}`);
    await page.locator("tbody tr").first().click();
    for (const name of TABS) {
      await tab(page, name);
      await faultless(page, name);
    }
    await tab(page, "位置");
    await page.waitForSelector(".map[data-drawn]");
    await web.shoot(page, `staff-editor-${colorScheme}`);
    for (const screen of SCREENS) {
      await page.goto(`${stage.origin}/staff/${screen}`);
      await page.waitForSelector("h1");
      await faultless(page, screen);
      await web.shoot(page, `staff-${screen.replace(/\W/g, "-")}-${colorScheme}`);
    }
    await page.getByRole("button", { name: "新密钥" }).click();
    await faultless(page, "dialog");
    await leave(page);
  });
}

test("a new person proves the second factor, and comes back with a recovery code", async () => {
  const page = await stage.as("clerk", "/staff/me");
  await page.getByRole("button", { name: "设置验证器" }).click();
  await page.waitForSelector("code.secret");
  await faultless(page, "second factor");
  const [code] = await enrol(page);
  await page.getByText("有验证器").waitFor();
  await page.getByRole("button", { name: "退出登录" }).click();
  await page.getByLabel("登录名").fill("clerk");
  await page.getByLabel("密码").fill(PASSWORD);
  await page.getByRole("button", { name: "登录" }).click();
  await page.getByLabel("验证码").waitFor();
  await page.getByRole("button", { name: /恢复码/ }).click();
  await page.getByLabel("恢复码").fill(code);
  await page.getByRole("button", { name: "登录" }).click();
  await page.waitForSelector(".rail");
  await leave(page);
});

test("large type, a narrow window and the other language lose nothing", async () => {
  const page = await stage.as("admin", "/staff", { viewport: { width: 1024, height: 768 } });
  await page.waitForSelector("tbody tr");
  await page.locator("tbody tr").first().click();
  await page.waitForSelector(".map[data-drawn]");
  await faultless(page, "1024");
  await web.shoot(page, "staff-1024");
  // 200 % of a window of 1280 pixels leaves 640.
  await page.setViewportSize({ width: 640, height: 400 });
  await faultless(page, "640");
  await web.shoot(page, "staff-640");
  await page.setViewportSize(web.DESK);
  await page.goto(`${stage.origin}/display?size=large&back=/staff`);
  await page.waitForSelector("tbody tr");
  await faultless(page, "large");
  await web.shoot(page, "staff-large");
  await page.goto(`${stage.origin}/staff?lang=en`);
  await page.getByRole("heading", { name: "Registry" }).waitFor();
  await page.waitForSelector("tbody tr");
  await page.locator("tbody tr").first().click();
  for (const name of ["Hours", "Facilities", "History"]) await tab(page, name);
  await faultless(page, "English");
  await web.shoot(page, "staff-english");
  await leave(page);
});

test("without script the page says that it needs it, and nothing keeps or finds it", async () => {
  const page = await stage.open("/staff", { javaScriptEnabled: false });
  assert.match(await page.locator("body").innerText(), /工作台要运行网页脚本才能用/);
  const response = await page.context().request.get(`${stage.origin}/staff/accounts`);
  assert.equal(response.headers()["cache-control"], "no-store");
  assert.equal(response.headers()["x-robots-tag"], "noindex");
  await leave(page);
});
