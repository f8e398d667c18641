// The layers behind the plan: a file is tried before it is written, a bad one changes nothing, hours are set, service
// points are brought, layers are removed; whoever may not do that sees where the figures come from.

import assert from "node:assert/strict";
import { test } from "node:test";
import * as web from "./harness.mjs";
import { figureOf, grouped, NOW_HOUR, percent, plannerStage, settled } from "./planner-stage.mjs";
import { leave } from "./staff-stage.mjs";

const stage = plannerStage();
const COVERAGE = "/api/v1/coverage";
const RIDERS = [
  "经度,纬度,人数,工种",
  "119.6,39.935,120,快递员",
  "119.58,39.94,80,外卖骑手",
  "119.49,39.835,300,快递员",
  "119.75,40.0,40,环卫工人",
].join("\n");
const BAD = ["经度,纬度,人数", "119.6,39.935,许多", "39.94,119.58,80", "119.5,39.9,-3"].join("\n");
const HALLS = [
  "名称,经度,纬度,地址,开放时间",
  "海港社保大厅,119.6,39.936,文化路 1 号,Mo-Fr 08:30-17:00",
  "北戴河社保大厅,119.49,39.834,联峰路 2 号,看情况",
].join("\n");

const file = (name, text) => ({ name, mimeType: "text/csv", buffer: Buffer.from(text) });

/** Opens the drawer. */
async function drawer(page) {
  await page.locator(".left").getByRole("button", { name: "数据", exact: true }).click();
  const dialog = page.getByRole("dialog");
  await dialog.locator(".layer").first().waitFor();
  return dialog;
}

test("a bad file is refused row by row and leaves everything as it was; a good one is tried, then written", async () => {
  const page = await stage.plan(`/planner?hour=${NOW_HOUR}`);
  const before = await figureOf(page, "covered");
  const dialog = await drawer(page);
  await dialog.getByText("示例人口").waitFor();
  await dialog.getByRole("button", { name: "导入需求" }).click();
  await dialog.getByLabel("文件", { exact: true }).setInputFiles(file("坏.csv", BAD));
  await dialog.getByLabel("名称").fill("骑手");
  await dialog.getByRole("button", { name: "先试读" }).click();
  await dialog.getByText("没有写入，原来的数据没动。").waitFor();
  const faults = await dialog.locator(".faults li").allInnerTexts();
  assert.ok(faults.some((text) => text.startsWith("第 2 行")), faults.join());
  assert.ok(faults.some((text) => text.startsWith("第 4 行")), faults.join());
  assert.deepEqual(await web.flaws(page), []);
  await web.shoot(page, "planner-upload-bad");
  const { items } = await stage.read(page, "/api/v1/demand");
  assert.deepEqual(items.map(({ stand_in }) => stand_in), [true]);

  await dialog.getByLabel("文件", { exact: true }).setInputFiles(file("骑手.csv", RIDERS));
  await dialog.getByLabel("来源").fill("市总统计");
  await dialog.getByRole("button", { name: "先试读" }).click();
  await dialog.getByText("读到 4 行，会写入 4 个点、540 人。还没写。").waitFor();
  assert.ok((await stage.read(page, "/api/v1/demand")).items[0].stand_in, "a trial writes nothing");
  await dialog.getByText("每一列当作什么").click();
  assert.equal(await dialog.getByLabel("“人数”当作").inputValue(), "weight");
  assert.deepEqual(await web.flaws(page), []);
  await web.shoot(page, "planner-upload-good");
  await dialog.getByRole("button", { name: "写入", exact: true }).click();
  await dialog.getByText("“骑手”写好了，4 个点。").waitFor();
  await dialog.getByText("来源").first().waitFor();
  await page.keyboard.press("Escape");
  await settled(page);
  await page.waitForFunction((old) => !document.querySelector("[data-figure=covered]").innerText.includes(old), before);
  const told = await stage.read(page, `${COVERAGE}?within_s=900&at=${encodeURIComponent("2026-11-24T10:00:00+08:00")}`);
  assert.equal(told.demand.name, "骑手");
  const row = await figureOf(page, "covered");
  const [figure] = told.figures;
  assert.ok(row.includes(`${percent(figure.share)} ${grouped(figure.numerator)} / 540 人`), row);
  assert.equal(await page.locator(".stand-in").count(), 0, "nothing stands in any more");
  await page.locator(".left").getByRole("button", { name: "快递员", exact: true }).click();
  await page.waitForURL(/trade=courier/);
  await settled(page);
  assert.match(await figureOf(page, "covered"), / 420 人/);
  await leave(page);
});

