// What the office of the grievance centre does beside single cases: sessions with many cases, settings, figures.

import assert from "node:assert/strict";
import { test } from "node:test";
import { grievanceStage } from "./grievances-stage.mjs";
import * as web from "./harness.mjs";
import { leave } from "./staff-stage.mjs";

const stage = grievanceStage();

test("a visit day: many cases at once, a row that was refused stays, minutes are kept", async () => {
  const page = await stage.as("intake", "/grievances/sessions");
  await page.getByText("还没开过").waitFor();
  await page.getByRole("button", { name: "新开一场" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("radio", { name: "主席走访日" }).check();
  await dialog.getByLabel("谁接待").fill("王主席");
  await dialog.getByLabel("在哪个单位", { exact: false }).fill("港城物流园");
  await dialog.getByLabel("区县").selectOption("130302");
  await dialog.getByRole("button", { name: "建好" }).click();
  await page.getByLabel("第 1 行 什么事").fill("没有加班费");
  await page.getByLabel("第 1 行 分类").selectOption({ label: "工资" });
  await page.getByLabel("第 1 行 电话").fill("13800000000");
  await page.getByLabel("第 3 行 什么事").fill("宿舍没热水");
  await page.getByLabel("第 3 行 身份").selectOption({ label: "匿名" });
  await page.keyboard.press("Control+Enter");
  await page.locator(".papers .no").waitFor();
  assert.equal(await page.locator(".papers .no").count(), 1);
  await page.getByText("1 行没登记上", { exact: false }).waitFor();
  await web.shoot(page, "grievances-session", { fullPage: true });
  assert.deepEqual(await web.flaws(page), []);
  const left = page.locator("tr.bad");
  assert.equal(await left.locator("textarea").inputValue(), "宿舍没热水");
  await left.getByLabel("分类", { exact: false }).selectOption({ label: "说不清" });
  await page.getByRole("button", { name: "一起登记 1 件" }).click();
  await page.locator("tr.bad").waitFor({ state: "detached" });
  await page.getByLabel("纪要").fill("看了三个站点");
  await page.getByRole("button", { name: "存纪要" }).click();
  await page.getByText("纪要存好了。").waitFor();
  await page.reload();
  await page.locator(".cases tbody tr").nth(1).waitFor();
  assert.equal(await page.getByLabel("纪要").inputValue(), "看了三个站点");
  await leave(page);
});

test("categories, routing and subjects are set up", async () => {
  const page = await stage.as("admin", "/grievances/settings/departments");
  await page.getByRole("button", { name: "加一个部门" }).click();
  await page.getByRole("dialog").getByLabel("名称").fill("权益保障部");
  await page.getByRole("dialog").getByRole("button", { name: "存", exact: true }).click();
  await page.locator("tbody tr", { hasText: "权益保障部" }).waitFor();
  await page.getByRole("link", { name: "分类", exact: true }).click();
  await page.getByRole("button", { name: "改 工资" }).click();
  await page.getByRole("dialog").getByLabel("缓急").selectOption("prompt");
  await page.getByRole("dialog").getByRole("button", { name: "存", exact: true }).click();
  await page.locator("tbody tr", { hasText: "工资" }).getByText("从快 · 24 小时").waitFor();
  assert.deepEqual(await web.flaws(page), []);
  await page.getByRole("link", { name: "派单指引" }).click();
  await page.getByRole("button", { name: "加一条" }).click();
  await page.getByLabel("第 1 行 哪一类").selectOption({ label: "工资" });
  await page.getByLabel("第 1 行 给哪个部门").selectOption({ label: "权益保障部" });
  await page.getByRole("button", { name: "存", exact: true }).click();
  await page.getByText("存好了。").waitFor();
  assert.deepEqual(await web.flaws(page), []);
  await page.getByRole("link", { name: "主题和专题" }).click();
  await page.getByRole("button", { name: "加一个主题" }).click();
  await page.getByLabel("第 1 行 代码").fill("long_runs");
  await page.getByLabel("第 1 行 名称").fill("连续劳动不歇");
  await page.getByLabel("定为专题").check();
  await page.getByLabel("第 1 行 措施").fill("排班改成两段");
  await page.getByRole("button", { name: "存", exact: true }).click();
  await page.getByText("存好了。").waitFor();
  await page.reload();
  await page.getByLabel("第 1 行 名称").waitFor();
  assert.equal(await page.getByLabel("第 1 行 措施").inputValue(), "排班改成两段");
  await web.shoot(page, "grievances-subjects");
  assert.deepEqual(await web.flaws(page), []);
  await leave(page);
});

test("every figure says what it is made of and opens to its cases", async () => {
  const page = await stage.as("supervisor", "/grievances/figures?period=2026&by=category");
  await page.locator(".rate").first().waitFor();
  assert.equal(await page.locator(".rate .nd b").count(), 6, "numerator and denominator of each rate");
  await page.locator("tbody tr", { hasText: "工资" }).locator("a").first().click();
  await page.getByText("这个数里的诉求").waitFor();
  await page.locator(".cases tbody tr").first().waitFor();
  await page.goBack();
  await page.locator(".rate").first().waitFor();
  await page.getByText("怎么算的").click();
  await web.shoot(page, "grievances-figures");
  assert.deepEqual(await web.flaws(page), []);
  await leave(page);
});
