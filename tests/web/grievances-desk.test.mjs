// The desk of the grievance centre: the queue, taking a case down, asking for more, declining, a contact, two at once.

import assert from "node:assert/strict";
import { test } from "node:test";
import { begin, grievanceStage, send, stands } from "./grievances-stage.mjs";
import * as web from "./harness.mjs";
import { leave } from "./staff-stage.mjs";

const stage = grievanceStage();

test("a case waits in the queue, is opened by keyboard, classified, and its reporter asked and answering", async () => {
  const paper = await stage.file();
  const page = await stage.as("intake", "/grievances");
  const row = page.locator("tbody tr", { hasText: paper.number });
  await row.waitFor();
  assert.match(await row.innerText(), /休息吃饭/);
  assert.match(await row.innerText(), /待派单/);
  assert.match(await row.innerText(), /还剩/);
  await page.locator("body").press("j");
  assert.equal(await page.evaluate(() => document.activeElement.matches("[data-row]")), true);
  await page.locator("body").press("Enter");
  await page.locator("h1", { hasText: paper.number }).waitFor();
  await page.getByText("站点要求连着跑 6 个小时不让歇").waitFor();
  await page.locator(".cal .last").waitFor();
  await web.shoot(page, "grievances-case");
  assert.deepEqual(await web.flaws(page), []);

  const sorting = await begin(page, "归类");
  await sorting.getByLabel("一句话说清").fill("连跑 6 小时不让歇");
  await send(page, sorting, "归类");
  await page.locator("h2", { hasText: "连跑 6 小时不让歇" }).waitFor();
  const asking = await begin(page, "请反映人补充");
  await asking.locator("textarea").fill("是哪个站点？");
  await send(page, asking, "请反映人补充");
  await stands(page, "等补充");

  const told = await stage.track(paper);
  assert.equal(told.state, "needs_info");
  await stage.write(paper, "港城站");
  await page.reload();
  await stands(page, "待派单");
  await page.locator(".talk").getByText("港城站").waitFor();
  await leave(page);
});

test("a case is taken down by keyboard, with a receipt that follows it, and is sent once over a bad line", async () => {
  const page = await stage.as("intake", "/grievances");
  await page.waitForSelector("h1");
  await page.locator("body").press("n");
  await page.getByRole("radio", { name: "热线" }).waitFor();
  await page.keyboard.press("ArrowRight");
  assert.ok(await page.getByRole("radio", { name: "掌上诉求" }).isChecked());
  await page.keyboard.press("ArrowLeft");
  await page.getByLabel("什么事").fill("三个月没发工资");
  await page.getByLabel("分类").selectOption({ label: "工资" });
  await page.getByLabel("电话", { exact: true }).fill("13900000000");
  await page.getByLabel("区县").selectOption("130302");
  // It arrives, but the answer is lost on the way.
  const lose = async (route) => {
    await route.fetch();
    await route.abort();
  };
  await page.route("**/grievances/entries", lose, { times: 1 });
  await page.keyboard.press("Control+Enter");
  await page.locator(".slip .no").waitFor();
  await page.waitForFunction(() => document.querySelector(".slip img.qr")?.naturalWidth > 0);
  await web.shoot(page, "grievances-slip");
  assert.deepEqual(await web.flaws(page), []);
  const number = await page.locator(".slip .no").innerText();
  const receipt = (await page.locator(".slip .key").innerText()).replace(/\s/g, "");
  assert.match(number, /^2026-\d{6}$/);
  assert.match(receipt, /^\d{20}$/);
  assert.equal((await stage.track({ number, receipt })).channel, "hotline");
  await page.getByRole("link", { name: "看这件" }).click();
  await page.getByRole("link", { name: number }).click();
  await page.getByText("周受理 代为登记").waitFor();
  const all = await stage.api(page, "GET", "/api/v1/grievances?category=wages");
  assert.equal(all.body.items.length, 1, "sent twice, taken in once");
  page.wrongs = page.wrongs.filter((wrong) => !/ERR_FAILED/.test(wrong));
  await leave(page);
});