test("what is said of a layer is changed, and at which hours its people are outdoors", async () => {
  const page = await stage.plan(`/planner?hour=3`);
  const dialog = await drawer(page);
  const layer = dialog.locator(".layer", { hasText: "骑手" });
  await layer.getByRole("button", { name: "改说明和钟点" }).click();
  await dialog.getByLabel("数据年月").fill("2026-10");
  await dialog.getByLabel("另定每个钟点有多少人在外面").check();
  await dialog.getByRole("button", { name: "白天 6–20 点" }).click();
  await dialog.getByLabel("周末另定").check();
  await dialog.getByLabel("周六、周日 12:00").fill("50");
  assert.deepEqual(await web.flaws(page), []);
  await web.shoot(page, "planner-profile");
  await dialog.getByRole("button", { name: "保存" }).click();
  await dialog.getByText("“骑手”改好了。").waitFor();
  assert.match(await layer.innerText(), /2026-10[\s\S]*|分钟点/);
  const table = await stage.read(page, `${COVERAGE}/timetable?within_s=900&week=2026-11-23`);
  assert.deepEqual([table.denominator[3], table.denominator[10], table.denominator[5 * 24 + 12]], [0, 540, 270]);
  await page.keyboard.press("Escape");
  await settled(page);
  const cell = page.locator(".grid button").nth(5 * 24 + 12);
  await page.waitForFunction(
    () => document.querySelectorAll(".grid button")[132].getAttribute("aria-label").includes("/ 270 人"),
  );
  assert.match(await cell.getAttribute("aria-label"), /^周六 12:00 /);
  assert.match(await page.locator(".grid button").nth(3).getAttribute("aria-label"), /–/, "nobody is no share");
  await leave(page);
});

test("service points are brought, drawn, counted and removed", async () => {
  const page = await stage.plan(`/planner?hour=${NOW_HOUR}`);
  const dialog = await drawer(page);
  await dialog.getByRole("button", { name: "导入服务点" }).click();
  await dialog.getByLabel("文件", { exact: true }).setInputFiles(file("大厅.csv", HALLS));
  await dialog.getByLabel("名称").fill("社保大厅");
  await dialog.getByLabel("代号").fill("halls");
  await dialog.getByRole("button", { name: "先试读" }).click();
  await dialog.getByText("读到 2 行，会写入 2 个点。还没写。").waitFor();
  await dialog.getByText("1 个点的时间认不准，留原文。").waitFor();
  await dialog.getByRole("button", { name: "写入", exact: true }).click();
  await dialog.getByText("“社保大厅”写好了，2 个点。").waitFor();
  await page.keyboard.press("Escape");
  await page.locator("[data-figure=service_circle]").waitFor();
  await settled(page);
  await page.locator(".mk-key", { hasText: "服务点" }).waitFor();
  await page.locator(".left").getByRole("button", { name: "服务点", exact: true }).click();
  await page.waitForURL(/of=service_points/);
  await settled(page);
  const told = await stage.read(
    page,
    `${COVERAGE}?within_s=900&of=service_points&at=${encodeURIComponent("2026-11-24T10:00:00+08:00")}`,
  );
  assert.ok((await figureOf(page, "covered")).includes(grouped(told.figures[0].numerator)));
  await web.shoot(page, "planner-service-points");
  await drawer(page);
  await dialog.locator(".layer[data-layer=halls]").getByRole("button", { name: "删除" }).click();
  await page.getByRole("dialog", { name: "删除“社保大厅”？" }).getByRole("button", { name: "删除" }).click();
  await dialog.getByText("“社保大厅”删掉了。").waitFor();
  assert.equal((await stage.read(page, "/api/v1/service-points")).items.length, 0);
  await leave(page);
});

test("an auditor sees where the figures come from and changes nothing; a clerk sees no plan", async () => {
  const page = await stage.plan("/planner", { login: "auditor" });
  const dialog = await drawer(page);
  await dialog.getByText("市总统计").waitFor();
  for (const name of ["导入需求", "导入服务点", "改说明和钟点", "删除"]) {
    assert.equal(await dialog.getByRole("button", { name }).count(), 0, name);
  }
  await leave(page);
  const clerk = await stage.as("clerk", "/staff");
  assert.equal(await clerk.getByRole("link", { name: "规划", exact: true }).count(), 0);
  await clerk.goto(`${stage.origin}/planner`);
  await clerk.getByText("看不到规划").waitFor();
  await leave(clerk);
});

test("a district's planner chooses among his own districts", async () => {
  const page = await stage.plan("/planner", { login: "part" });
  const chips = page.locator(".left fieldset", { hasText: "哪里" }).getByRole("button");
  assert.deepEqual(await chips.allInnerTexts(), ["全市", "海港区"]);
  const dialog = await drawer(page);
  assert.equal(await dialog.getByRole("button", { name: "导入需求" }).count(), 0);
  await leave(page);
});
