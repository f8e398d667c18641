// The table of the registry: keys, filters in the address, columns, choosing, many at once, drafts that stay.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import * as web from "./harness.mjs";
import { field, leave, opened, staffStage, tab } from "./staff-stage.mjs";

const stage = staffStage();
const rows = (page) => page.locator("tbody tr");
const names = (page) => page.locator("td.c-name").allInnerTexts();
const choice = (page, word) => page.locator(".drop").getByLabel(word, { exact: true });
const focused = (page) => page.evaluate(() => document.activeElement?.getAttribute("data-row"));

/** Opens the table as somebody, with its rows. */
async function table(login = "admin", path = "/staff") {
  const page = await stage.as(login, path);
  await rows(page).first().waitFor();
  return page;
}

/** Does something that asks for other rows, and waits for them. */
async function renewed(page, act) {
  const answer = page.waitForResponse((response) => /\/registry\?/.test(response.url()));
  await act();
  await answer;
  await page.waitForFunction(() => !document.querySelector(".tbl[aria-busy=true]"));
}

test("the table is walked and worked by keys", async () => {
  const page = await table();
  const ids = await rows(page).evaluateAll((all) => all.map((row) => row.dataset.row));
  await page.keyboard.press("j");
  await page.keyboard.press("ArrowDown");
  assert.equal(await focused(page), ids[1]);
  await page.keyboard.press("k");
  assert.equal(await focused(page), ids[0]);
  await page.keyboard.press("x");
  assert.ok(await rows(page).first().getByRole("checkbox").isChecked());
  await page.keyboard.press("Enter");
  await opened(page, (await names(page))[0]);
  assert.match(page.url(), new RegExp(`station=${ids[0]}`));
  await page.keyboard.press("Escape");
  await page.locator(".edit").waitFor({ state: "detached" });
  assert.equal(await focused(page), ids[0], "one goes on from the same row");
  await page.keyboard.press("?");
  await page.getByRole("dialog", { name: "按键" }).waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await page.keyboard.press("/");
  assert.equal(await page.evaluate(() => document.activeElement.id), "find");
  await page.keyboard.type("jx?");
  assert.equal(await page.locator("#find").inputValue(), "jx?", "in a field keys are letters");
  await leave(page);
});

test("filters stand in the address, and the address brings them back", async () => {
  const page = await table();
  await page.getByRole("button", { name: "区县" }).click();
  await renewed(page, () => choice(page, "北戴河区").check());
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "依托" }).click();
  await renewed(page, () => choice(page, "银行").check());
  await page.keyboard.press("Escape");
  await renewed(page, () => page.getByRole("button", { name: "名称" }).click());
  assert.match(page.url(), /district=130304&host=bank&sort=name/);
  const found = await names(page);
  assert.ok(found.length > 0);
  assert.deepEqual(new Set(await page.locator("td.c-district").allInnerTexts()), new Set(["北戴河区"]));
  await page.reload();
  await rows(page).first().waitFor();
  assert.deepEqual(await names(page), found);
  await renewed(page, () => page.getByRole("button", { name: "去掉：依托" }).click());
  assert.ok((await names(page)).length > found.length);
  await page.goBack();
  await web.until(async () => (await names(page)).length === found.length, "the filters before");
  await renewed(page, () => page.locator("#find").fill("没有这样的驿站"));
  await page.getByText("没有符合的驿站").waitFor();
  await leave(page);
});

test("pinyin finds, pages turn, columns are kept on the machine", async () => {
  const page = await table();
  const first = await names(page);
  await renewed(page, () => page.getByRole("button", { name: "下一页" }).click());
  assert.match(await page.locator(".pages").innerText(), /51–100，共 268/);
  assert.ok(!(await names(page)).includes(first[0]));
  await renewed(page, () => page.getByRole("button", { name: "上一页" }).click());
  assert.deepEqual(await names(page), first);
  await renewed(page, () => page.locator("#find").fill("chaoyang"));
  assert.ok((await names(page)).every((name) => name.includes("朝阳")));
  await page.getByRole("button", { name: "列", exact: true }).click();
  await choice(page, "地址").check();
  await choice(page, "依托").uncheck();
  await page.keyboard.press("Escape");
  await page.reload();
  await rows(page).first().waitFor();
  const heads = await page.locator("thead th").allInnerTexts();
  assert.ok(heads.includes("地址") && !heads.includes("依托"), heads.join());
  await leave(page);
});

test("many are chosen with Shift and moved on together, with a reason", async () => {
  const page = await table("city", "/staff?host=bank&status=open");
  const boxes = page.locator("tbody input[type=checkbox]");
  await boxes.nth(0).click();
  await boxes.nth(2).click({ modifiers: ["Shift"] });
  assert.match(await page.locator(".bulk").innerText(), /选了 3 处/);
  const chosen = (await names(page)).slice(0, 3);
  await page.locator(".bulk").getByRole("button", { name: "暂停" }).click();
  const dialog = page.getByRole("dialog");
  assert.ok(await dialog.locator("textarea").evaluate((area) => area.required));
  await dialog.locator("textarea").fill("统一检修");
  await renewed(page, () => dialog.getByRole("button", { name: "暂停" }).click());
  await dialog.waitFor({ state: "detached" });
  await page.goto(`${stage.origin}/staff?status=suspended&host=bank`);
  await rows(page).first().waitFor();
  const suspended = await names(page);
  for (const name of chosen) assert.ok(suspended.includes(name));
  await leave(page);
});

