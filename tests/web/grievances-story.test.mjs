// One case from beginning to end on the built program: filed on a phone by somebody anonymous, asked about, passed
// on, returned, extended, supervised, answered, called back, done again, closed and archived; the board, the figures
// and the reporter's own page move with it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { begin, grievanceStage, PHOTO, send, stands } from "./grievances-stage.mjs";
import * as web from "./harness.mjs";
import { leave } from "./staff-stage.mjs";

const stage = grievanceStage();
const RIGHTS = ["权益保障部", "张承办"];
const LIVING = ["生活保障部", "王协办"];
/** What the reporter's page says after each step, in order. */
const STEPS = {
  asked: ["收到", "请您补充"],
  returned: ["已补充", "派给部门，承办人已定", "退回，重新派单"],
  answered: ["派给部门，承办人已定", "承办人接下了", "正在办", "期限延长", "督办", "督办解除", "答复"],
  redone: ["回访", "重办"],
  archived: ["答复", "回访", "办结", "归档"],
};

test("departments and their people are set up on the screen", async () => {
  const page = await stage.as("admin", "/grievances/settings");
  await page.getByText("还没有部门").waitFor();
  for (const [name, person] of [RIGHTS, LIVING]) {
    await page.getByRole("button", { name: "加一个部门" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("名称").fill(name);
    await dialog.getByLabel("成员").fill(person);
    await dialog.getByRole("button", { name: `加 ${person}` }).click();
    await dialog.getByLabel("兜底负责人").selectOption({ label: person });
    await web.shoot(page, "grievances-department");
    await dialog.getByRole("button", { name: "存", exact: true }).click();
    await dialog.waitFor({ state: "detached" });
    await page.locator("tbody tr", { hasText: name }).getByText(person).first().waitFor();
  }
  assert.deepEqual(await web.flaws(page), []);
  await leave(page);
});

/** What board and figures show: open cases, what came in and was closed, and part and whole of each rate. */
async function numbers() {
  const page = await stage.as("supervisor", "/grievances/board");
  await page.locator(".flow .all b").waitFor();
  const numbersOf = (text) => (text.match(/\d+/g) ?? []).map(Number);
  const open = Number(await page.locator(".flow .all b").innerText());
  const flow = Object.fromEntries(
    (await page.locator(".flow li:not(.all)").allInnerTexts()).map((text) => [text.replace(/[\d\s]/g, ""), numbersOf(text)[0]]),
  );
  const [received, closed] = numbersOf(await page.locator(".months h2 small").innerText());
  await page.goto(`${stage.origin}/grievances/figures?period=2026&by=category`);
  await page.locator(".rate").first().waitFor();
  const [answered, due, solved, called, satisfied, surveyed] = (await page.locator(".rate .nd b").allInnerTexts()).map(Number);
  await leave(page);
  const rates = { response: [answered, due], resolution: [solved, called], satisfaction: [satisfied, surveyed] };
  return { open, flow, received, closed, rates };
}

/** A worker without a name files on a phone, with a photo. */
async function filed() {
  const page = await stage.open("/grievance", { viewport: web.PHONE });
  await web.scripted(page);
  await page.getByLabel("什么事？").fill("站点要求连着跑 6 个小时不让歇");
  await page.getByText("休息吃饭", { exact: true }).click();
  await page.locator(".pick", { hasText: "匿名" }).click();
  await page.getByLabel("加照片或 PDF").setInputFiles(PHOTO);
  await page.locator(".files li", { hasText: PHOTO.name }).waitFor();
  await page.getByRole("button", { name: "交给工会" }).click();
  await page.waitForSelector(".slip");
  const paper = await page
    .locator(".slip")
    .evaluate(({ dataset }) => ({ number: dataset.number, receipt: dataset.code.replace(/\s/g, "") }));
  return { page, paper };
}

/** What is done of a case by the page on which its reporter follows it. */
async function followed({ page, paper }, shot) {
  await page.goto(`${stage.origin}/grievance/track`);
  await page.getByLabel("编号").fill(paper.number);
  await page.getByLabel("查询密码").fill(paper.receipt);
  await page.getByRole("button", { name: "查看" }).click();
  await page.waitForSelector(".case");
  await web.shoot(page, `grievances-story-${shot}`, { fullPage: true });
  assert.deepEqual(await web.flaws(page), []);
  return page.locator(".steps li:not(.todo) b").allInnerTexts();
}

/** Dispatches a case to a department and its person; `fill` may write more into the form. */
async function dispatch(login, paper, [department, person], fill) {
  const page = await stage.opened(login, paper);
  const form = await begin(page, "派单");
  const lead = form.getByLabel("部门").first();
  const proposed = await lead.evaluate((field) => field.selectedOptions[0]?.label);
  if (proposed !== department) await lead.selectOption({ label: department });
  await form.getByLabel("承办人").first().selectOption({ label: person });
  await fill?.(form);
  await web.shoot(page, "grievances-dispatch");
  assert.deepEqual(await web.flaws(page), []);
  await send(page, form, "派单");
  await stands(page, "待接下");
  await leave(page);
}

/** Takes a step whose form has one text. */
async function says(page, word, text) {
  const form = await begin(page, word);
  await form.locator("textarea").fill(text);
  await send(page, form, word);
}

/** Opens a case of the own list. */
async function own(login, { number }) {
  const page = await stage.as(login, "/grievances");
  await page.getByRole("link", { name: number }).click();
  await page.locator("h1", { hasText: number }).waitFor();
  return page;
}

/** The wrong department has it first, and names the right one. */
async function returned(paper) {
  await dispatch("intake", paper, LIVING);
  const wrong = await own("helper", paper);
  const form = await begin(wrong, "退回");
  await form.locator("textarea").fill("是权益保障部的事");
  await form.getByLabel("该给哪个部门", { exact: false }).selectOption({ label: RIGHTS[0] });
  await send(wrong, form, "退回");
  await wrong.getByText(`办好了：${paper.number} 已经转出去`, { exact: false }).waitFor();
  await leave(wrong);
}

/** The right one takes it, asks for more time, and a second department helps. */
async function begun(paper) {
  await dispatch("intake", paper, RIGHTS, async (form) => {
    await form.getByText("退回的人建议给权益保障部。").waitFor();
    await form.getByRole("button", { name: "加一个协办" }).click();
    const part = form.locator(".co-handler");
    await part.getByLabel("部门").selectOption({ label: LIVING[0] });
    await part.getByLabel("承办人").selectOption({ label: LIVING[1] });
    await part.getByLabel("要办什么").fill("给站点配保温箱");
  });
  const handler = await own("handler", paper);
  await handler.locator(".actions").getByRole("button", { name: "接下", exact: true }).click();
  await stands(handler, "已接下");
  await handler.locator(".actions").getByRole("button", { name: "开始办理", exact: true }).click();
  await stands(handler, "办理中");
  const more = await begin(handler, "申请延期");
  await more.getByLabel("几个工作日").fill("3");
  await more.locator("textarea").fill("厂家周五才来");
  await send(handler, more, "申请延期");
  await handler.getByText("申请延 3 个工作日，等批").waitFor();
  return handler;
}

/** A supervisor grants the time, watches the case, and signs it off. */
async function supervised(paper) {
  const page = await own("supervisor", paper);
  await send(page, await begin(page, "同意延期"), "同意延期");
  await page.getByText("延期前：", { exact: false }).waitFor();
  const watching = await begin(page, "督办");
  await watching.getByLabel("一级督办").check();
  await watching.locator("textarea").fill("每天报一次进展");
  await send(page, watching, "督办");
  await page.goto(`${stage.origin}/grievances/supervision`);
  await page.locator("tbody tr", { hasText: paper.number }).getByText("一级督办").waitFor();
  await web.shoot(page, "grievances-supervision");
  assert.deepEqual(await web.flaws(page), []);
  assert.equal((await numbers()).flow.督办, 1);
  await page.getByRole("button", { name: `解除督办 ${paper.number}` }).click();
  await page.getByRole("dialog").locator("textarea").fill("进展正常");
  await page.getByRole("dialog").getByRole("button", { name: "解除", exact: true }).click();
  await page.getByText(`好了：${paper.number}。`).waitFor();
  await page.getByText("没有督办的").waitFor();
  await leave(page);
}

/** The second department does its part. */
async function helped(paper) {
  const helper = await own("helper", paper);
  const task = await begin(helper, "完成协办");
  await task.getByLabel("哪一项").selectOption({ index: 1 });
  await task.locator("textarea").fill("配了两个");
  await send(helper, task, "完成协办");
  await helper.getByText("办好了").first().waitFor();
  await leave(helper);
}

/** The handler answers the round that runs. */
async function answered(handler, outcome, text, file) {
  await handler.reload();
  await stands(handler, "办理中");
  const form = await begin(handler, "答复");
  await form.getByLabel(outcome, { exact: true }).check();
  await form.locator("textarea").fill(text);
  if (file) await sendBeforeItIsThere(handler, form, file);
  else await send(handler, form, "答复");
  await stands(handler, "待回访");
}

/** Sends a form whose file is still on its way: it goes when the file is there, and with it. */
async function sendBeforeItIsThere(page, form, file) {
  let arrive;
  const arrived = new Promise((resolve) => (arrive = resolve));
  await page.route("**/api/v1/uploads?*", (route) => arrived.then(() => route.continue()), { times: 1 });
  await form.locator("input[type=file]").setInputFiles(file);
  await form.getByRole("status").getByText(file.name).waitFor();
  await form.getByRole("button", { name: "答复", exact: true }).click();
  assert.ok(await form.isVisible(), "it waits");
  arrive();
  await form.waitFor({ state: "detached" });
}

/** Calls back whoever got this answer, and writes down what he says. */
async function called(caller, { number }, answer, [solved, grade]) {
  await caller.goto(`${stage.origin}/grievances/calls`);
  await caller.locator(".waiting-list").getByRole("link", { name: number }).click();
  await caller.getByText(answer).waitFor();
  await caller.getByRole("radio", { name: "接通了", exact: true }).check();
  await caller.getByRole("radio", { name: solved, exact: true }).check();
  await caller.getByRole("radio", { name: grade, exact: true }).check();
  await web.shoot(caller, "grievances-call");
  assert.deepEqual(await web.flaws(caller), []);
  await caller.getByRole("button", { name: "记下这次回访" }).click();
}

/** A call that nobody takes asks for nothing that only a reporter can say. */
async function missed(caller, { number }) {
  await caller.locator(".waiting-list").getByRole("link", { name: number }).click();
  await caller.getByRole("radio", { name: "没接通" }).check();
  assert.equal(await caller.getByRole("radio", { name: "非常满意" }).count(), 0, "who was not reached says nothing");
  await caller.getByRole("button", { name: "记下这次回访" }).click();
  await caller.locator(".one-call ol li").first().waitFor();
}

test("a case goes through all hands, is not solved at first, and ends in the archive", async () => {
  const before = await numbers();
  const worker = await filed();
  const { paper } = worker;
  const taken = await numbers();
  assert.deepEqual([taken.open, taken.received, taken.closed], [before.open + 1, before.received + 1, before.closed]);
  assert.equal(taken.flow.待派单, before.flow.待派单 + 1);
  assert.deepEqual(taken.rates, before.rates, "inside its time it is in no rate");

  const intake = await stage.opened("intake", paper);
  await intake.locator(".said .files a, .said a[download]").first().waitFor();
  await says(intake, "请反映人补充", "是哪个站点？");
  await stands(intake, "等补充");
  const told = [...STEPS.asked];
  assert.deepEqual(await followed(worker, "asked"), told);
  await worker.page.locator(".asked textarea").fill("河北大街站");
  await worker.page.getByRole("button", { name: "发出" }).click();
  await worker.page.getByText("发出了。").waitFor();
  await intake.reload();
  await stands(intake, "待派单");
  await intake.locator(".talk").getByText("河北大街站").waitFor();
  await leave(intake);

  await returned(paper);
  assert.deepEqual(await followed(worker, "returned"), told.push(...STEPS.returned) && told);
  const handler = await begun(paper);
  await supervised(paper);
  await helped(paper);
  await answered(handler, "部分解决", "排班改成两段", { ...PHOTO, name: "排班表.png" });
  await handler.locator(".talk li", { hasText: "排班改成两段" }).getByRole("link", { name: "附件 1" }).waitFor();
  assert.deepEqual(await followed(worker, "answered"), told.push(...STEPS.answered) && told);
  const answer = worker.page.locator(".message", { hasText: "排班改成两段" });
  const [evidence] = await Promise.all([
    worker.page.waitForEvent("download"),
    answer.getByRole("button", { name: "下载照片", exact: false }).click(),
  ]);
  assert.equal(evidence.suggestedFilename(), "attachment.jpg");
  assert.ok(!(await worker.page.content()).includes("是权益保障部的事"), "what departments say to each other is theirs");
  const once = await numbers();
  assert.deepEqual(once.rates.response, before.rates.response.map((n) => n + 1), "answered in time");

  const caller = await stage.as("caller", "/grievances/calls");
  await missed(caller, paper);
  told.push("回访");
  await called(caller, paper, "排班改成两段", ["没解决", "不满意"]);
  await says(caller, "重办", "中午还是不让歇");
  assert.deepEqual(await followed(worker, "redone"), told.push(...STEPS.redone) && told);
  const [part, whole] = before.rates.resolution;
  const redone = await numbers();
  assert.deepEqual([redone.rates.resolution, redone.flow.办理中], [[part, whole + 1], before.flow.办理中 + 1]);
  await handler.reload();
  await handler.getByText("第 2 轮").first().waitFor();
  await web.shoot(handler, "grievances-round-2", { fullPage: true });
  await answered(handler, "已解决", "中午加了人");
  await leave(handler);
  await called(caller, paper, "中午加了人", ["解决了", "非常满意"]);
  await send(caller, await begin(caller, "办结"), "办结");
  await leave(caller);

  const after = await numbers();
  assert.deepEqual([after.open, after.received, after.closed], [before.open, before.received + 1, before.closed + 1]);
  const more = ([part, whole], n, of) => [part + n, whole + of];
  assert.deepEqual(after.rates, {
    response: more(before.rates.response, 2, 2),
    resolution: more(before.rates.resolution, 1, 2),
    satisfaction: more(before.rates.satisfaction, 1, 2),
  });

  // Nobody archives it while its reporter may come back to it.
  await stage.server.move("2026-12-05T10:00:00+08:00");
  const archivist = await stage.opened("intake", paper);
  await stands(archivist, "已办结");
  await send(archivist, await begin(archivist, "归档"), "归档");
  await stands(archivist, "已归档");
  await web.shoot(archivist, "grievances-archived", { fullPage: true });
  await leave(archivist);
  assert.deepEqual(await followed(worker, "archived"), told.push(...STEPS.archived) && told);
  await worker.page.getByText("非常满意").waitFor();
  await leave(worker.page);
});
