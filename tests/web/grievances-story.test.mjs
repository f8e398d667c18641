// A case from beginning to end: dispatched, returned, handled by two, answered, called back, redone, closed.

import assert from "node:assert/strict";
import { test } from "node:test";
import { begin, grievanceStage, send, stands } from "./grievances-stage.mjs";
import * as web from "./harness.mjs";
import { leave } from "./staff-stage.mjs";

const stage = grievanceStage();

/** Dispatches a case to a department and its person. */
async function dispatch(page, department, person) {
  const dialog = await begin(page, "派单");
  await dialog.getByLabel("部门").first().selectOption({ label: department });
  await dialog.getByLabel("承办人").first().selectOption({ label: person });
  return dialog;
}

/** Opens a case again after others worked on it. */
async function again(page, word) {
  await page.reload();
  await stands(page, word);
}

test("departments and their people are set up on the screen", async () => {
  const page = await stage.as("admin", "/grievances/settings");
  await page.getByText("还没有部门").waitFor();
  for (const [name, person] of [["权益保障部", "张承办"], ["生活保障部", "王协办"]]) {
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

test("a case goes through all hands, is not solved at first, and is closed in its second round", async () => {
  const paper = await stage.file();
  const intake = await stage.opened("intake", paper);
  const form = await dispatch(intake, "权益保障部", "张承办");
  await form.getByRole("button", { name: "加一个协办" }).click();
  const part = form.locator(".co-handler");
  await part.getByLabel("部门").selectOption({ label: "生活保障部" });
  await part.getByLabel("承办人").selectOption({ label: "王协办" });
  await part.getByLabel("要办什么").fill("给站点配保温箱");
  await web.shoot(intake, "grievances-dispatch");
  assert.deepEqual(await web.flaws(intake), []);
  await send(intake, form, "派单");
  await stands(intake, "待接下");
  await leave(intake);

  const handler = await stage.as("handler", "/grievances");
  await handler.getByRole("link", { name: paper.number }).click();
  await handler.locator(".actions").getByRole("button", { name: "接下", exact: true }).click();
  await stands(handler, "已接下");
  await handler.locator(".actions").getByRole("button", { name: "开始办理", exact: true }).click();
  await stands(handler, "办理中");
  const more = await begin(handler, "申请延期");
  await more.getByLabel("几个工作日").fill("3");
  await more.locator("textarea").fill("厂家周五才来");
  await send(handler, more, "申请延期");
  await handler.getByText("申请延 3 个工作日，等批").waitFor();

  const supervisor = await stage.as("supervisor", "/grievances");
  await supervisor.getByRole("link", { name: paper.number }).click();
  const granting = await begin(supervisor, "同意延期");
  await send(supervisor, granting, "同意延期");
  await supervisor.getByText("延期前：", { exact: false }).waitFor();
  const watching = await begin(supervisor, "督办");
  await watching.getByLabel("一级督办").check();
  await watching.locator("textarea").fill("每天报一次进展");
  await send(supervisor, watching, "督办");
  await supervisor.goto(`${stage.origin}/grievances/supervision`);
  await supervisor.locator("tbody tr", { hasText: paper.number }).getByText("一级督办").waitFor();
  await web.shoot(supervisor, "grievances-supervision");
  assert.deepEqual(await web.flaws(supervisor), []);
  await supervisor.getByRole("button", { name: `解除督办 ${paper.number}` }).click();
  await supervisor.getByRole("dialog").locator("textarea").fill("进展正常");
  await supervisor.getByRole("dialog").getByRole("button", { name: "解除", exact: true }).click();
  await supervisor.getByText(`好了：${paper.number}。`).waitFor();
  await supervisor.getByText("没有督办的").waitFor();
  await leave(supervisor);

  const helper = await stage.as("helper", "/grievances");
  await helper.getByRole("link", { name: paper.number }).click();
  const task = await begin(helper, "完成协办");
  await task.getByLabel("哪一项").selectOption({ index: 1 });
  await task.locator("textarea").fill("配了两个");
  await send(helper, task, "完成协办");
  await helper.getByText("办好了").first().waitFor();
  await leave(helper);

  await again(handler, "办理中");
  const answering = await begin(handler, "答复");
  await answering.getByLabel("部分解决").check();
  await answering.locator("textarea").fill("排班改成两段");
  await send(handler, answering, "答复");
  await stands(handler, "待回访");

  const caller = await stage.as("caller", "/grievances/calls");
  await caller.locator(".waiting-list").getByRole("link", { name: paper.number }).click();
  await caller.getByText("排班改成两段").waitFor();
  await caller.getByRole("radio", { name: "没接通" }).check();
  assert.equal(await caller.getByRole("radio", { name: "非常满意" }).count(), 0, "who was not reached says nothing");
  await caller.getByRole("button", { name: "记下这次回访" }).click();
  await caller.getByText("打过几次").waitFor();
  await caller.locator(".one-call ol li").first().waitFor();
  await caller.getByRole("radio", { name: "接通了", exact: true }).check();
  await caller.getByRole("radio", { name: "没解决" }).check();
  await caller.getByRole("radio", { name: "不满意" }).check();
  await web.shoot(caller, "grievances-call");
  assert.deepEqual(await web.flaws(caller), []);
  await caller.getByRole("button", { name: "记下这次回访" }).click();
  const redo = await begin(caller, "重办");
  await redo.locator("textarea").fill("中午还是不让歇");
  await send(caller, redo, "重办");

  await again(handler, "办理中");
  await handler.getByText("第 2 轮").first().waitFor();
  await web.shoot(handler, "grievances-round-2", { fullPage: true });
  const second = await begin(handler, "答复");
  await second.getByLabel("已解决").check();
  await second.locator("textarea").fill("中午加了人");
  await send(handler, second, "答复");
  await leave(handler);

  await caller.goto(`${stage.origin}/grievances/calls`);
  await caller.locator(".waiting-list").getByRole("link", { name: paper.number }).click();
  await caller.getByText("中午加了人").waitFor();
  await caller.getByRole("radio", { name: "接通了", exact: true }).check();
  await caller.getByRole("radio", { name: "解决了", exact: true }).check();
  await caller.getByRole("radio", { name: "非常满意" }).check();
  await caller.getByRole("button", { name: "记下这次回访" }).click();
  const closing = await begin(caller, "办结");
  await send(caller, closing, "办结");
  await stage.track(paper).then(({ state, grade }) => assert.deepEqual([state, grade], ["closed", "very_satisfied"]));
  await leave(caller);
});

test("a case that its handler returns waits for the referee, with the proposal", async () => {
  const paper = await stage.file({ text: "宿舍没热水" });
  const intake = await stage.opened("intake", paper);
  await send(intake, await dispatch(intake, "权益保障部", "张承办"), "派单");
  const handler = await stage.opened("handler", paper);
  const returning = await begin(handler, "退回");
  await returning.locator("textarea").fill("是生活保障部的事");
  await returning.getByLabel("该给哪个部门", { exact: false }).selectOption({ label: "生活保障部" });
  await send(handler, returning, "退回");
  await handler.getByText(`办好了：${paper.number} 已经转出去`, { exact: false }).waitFor();
  await leave(handler);
  await again(intake, "退回待重派");
  await intake.locator(".steps").getByText("是生活保障部的事").waitFor();
  await send(intake, await dispatch(intake, "生活保障部", "王协办"), "派单");
  await stands(intake, "待接下");
  await leave(intake);
});