test("what somebody else did meanwhile is shown, and nothing that was typed is lost", async () => {
  const paper = await stage.file();
  const [mine, other] = [await stage.opened("intake", paper), await stage.opened("second", paper)];
  const asking = await begin(mine, "请反映人补充");
  await asking.locator("textarea").fill("写了很久的一段话");
  const noting = await begin(other, "内部备注");
  await noting.locator("textarea").fill("先打过电话");
  await send(other, noting, "内部备注");
  await asking.getByRole("button", { name: "请反映人补充", exact: true }).click();
  await asking.getByText("您写的时候，有人动过这件事：").waitFor();
  assert.match(await asking.locator(".meanwhile").innerText(), /吴受理 · 内部备注/);
  assert.equal(await asking.locator("textarea").inputValue(), "写了很久的一段话");
  await web.shoot(mine, "grievances-meanwhile");
  assert.deepEqual(await web.flaws(mine), []);
  await send(mine, asking, "看过了，再交一次");
  await stands(mine, "等补充");

  // The other still sees it as it was: the step is not possible any more, and others are.
  const late = await begin(other, "请反映人补充");
  await late.locator("textarea").fill("第二个人写的");
  await late.getByRole("button", { name: "请反映人补充", exact: true }).click();
  await late.getByText("这一步现在不能做了", { exact: false }).waitFor();
  await late.getByRole("button", { name: "内部备注", exact: true }).click();
  assert.equal(await late.locator("textarea").inputValue(), "第二个人写的");
  await send(other, other.getByRole("dialog"), "内部备注");
  await other.locator(".steps").getByText("第二个人写的").waitFor();
  await leave(mine);
  await leave(other);
});

test("nobody declines alone", async () => {
  const paper = await stage.file();
  const mine = await stage.opened("intake", paper);
  const proposing = await begin(mine, "提议不予受理");
  await proposing.getByLabel("为什么不受理").fill("不归工会管");
  await proposing.getByLabel("可以找谁").fill("海港区法院");
  await send(mine, proposing, "提议不予受理");
  await mine.getByText("有人提议不予受理").waitFor();
  assert.equal(await mine.getByRole("button", { name: "同意不予受理" }).count(), 0);
  const other = await stage.opened("second", paper);
  await send(other, await begin(other, "同意不予受理"), "同意不予受理");
  await stands(other, "不予受理");
  assert.equal((await stage.track(paper)).state, "declined");
  await leave(mine);
  await leave(other);
});

test("a contact is shown for a written reason only, and the reason is kept", async () => {
  const paper = await stage.file({ identity: "confidential" });
  const page = await stage.opened("custodian", paper);
  assert.ok(!(await page.content()).includes("13812345678"));
  await page.getByRole("button", { name: "看联系方式" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "写好了，看" }).click();
  assert.equal(await dialog.count(), 1, "without a reason nothing is shown");
  await dialog.locator("textarea").fill("约时间去现场");
  await dialog.getByRole("button", { name: "写好了，看" }).click();
  await page.getByRole("link", { name: "13812345678" }).waitFor();
  await web.shoot(page, "grievances-contact");
  await leave(page);
  const auditor = await stage.as("auditor", "/staff/audit");
  await auditor.getByText("约时间去现场").first().waitFor({ state: "attached" });
  await leave(auditor);
});

test("who has no part in grievances is told so, and each sees the screens of his desk", async () => {
  const clerk = await stage.as("clerk", "/grievances");
  await clerk.getByText("这个账号不办诉求").waitFor();
  await leave(clerk);
  const caller = await stage.as("caller", "/grievances/new");
  await caller.getByText("看不到这一页").waitFor();
  assert.deepEqual(await caller.locator(".rail > a").allInnerTexts(), ["提醒", "待我办", "回访", "督办", "驿站工作台"]);
  await caller.getByRole("link", { name: "回访", exact: true }).click();
  await caller.getByText("没有要回访的").waitFor();
  assert.deepEqual(await web.flaws(caller), []);
  await leave(caller);
});
