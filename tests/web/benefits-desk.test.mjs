// The desk of benefits: merchants, members, campaigns, settlements, goals and figures through its own screens; and
// each screen for everybody.

import assert from "node:assert/strict";
import { test } from "node:test";
import { benefitsStage } from "./benefits-stage.mjs";
import * as web from "./harness.mjs";
import { leave } from "./staff-stage.mjs";

const stage = benefitsStage();
const SCREENS = ["", "merchants", "members", "roster", "settlements", "goals", "figures", "ledger", "alarms"];
const ROSTER = [
  "姓名,手机号,工会,职业",
  "赵一,13600000001,海港区快递行业工会,快递员",
  "钱二,13600000002,海港区快递行业工会,快递员",
  "孙三,123,海港区快递行业工会,快递员",
].join("\n");

const addressOf = (screen) => `${stage.origin}/benefits/desk${screen ? `/${screen}` : ""}`;

/** Waits until a screen has stopped loading, and looks for flaws. */
async function faultless(page, name) {
  await page.waitForSelector("h1");
  await page.waitForFunction(() => !document.querySelector(".loading, [aria-busy=true]"));
  assert.deepEqual(await web.flaws(page), [], name);
  assert.equal(await web.overflow(page), 0, `${name} is no wider than its window`);
  await web.shoot(page, `benefits-desk-${name}`, { fullPage: true });
}

/** Sends the form over the page. */
async function send(page, word) {
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: word, exact: true }).click();
  await dialog.waitFor({ state: "detached" });
}

test("a merchant is registered with store, clerk and offer, and suspended", async () => {
  const page = await stage.as("benefits", "/benefits/desk/merchants");
  await page.getByRole("button", { name: "签约一家" }).click();
  await page.getByLabel("名称").fill("海港惠民药房");
  await page.getByLabel("区县").selectOption("130302");
  await send(page, "保存");
  await page.locator("h1", { hasText: "海港惠民药房" }).waitFor();
  await page.getByRole("button", { name: "加门店" }).click();
  await page.getByLabel("名称").fill("迎宾路店");
  await page.getByLabel("地址").fill("迎宾路 8 号");
  await page.getByLabel("经度").fill("119.59");
  await page.getByLabel("纬度").fill("39.93");
  await page.getByLabel("营业时间").fill("Mo-Su 8:00-22:00");
  await send(page, "保存");
  await page.getByRole("cell", { name: "迎宾路 8 号" }).waitFor();
  await page.getByRole("button", { name: "加店员" }).click();
  await page.getByLabel("姓名").fill("何店员");
  await page.getByLabel("手机号").fill("13500002222");
  await page.getByLabel("负责人").check();
  await send(page, "保存");
  await page.getByRole("cell", { name: "尾号 2222" }).waitFor();
  await page.getByRole("button", { name: "加优惠" }).click();
  await page.getByLabel("标题").fill("9 折");
  await page.getByLabel("规则说明").fill("出示会员卡九折，处方药除外");
  await page.getByLabel("到", { exact: true }).fill("2026-12-31");
  await send(page, "保存");
  await page.getByRole("cell", { name: "9 折", exact: true }).waitFor();
  await faultless(page, "merchant");
  const shown = await fetch(`${stage.origin}/benefits`);
  assert.match(await shown.text(), /海港惠民药房 · 迎宾路店/);
  await page.getByRole("button", { name: "暂停" }).click();
  await send(page, "暂停");
  await page.locator("h1 .stage", { hasText: "暂停" }).waitFor();
  await page.getByRole("button", { name: "恢复" }).click();
  await send(page, "恢复");
  await page.locator("h1 .stage", { hasText: "合作中" }).waitFor();
  await leave(page);
});

test("a roster is tried before it is written, and twice adds nobody", async () => {
  const page = await stage.as("benefits", "/benefits/desk/roster");
  const file = { name: "名册.csv", mimeType: "text/csv", buffer: Buffer.from(ROSTER) };
  const tried = async () => {
    await page.getByLabel("Excel 或 CSV 文件").setInputFiles(file);
    await page.getByLabel("没写区县的行").selectOption("130302");
    await page.getByRole("button", { name: "试跑" }).click();
    await page.locator(".cards", { hasText: "新增" }).waitFor();
  };
  const added = () => page.locator(".cards > div", { hasText: "新增" }).locator("b").innerText();
  await tried();
  assert.equal(await added(), "2");
  await page.locator("tbody tr", { hasText: "手机号" }).first().waitFor();
  await faultless(page, "roster-tried");
  await page.getByRole("button", { name: "写入名册" }).click();
  await page.getByText("写好了：新增 2").waitFor();
  await tried();
  assert.equal(await added(), "0");
  await page.getByRole("button", { name: "放弃" }).click();
  await page.getByText("放弃了").waitFor();
  await page.getByRole("link", { name: "会员", exact: true }).first().click();
  await page.getByRole("link", { name: "赵一" }).click();
  await page.locator("h1", { hasText: "赵一" }).waitFor();
  await page.getByRole("button", { name: "登记一张卡" }).click();
  await page.getByLabel("发卡方").fill("秦皇岛银行");
  await page.getByLabel("卡号").fill("6222020000000335");
  await send(page, "保存");
  await page.getByRole("cell", { name: "尾号 0335" }).waitFor();
  await faultless(page, "member");
  await page.goto(addressOf("members"));
  await page.getByLabel("姓名（全名）").fill("钱二");
  await page.getByRole("button", { name: "找", exact: true }).click();
  await page.waitForFunction(() => document.querySelectorAll("tbody tr").length === 1);
  assert.ok(!page.url().includes("%E9%92%B1"), "who is looked for stays out of the address");
  await leave(page);
});