test("what is not saved outlives a click on another row, and leaving asks first", async () => {
  const page = await table();
  await rows(page).nth(0).click();
  await tab(page, "基本");
  await field(page, "备注").fill("还没存的话");
  await rows(page).nth(1).click();
  await opened(page, (await names(page))[1]);
  await rows(page).nth(0).locator(".unsaved").waitFor();
  await rows(page).nth(0).click();
  await tab(page, "基本");
  assert.equal(await field(page, "备注").inputValue(), "还没存的话");
  const asked = new Promise((resolve) => page.once("dialog", (dialog) => resolve(dialog.accept().then(() => dialog.type()))));
  await page.reload();
  assert.equal(await asked, "beforeunload");
  await leave(page);
});

test("a field that is refused is named at the top and marked at its place", async () => {
  const page = await table();
  await rows(page).nth(0).click();
  await tab(page, "时间");
  await field(page, "开放时间").fill("Mo-Fr 25:00-30:00");
  await page.getByRole("button", { name: /^保存/ }).click();
  const summary = page.locator(".edit .note.bad[role=alert]");
  await summary.waitFor();
  assert.ok(await summary.evaluate((box) => box === document.activeElement), "the summary has the focus");
  assert.equal(await field(page, "开放时间").getAttribute("aria-invalid"), "true");
  await summary.getByRole("button", { name: "开放时间" }).click();
  assert.ok(await field(page, "开放时间").evaluate((input) => input === document.activeElement));
  await page.getByRole("button", { name: "撤销" }).click();
  assert.equal(await field(page, "开放时间").getAttribute("aria-invalid"), null);
  await leave(page);
});

test("a pin is moved by keys, and the page says how far and where to", async () => {
  const page = await table("haigang");
  await rows(page).nth(0).click();
  await page.waitForSelector(".map[data-drawn]");
  const before = await field(page, "WGS-84").inputValue();
  await page.locator(".mk.big").focus();
  for (let n = 0; n < 3; n++) await page.keyboard.press("Shift+ArrowRight");
  assert.notEqual(await field(page, "WGS-84").inputValue(), before);
  assert.match(await page.locator(".moved").innerText(), /移动 \d+(\.\d)? 米/);
  await field(page, "GCJ-02").fill("121.5, 31.2");
  await field(page, "GCJ-02").press("Enter");
  await page.getByText("不在本市任何区县").waitFor();
  await page.getByRole("button", { name: "撤销" }).click();
  assert.equal(await field(page, "WGS-84").inputValue(), before);
  await leave(page);
});

test("the service is out of reach: what is shown says how old it is", async () => {
  const page = await table();
  await page.route("**/api/v1/registry?**", (route) => route.abort());
  await page.locator("#find").fill("海港");
  await page.getByText("连不上服务器").waitFor();
  await page.getByText(/下面是 \d+:\d\d 的结果/).waitFor();
  await page.unroute("**/api/v1/registry?**");
  await page.getByRole("button", { name: "再试一次" }).click();
  await page.getByText("连不上服务器").waitFor({ state: "detached" });
  page.wrongs = page.wrongs.filter((wrong) => !wrong.includes("ERR_FAILED"));
  await leave(page);
});

test("what the filters show is taken away as a file, in the coordinates of a map", async () => {
  const page = await table("city", "/staff?district=130304&host=bank");
  const shown = await rows(page).count();
  await page.getByRole("button", { name: "导出" }).click();
  await page.getByLabel("BD-09").check();
  const take = async (format) => {
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: format, exact: true }).click(),
    ]);
    return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) };
  };
  const geojson = JSON.parse((await take("GeoJSON")).bytes.toString("utf8"));
  assert.equal(geojson.features.length, shown);
  const excel = await take("Excel 表");
  assert.match(excel.name, /\.xlsx$/);
  assert.equal(excel.bytes.subarray(0, 2).toString(), "PK");
  assert.ok((await take("给高德")).bytes.length > 0);
  await leave(page);
});

test("whoever comes second with a deed is told so, and sees what is there now", async () => {
  const path = "/staff?status=open&host=shop";
  const [first, second] = [await table("city", path), await table("haigang", path)];
  for (const page of [first, second]) {
    await rows(page).first().click();
    await page.locator(".edit footer").getByRole("button", { name: "更多" }).click();
    await page.locator(".items").getByRole("button", { name: "暂停" }).click();
    await page.getByRole("dialog").locator("textarea").fill("停水");
  }
  await first.getByRole("dialog").getByRole("button", { name: "暂停" }).click();
  await first.locator(".edit .stage.suspended").waitFor();
  await second.getByRole("dialog").getByRole("button", { name: "暂停" }).click();
  await second.getByRole("dialog").getByText("您打开之后有人改过。").waitFor();
  await second.locator(".edit .stage.suspended").waitFor();
  await second.keyboard.press("Escape");
  await leave(first);
  await leave(second);
});
