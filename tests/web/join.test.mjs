// Joining the union from the code at a door: with and without script, and what staff do about it.

import assert from "node:assert/strict";
import { test } from "node:test";
import * as web from "./harness.mjs";
import { leave, staffStage } from "./staff-stage.mjs";

const stage = staffStage();
const PHONE = { viewport: web.PHONE };

async function someStation() {
  const answer = await fetch(`${stage.origin}/api/v1/stations/nearest?lat=39.835&lon=119.489&limit=1`);
  return (await answer.json()).features[0].properties;
}

async function fill(page, name, phone) {
  await page.getByLabel("姓名").fill(name);
  await page.getByLabel("电话", { exact: true }).fill(phone);
  await page.getByLabel("在哪儿干活").fill("<b>某某</b>快递");
}

for (const javaScriptEnabled of [true, false]) {
  test(`a courier joins ${javaScriptEnabled ? "with" : "without"} script`, async () => {
    const station = await someStation();
    const page = await stage.open(`/join?station=${station.id}`, { ...PHONE, javaScriptEnabled });
    await fill(page, "王师傅", "138 0013 8000");
    await page.getByText("快递员", { exact: false }).first().click();
    if (javaScriptEnabled) {
      assert.deepEqual(await web.flaws(page), []);
      await web.shoot(page, "join-form", { fullPage: true });
    }
    await page.getByText("我看过了，同意").click();
    await page.getByRole("button", { name: "交给工会" }).click();
    await page.waitForSelector(".slip .no");
    assert.match(await page.locator(".slip .no").innerText(), /^J\d{6}-\w{5}$/);
    if (javaScriptEnabled) {
      assert.deepEqual(await web.flaws(page), []);
      await web.shoot(page, "join-done");
    }
    await leave(page);
  });
}

test("a number that cannot be called is refused and nothing is lost", async () => {
  const page = await stage.open("/join", { ...PHONE, javaScriptEnabled: false });
  await fill(page, "王师傅", "12351-00");
  await page.getByLabel("电话", { exact: true }).fill("1380");
  await page.getByText("我看过了，同意").click();
  await page.getByRole("button", { name: "交给工会" }).click();
  await page.waitForSelector(".note.bad");
  assert.match(await page.locator(".note.bad").innerText(), /能打通的电话/);
  assert.equal(await page.getByLabel("姓名").inputValue(), "王师傅");
  assert.equal(await page.getByLabel("在哪儿干活").inputValue(), "<b>某某</b>快递");
  await leave(page);
});

test("staff see to it, export it and erase it", async () => {
  const page = await stage.as("city", "/staff/joins");
  await page.waitForSelector("tbody tr");
  assert.equal(await page.locator("tbody tr").count(), 2);
  assert.match(await page.locator("tbody tr").first().innerText(), /王师傅[\s\S]*13800138000[\s\S]*另有 1 条/);
  assert.deepEqual(await web.flaws(page), []);
  await web.shoot(page, "staff-joins");
  await page.getByRole("button", { name: /^办理/ }).first().click();
  await page.getByRole("dialog").getByLabel("进度").selectOption("contacted");
  await page.getByLabel("备注").fill("下周一来办");
  await web.shoot(page, "staff-join-one");
  await page.getByRole("button", { name: "保存" }).click();
  await page.waitForFunction(() => /已联系[\s\S]*下周一来办/.test(document.querySelector("tbody tr")?.textContent ?? ""));
  const file = page.waitForEvent("download");
  await page.getByRole("link", { name: "导出 Excel" }).click();
  assert.equal((await file).suggestedFilename(), "joins-20261124.xlsx");
  await page.getByRole("button", { name: /^办理/ }).first().click();
  await page.getByRole("dialog").getByRole("button", { name: "删除个人信息" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "删除个人信息" }).click();
  await page.waitForFunction(() => document.querySelector("tbody tr td")?.textContent === "个人信息已删除");
  await page.goto(`${stage.origin}/staff/joins?state=joined`);
  await page.waitForSelector(".nothing");
  await leave(page);
});
