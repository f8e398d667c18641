// Notices for an area that is drawn, for a district and for a facility; longer hours in hard weather.

import assert from "node:assert/strict";
import { test } from "node:test";
import * as web from "./harness.mjs";
import { leave, opened, staffStage, tab } from "./staff-stage.mjs";

const stage = staffStage();
/** Around the middle of 北戴河区. */
const SQUARE = ["119.47, 39.82", "119.51, 39.82", "119.51, 39.85", "119.47, 39.85"];

const covered = (page) => page.locator(".covered b").innerText();
const count = async (page) => Number.parseInt(await covered(page), 10);

/** Announces what the form says, for a reason. */
async function announce(page, reason) {
  await page.locator(".edit").getByLabel("原因").fill(reason);
  await page.getByRole("button", { name: "发布" }).click();
  await page.getByRole("row", { name: new RegExp(reason) }).waitFor();
}

/** Takes the notice of a reason back. */
async function withdraw(page, reason) {
  await page.getByRole("button", { name: `撤回：${reason}` }).click();
  await page.getByRole("dialog").getByRole("button", { name: "撤回" }).click();
  await page.getByRole("row", { name: new RegExp(reason) }).waitFor({ state: "detached" });
}

test("an area is drawn by clicks, changed by dragging, and counts its stations", async () => {
  const page = await stage.as("beidaihe", "/staff/notices");
  await page.getByText("没有公告", { exact: true }).waitFor();
  await page.getByRole("link", { name: "在地图上画范围" }).click();
  await page.waitForSelector(".map[data-drawn]");
  const { x, y, width, height } = await page.locator(".map").boundingBox();
  for (const [across, down] of [
    [0.9, 0.1],
    [0.9, 0.95],
    [0.1, 0.95],
  ])
    await page.mouse.click(x + width * across, y + height * down);
  await page.locator(".corner:not(.middle)").nth(2).waitFor();
  const triangle = await count(page);
  assert.ok(triangle > 0);
  await page.mouse.click(x + width * 0.1, y + height * 0.1);
  await web.until(async () => (await page.locator(".corner:not(.middle)").count()) === 4, "the fourth corner");
  await web.shoot(page, "staff-area");
  const lines = async () => (await page.getByLabel("边界的点").inputValue()).split("\n");
  assert.equal((await lines()).length, 4);
  const corner = await page.locator(".corner:not(.middle)").first().boundingBox();
  await page.mouse.move(corner.x + 8, corner.y + 8);
  await page.mouse.down();
  await page.mouse.move(x + width * 0.3, y + height * 0.3, { steps: 5 });
  await page.mouse.up();
  const [before] = await lines();
  await page.getByRole("button", { name: "第 1 点，可拖动，Delete 去掉" }).focus();
  await page.keyboard.press("Delete");
  await web.until(async () => (await lines()).length === 3 && (await lines())[0] !== before, "the corner to go");
  await leave(page);
});

test("an area can be written, and closes what is inside until it is taken back", async () => {
  const page = await stage.as("beidaihe", "/staff/notices/area");
  const corners = page.getByLabel("边界的点");
  await corners.fill([SQUARE[0], SQUARE[2], SQUARE[1], SQUARE[3]].join("\n"));
  await page.getByRole("button", { name: "用这些点" }).click();
  await page.getByText("边界自己交叉了").waitFor();
  assert.ok(await page.getByRole("button", { name: "发布" }).isDisabled());
  await corners.fill("119.47, 39.82\nnowhere");
  await page.getByRole("button", { name: "用这些点" }).click();
  await page.getByText("第 2 行看不懂。").waitFor();
  await corners.fill(SQUARE.join("\n"));
  await page.getByRole("button", { name: "用这些点" }).click();
  const stations = await count(page);
  assert.ok(stations > 1);
  await announce(page, "海边封路");
  const row = page.getByRole("row", { name: /海边封路/ });
  assert.match(await row.innerText(), new RegExp(`一片地方，${stations} 处[\\s\\S]*生效中`));
  assert.deepEqual(await web.flaws(page), []);
  await web.shoot(page, "staff-notices");
  const worker = await stage.open("/?lat=39.835&lon=119.489&open=");
  await web.until(async () => {
    await worker.goto(`${stage.origin}/?lat=39.835&lon=119.489`);
    return /海边封路/.test(await worker.locator("#answer").innerText());
  }, "the notice on the worker's page");
  await leave(worker);
  await withdraw(page, "海边封路");
  await page.getByRole("link", { name: "过去的" }).click();
  await page.getByRole("row", { name: /海边封路/ }).getByText("已撤回").waitFor();
  await leave(page);
});

