// A district's list with one fault of each kind: each is named, mended on the screen and committed; the same file
// again changes nothing; a commit is undone; the row with an address alone gets its pin.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { district, FROM_BAIDU, ROW, registeredFile } from "./district.mjs";
import * as web from "./harness.mjs";
import { leave, staffStage } from "./staff-stage.mjs";

const stage = staffStage({ file: registeredFile() });
const NAME = "海港区台账.xlsx";
let page;

/** Sends a file and waits for its wizard. */
async function send(buffer, name = NAME) {
  await page.goto(`${stage.origin}/staff/imports`);
  await page
    .locator("input[type=file]")
    .setInputFiles({ name, mimeType: "application/octet-stream", buffer });
  await page.waitForURL(/\/staff\/imports\/[0-9a-f-]{36}/);
  await page.locator(".stepper").waitFor();
}

const step = (name) =>
  page
    .locator(".stepper")
    .getByRole("link", { name: new RegExp(name) })
    .click();
const standing = () => page.locator(".end-bar p").innerText();
/** Waits until no correction is on its way. */
const saved = () => web.until(async () => !/正在存/.test(await standing()), "the corrections to be saved");
const cell = (row, column) => page.locator(`#cell-${row}-${column + 1}`);

/** Shows the rows of one kind of problem, and gives how many the side says there are. */
async function kind(word) {
  const link = page.locator(".kinds").getByRole("link", { name: new RegExp(word) });
  const count = Number(await link.locator("b").innerText());
  await link.click();
  await page.locator(".sheet-bar .chip", { hasText: word }).waitFor();
  await page.waitForFunction(() => !document.querySelector(".sheet-panel .loading"));
  return count;
}

/** Writes into a cell by keys alone: it has the focus, Enter opens it, Enter closes it. */
async function write(row, column, text) {
  await cell(row, column).click();
  await page.keyboard.press("Enter");
  await page.keyboard.type(text);
  await page.keyboard.press("Enter");
  await saved();
}

/** The figures of the plan by their words. */
async function plan() {
  const figures = await page.locator(".plan a").allInnerTexts();
  return Object.fromEntries(
    figures.map((text) =>
      text
        .split("\n")
        .map((part) => part.trim())
        .reverse(),
    ),
  );
}

async function commit() {
  await step("提交");
  await page.getByRole("button", { name: /^提交/ }).click();
  await page.getByText("写好了").waitFor();
}

/** What the registry says of a code. */
async function station(code) {
  const { body } = await stage.api(page, "GET", `/api/v1/registry?q=${code}&limit=20`);
  return body.items.find((item) => item.code === code);
}

test("a file is sent; its columns are recognised, and what nobody knows is not read", async () => {
  page = await stage.as("city", "/staff/imports");
  await page.getByText("还没有导入过").waitFor();
  await send(await district(stage.origin));
  await step("对列名");
  const row = (name) =>
    page.locator(".mapping tr", { has: page.getByRole("rowheader", { name: new RegExp(name) }) });
  await row("内部序号").getByText("不认识，不读").waitFor();
  assert.equal(await row("详细地址").locator("select").inputValue(), "address");
  await row("内部序号").locator("select").selectOption({ label: "备注" });
  await row("内部序号").getByText("您选的").waitFor();
  await row("内部序号").locator("select").first().selectOption("");
  await row("内部序号").getByRole("button").waitFor({ state: "detached" });
  await web.shoot(page, "imports-columns");
});

test("the coordinate system is doubted, its three readings are on the map, and a person confirms", async () => {
  await step("看坐标");
  await page.getByText(/可是按 BD-09 读对得上得多/).waitFor();
  await page.waitForSelector(".map[data-drawn]");
  for (const crs of ["wgs84", "gcj02", "bd09"]) await page.locator(`.map [data-mark=${crs}]`).waitFor();
  const baidu = page.locator(".weighed tr", { hasText: "BD-09" });
  assert.match(await baidu.innerText(), /最像/);
  await web.shoot(page, "imports-place");
  await page
    .locator(".weighed")
    .getByRole("radio", { name: /GCJ-02/ })
    .check();
  await page.getByRole("button", { name: "就按 GCJ-02 读" }).click();
  await page.getByText("已确认按 GCJ-02 读。").first().waitFor();
});

test("each fault has a name", async () => {
  await step("改问题");
  const kinds = await page.locator(".kinds li").allInnerTexts();
  const words = [
    "经纬度写反",
    "编号重复",
    "缺名称",
    "不在所填区县",
    "公式",
    "设施没见过",
    "时间看不准",
    "只有地址",
    "像别的坐标系",
  ];
  for (const word of words)
    assert.ok(
      kinds.some((text) => text.includes(word)),
      `${word} in ${kinds}`,
    );
  for (const column of [4, 5]) await cell(ROW.swapped, column).and(page.locator(".e")).waitFor();
  await cell(ROW.hours, 6).and(page.locator(".w")).waitFor();
  assert.equal((await cell(ROW.nameless, 1).innerText()).replace(/\s/g, ""), "错误（空）");
  await web.shoot(page, "imports-problems");
});