test("a campaign is drafted, published, raised, frozen and resumed", async () => {
  const page = await stage.as("benefits", "/benefits/desk/campaigns/new");
  await page.getByLabel("名称").fill("一元看电影");
  await page.getByLabel("规则说明").fill("凭券一元看一场电影。");
  await page.getByLabel("面值（元）").fill("40");
  await page.getByLabel("开始领").fill("2026-11-25T09:00");
  await page.getByLabel("停止领").fill("2026-11-30T18:00");
  await page.getByLabel("总张数").fill("5");
  await page.getByLabel("预算（元）").fill("10");
  await faultless(page, "campaign-new");
  await page.getByRole("button", { name: "保存" }).click();
  await page.locator(".field.bad", { hasText: "预算" }).waitFor();
  await page.getByLabel("预算（元）").fill("200");
  await page.getByLabel("发法").selectOption("draw");
  await page.getByRole("button", { name: "保存" }).click();
  await page.locator("h1", { hasText: "一元看电影" }).waitFor();
  assert.equal(await page.getByLabel("停止领").inputValue(), "2026-11-30T18:00");
  await page.getByRole("button", { name: "公布" }).click();
  await send(page, "公布");
  await page.locator("h1 .stage", { hasText: "还没开始" }).waitFor();
  await page.getByText("种子的指纹").waitFor();
  await faultless(page, "campaign");
  await page.getByRole("button", { name: "追加" }).click();
  await page.getByRole("dialog").getByLabel("总张数").fill("6");
  await page.getByRole("dialog").getByLabel("预算（元）").fill("240");
  await send(page, "追加");
  await page.getByText("0 / 240").waitFor();
  await page.getByRole("button", { name: "冻结" }).click();
  await page.getByRole("dialog").locator("textarea").fill("核对名单");
  await send(page, "冻结");
  await page.getByText("冻结原因：核对名单").waitFor();
  await page.getByRole("button", { name: "恢复" }).click();
  await send(page, "恢复");
  await page.locator("h1 .stage", { hasText: "还没开始" }).waitFor();
  const shown = await fetch(`${stage.origin}/benefits`);
  assert.match(await shown.text(), /一元看电影/);
  await leave(page);
});

test("goals stand beside what was reached, and the ledger is checked", async () => {
  const page = await stage.as("benefits", "/benefits/desk/goals");
  await page.getByRole("button", { name: "新目标" }).click();
  await page.getByLabel("项目").fill("511");
  await page.getByLabel("指标").selectOption("saved_fen");
  await page.getByRole("textbox", { name: "目标", exact: true }).fill("1000000");
  await page.getByLabel("从", { exact: true }).fill("2026-01-01");
  await page.getByLabel("到", { exact: true }).fill("2026-12-31");
  await send(page, "保存");
  await page.getByRole("button", { name: "登记一个月" }).click();
  await page.getByLabel("谁报的").fill("加油卡发卡方");
  await page.getByLabel("月份").fill("2026-10");
  await page.getByRole("dialog").getByLabel("项目").fill("511");
  await page.getByLabel("人数").fill("12000");
  await page.getByLabel("人次").fill("12000");
  await page.getByLabel("发出（元）").fill("300000");
  await page.getByLabel("省下（元）").fill("300000");
  await send(page, "保存");
  await page.locator("article b", { hasText: "300,000" }).waitFor();
  await page.getByText("30.0 % / 目标 1,000,000").waitFor();
  await faultless(page, "goals");
  await page.goto(addressOf("ledger"));
  await page.getByText("账是平的").waitFor();
  await page.goto(addressOf("figures?period=2026&by=month"));
  await page.locator(".cards b", { hasText: "300,000 元" }).first().waitFor();
  await faultless(page, "figures");
  await leave(page);
});

for (const colorScheme of ["light", "dark"]) {
  test(`no screen has a flaw that axe finds, ${colorScheme}`, async () => {
    const page = await stage.as("admin", "/benefits/desk", { colorScheme });
    for (const screen of SCREENS) {
      await page.goto(addressOf(screen));
      await faultless(page, `${screen || "campaigns"}-${colorScheme}`);
    }
    await leave(page);
  });
}

test("narrow windows, large type and the other language lose nothing", async () => {
  const page = await stage.as("admin", "/benefits/desk", { viewport: { width: 1024, height: 768 } });
  for (const width of [1024, 640, 390]) {
    await page.setViewportSize({ width, height: 800 });
    for (const screen of SCREENS) {
      await page.goto(addressOf(screen));
      await faultless(page, `${screen || "campaigns"}-${width}`);
    }
  }
  await page.setViewportSize(web.DESK);
  await page.goto(`${addressOf("campaigns/new")}?lang=en`);
  await page.getByRole("heading", { name: "New campaign" }).waitFor();
  await faultless(page, "campaign-new-english");
  await leave(page);
});

test("who has no right of benefits sees no desk, and staff find it in their rail", async () => {
  const page = await stage.as("clerk", "/benefits/desk");
  await page.getByText("您没有普惠的权限").waitFor();
  await leave(page);
  const office = await stage.as("benefits", "/staff");
  await office.getByRole("link", { name: "普惠", exact: true }).click();
  await office.locator("h1", { hasText: "发券活动" }).waitFor();
  await leave(office);
});