test("a whole district is chosen by name, and nobody closes what is not his", async () => {
  const page = await stage.as("beidaihe", "/staff/notices/area");
  await page.getByLabel("或者整个区县").selectOption({ label: "海港区" });
  assert.equal(await count(page), 0, "the stations of another district are out of reach");
  await page.getByLabel("或者整个区县").selectOption({ label: "北戴河区" });
  assert.ok((await count(page)) > 10);
  await page.getByRole("button", { name: "明天", exact: true }).click();
  await page.locator(".edit").getByLabel("原因").fill("全区停电");
  await page.getByRole("button", { name: "发布" }).click();
  await page.waitForURL(/\/staff\/notices$/);
  await page.getByRole("link", { name: "将要生效" }).click();
  await page.getByRole("row", { name: /全区停电/ }).getByText("没到时间").waitFor();
  await withdraw(page, "全区停电");
  await leave(page);
});

test("a facility breaks and is mended by whoever may say so, and no more", async () => {
  const page = await stage.as("clerk", "/staff?status=open&facility=water");
  await page.locator("tbody tr").first().click();
  await tab(page, "设施");
  await page.getByText("您可以看，不能改这一处。").waitFor();
  await page.getByRole("button", { name: "饮水：坏了" }).click();
  await page.getByRole("button", { name: "饮水：修好了" }).waitFor();
  assert.match(await page.locator(".facilities li", { hasText: "饮水" }).innerText(), /故障/);
  await web.shoot(page, "staff-facility");
  await page.getByRole("button", { name: "饮水：修好了" }).click();
  await page.getByRole("button", { name: "饮水：坏了" }).waitFor();
  await leave(page);
});

test("in heat the stations of a district stay open longer, until it ends", async () => {
  const page = await stage.as("haigang", "/staff/regimes");
  await page.getByText("没有在用的").waitFor();
  await page.getByRole("button", { name: "开始加开" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("因为").selectOption({ label: "寒潮" });
  await dialog.getByLabel("海港区").check();
  await dialog.getByLabel("开放时间").fill("每天 6:00-23:00");
  await dialog.getByRole("button", { name: /^换成/ }).click();
  await dialog.getByLabel("原因").fill("寒潮蓝色预警");
  assert.deepEqual(await web.flaws(page), []);
  await web.shoot(page, "staff-regime");
  await dialog.getByRole("button", { name: "开始加开" }).click();
  await page.getByText("寒潮蓝色预警").waitFor();
  assert.match(await page.locator(".notices li").innerText(), /海港区[\s\S]*06:00-23:00/);
  await page.getByRole("button", { name: "结束" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "结束" }).click();
  await page.getByText("没有在用的").waitFor();
  await leave(page);
});

test("a notice is found from the list at its station", async () => {
  const page = await stage.as("haigang", "/staff?status=open");
  await page.locator("tbody tr").first().click();
  await page.locator(".edit h2").waitFor();
  const name = await page.locator("td.c-name").first().innerText();
  await tab(page, "公告");
  await page.locator(".edit").getByLabel("关什么").selectOption({ index: 1 });
  await page.locator(".edit").getByLabel("原因").fill("换滤芯");
  await page.getByRole("button", { name: "发布" }).click();
  await page.locator(".notices li", { hasText: "换滤芯" }).waitFor();
  await page.locator(".rail").getByText("临时公告").click();
  await page.getByRole("row", { name: /换滤芯/ }).getByRole("link").click();
  await opened(page, name.replace(/\s*演示$/, ""));
  await page.locator(".notices li", { hasText: "换滤芯" }).waitFor();
  await leave(page);
});