test("rows from another map are converted all at once", async () => {
  assert.equal(await kind("像别的坐标系"), FROM_BAIDU);
  await cell(ROW.baidu, 4).click();
  await page.getByRole("button", { name: /都照建议改/ }).click();
  await page.getByText("这类问题没有了").waitFor();
});

test("exchanged coordinates are put right by the suggestion, the rest by hand and by keys", async () => {
  await kind("经纬度写反");
  await web.shoot(page, "imports-swapped");
  await page.locator(".dock").getByRole("button", { name: /对调/ }).click();
  await page.getByText("这类问题没有了").waitFor();
  await page.getByRole("link", { name: "看全部行" }).first().click();
  await write(ROW.twice, 0, "HG-N12");
  await write(ROW.facility, 7, "饮水、血压仪");
  await write(ROW.hours, 6, "8:30-17:30");
  await write(ROW.nameless, 1, "东港路快递驿站");
  await cell(ROW.formula, 3).click();
  await page.getByRole("button", { name: "改为“海港区和平大街19号”" }).click();
  await saved();
  await kind("不在所填区县");
  await write(ROW.wrong, 2, "海港区");
  await page.getByText("这类问题没有了").waitFor();
  await page.getByRole("link", { name: "看全部行" }).first().click();
  await cell(ROW.hours, 6).click();
  await page.getByText("文件里写的是：看社区上班时间。").waitFor();
  assert.ok(!/错/.test(await standing()), await standing());
});

test("a cell that is left with Escape stays as it was", async () => {
  await cell(ROW.first, 1).click();
  await page.keyboard.press("F2");
  await page.keyboard.type("x");
  await page.keyboard.press("Escape");
  assert.equal(await cell(ROW.first, 1).innerText(), "归提寨骑手驿站");
  await page.keyboard.press("ArrowDown");
  assert.equal(await page.evaluate(() => document.activeElement.id), `cell-${ROW.twice}-2`);
});

test("the same place under two names is decided side by side", async () => {
  await step("看重复");
  await page.locator(".pair h2").waitFor();
  await page.waitForSelector(".map[data-drawn]");
  await web.shoot(page, "imports-pairs");
  const open = page.locator(".pair .choice", { hasText: /^是同一处/ });
  await open.click();
  await page.getByText("已定：同一处").waitFor();
  await page.reload();
  await page.getByText("已定：同一处").waitFor();
});

test("the plan says what will happen, and it is carried out", async () => {
  await step("提交");
  assert.deepEqual(await plan(), {
    新登记: "9",
    更新: "6",
    没变: "2",
    待钉图: "1",
    跳过: "0",
    表里没有的: "2",
  });
  await page.locator(".plan").getByRole("link", { name: /更新/ }).click();
  await page.locator(".planned li").first().waitFor();
  assert.match(await page.locator(".planned li").first().innerText(), /开放时间/);
  await web.shoot(page, "imports-plan");
  await page.getByLabel("新登记的直接公开").check();
  await saved();
  await commit();
  await web.shoot(page, "imports-result");
  assert.equal((await station("HG-N12")).status, "open");
  assert.equal((await station("HG-R1")).hours, "8:00-20:00");
});

test("the same file again asks nothing and changes nothing", async () => {
  await send(await district(stage.origin));
  await step("提交");
  const { 新登记: created, 更新: updated } = await plan();
  assert.deepEqual([created, updated], ["0", "0"]);
  assert.equal(await page.locator(".blocked").count(), 0, "nothing is asked again");
  await page.getByRole("button", { name: "不要了，删掉这次导入" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "不要了，删掉这次导入" }).click();
  await page.waitForURL(/imports$/);
});

test("the commit is undone, and the registry is as before", async () => {
  await page.getByRole("link", { name: NAME }).first().click();
  await page.getByRole("button", { name: "撤销这次导入" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "撤销这次导入" }).click();
  await page.getByText("已撤销，登记簿回到导入前").waitFor();
  assert.equal((await station("HG-R1")).hours, "8:30-18:00");
  assert.equal(await station("HG-N12"), undefined);
});

test("the workbook comes back with its errors, and its corrections hold when it is sent again", async () => {
  await send(await district(stage.origin));
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "下载标好错的表" }).click(),
  ]);
  const bytes = readFileSync(await download.path());
  assert.equal(bytes.subarray(0, 2).toString(), "PK");
  await commit();
});

test("a row with an address alone is pinned by hand and becomes a draft", async () => {
  await page.goto(`${stage.origin}/staff/imports`);
  await page.getByRole("button", { name: "给“杜庄镇驿站”钉位置" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("GCJ-02").fill("119.55, 40.03");
  await dialog.getByLabel("GCJ-02").press("Enter");
  await page.waitForSelector(".map[data-drawn]");
  await web.shoot(page, "imports-pin");
  await dialog.getByRole("button", { name: "登记成草稿" }).click();
  await page.getByText("“杜庄镇驿站”登记成草稿了。").waitFor();
  assert.equal((await station("HG-N20")).status, "draft");
  await leave(page);
});
