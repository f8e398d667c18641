// What is done with a case beside its course and after it: what it led to, what the public reads, what is erased.

import assert from "node:assert/strict";
import { test } from "node:test";
import { grievanceStage, stands } from "./grievances-stage.mjs";
import * as web from "./harness.mjs";
import { leave } from "./staff-stage.mjs";

const stage = grievanceStage();
/** Words that a publication must not repeat. */
const WORDS = "站点要求连着跑 6 个小时不让歇";

/** Takes a step by the interface, as whoever is signed in on a page. */
async function step(page, id, body) {
  const { body: now } = await stage.api(page, "GET", `/api/v1/grievances/${id}`);
  const path = `/api/v1/grievances/${id}/actions`;
  const answer = await stage.api(page, "POST", path, body, { "if-match": `"v${now.version}"` });
  assert.ok([200, 204].includes(answer.status), JSON.stringify(answer.body));
}

/** A department whose one person closes a case; its id. */
async function closed({ number }) {
  const admin = await stage.as("admin", "/grievances");
  const { body: people } = await stage.api(admin, "GET", "/api/v1/accounts?limit=100");
  const handlerId = people.items.find(({ login }) => login === "handler").id;
  const department = { name: `部门 ${number}`, members: [handlerId], leader: handlerId };
  const { body: made } = await stage.api(admin, "POST", "/api/v1/grievances/departments", department);
  const { body: found } = await stage.api(admin, "GET", `/api/v1/grievances?number=${number}`);
  const [{ id }] = found.items;
  await leave(admin);
  const steps = {
    intake: [{ action: "dispatch", department: made.id, handler: handlerId }],
    handler: [{ action: "accept" }, { action: "start" }, { action: "answer", outcome: "solved", text: "已排班" }],
    caller: [{ action: "call_back", reached: true, solved: true, grade: "satisfied" }, { action: "close" }],
  };
  for (const [login, bodies] of Object.entries(steps)) {
    const page = await stage.as(login, "/grievances");
    for (const body of bodies) await step(page, id, body);
    await leave(page);
  }
  return id;
}

test("a case is linked to what it led to, and a link is taken away", async () => {
  const page = await stage.opened("intake", await stage.file());
  await page.getByRole("button", { name: "连一件事" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("哪一类").selectOption({ label: "慰问品" });
  await dialog.getByLabel("编号").fill("保温箱 40 个");
  await dialog.getByRole("button", { name: "连一件事" }).click();
  await dialog.waitFor({ state: "detached" });
  const links = page.locator(".plain-list li", { hasText: "保温箱 40 个" });
  await links.waitFor();
  await web.shoot(page, "grievances-links");
  assert.deepEqual(await web.flaws(page), []);
  await page.getByRole("button", { name: "解除 保温箱 40 个" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "解除关联" }).click();
  await links.waitFor({ state: "detached" });
  await page.getByText("还没有连到别的事").waitFor();
  await leave(page);
});

test("what its reporter allowed is written anew, read by everybody, and taken back", async () => {
  await stage.file({ publish: false, text: "不想公开的事" });
  const id = await closed(await stage.file({ text: WORDS }));
  const page = await stage.as("supervisor", "/grievances/publication");
  const ready = page.locator(".waiting-list a");
  await ready.first().waitFor();
  assert.equal(await ready.count(), 1, "only what may be published");
  await ready.click();
  await page.getByLabel("标题").fill("站点安排轮流休息");
  await page.getByLabel("正文", { exact: false }).fill("经协商，站点每 4 小时安排一次休息。\n排班表贴在门口。");
  assert.equal(await page.getByRole("button", { name: "撤下" }).count(), 0, "nothing is published yet");
  await page.getByLabel("核过了：认不出是谁").check();
  await page.getByRole("button", { name: "公示", exact: true }).click();
  await page.getByText("公示了。").waitFor();
  await page.getByRole("link", { name: "看大家看到的样子", exact: false }).waitFor();
  await web.shoot(page, "grievances-publication");
  assert.deepEqual(await web.flaws(page), []);
  await page.reload();
  await page.locator(".waiting-list h2", { hasText: "公示了的" }).waitFor();
  assert.equal(await page.getByLabel("标题").inputValue(), "站点安排轮流休息", "what is published can be changed");

  const reader = await stage.open("/grievance", { viewport: web.PHONE, javaScriptEnabled: false });
  await reader.getByRole("link", { name: "看办理结果公示" }).click();
  await web.shoot(reader, "grievance-published", { fullPage: true });
  await reader.getByRole("link", { name: "站点安排轮流休息" }).click();
  await reader.getByText("排班表贴在门口。").waitFor();
  assert.ok(!(await reader.content()).includes(WORDS));
  await web.shoot(reader, "grievance-published-one", { fullPage: true });
  await page.getByRole("button", { name: "撤下" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "撤下" }).click();
  await page.getByText("撤下了。").waitFor();
  assert.equal((await reader.goto(`${stage.origin}/grievance/published/${id}`)).status(), 404);
  reader.wrongs = [];
  await leave(reader);
  await leave(page);
  const read = await stage.open("/grievance/published?lang=en", { viewport: web.PHONE });
  await read.getByText("Nothing is published yet.").waitFor();
  assert.deepEqual(await web.flaws(read), []);
  await leave(read);
});

test("a custodian erases a case that is over, with a reason, and is told when that is final", async () => {
  const paper = await stage.file({ text: "要销毁的原文" });
  const open = await stage.opened("custodian", paper);
  assert.equal(await open.getByRole("button", { name: "销毁内容" }).count(), 0, "an open one is worked on");
  await leave(open);
  await closed(paper);
  const page = await stage.opened("custodian", paper);
  await page.getByRole("button", { name: "销毁内容" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText("2月22日", { exact: false }).waitFor();
  await web.shoot(page, "grievances-erase");
  assert.deepEqual(await web.flaws(page), []);
  await dialog.locator("textarea").fill("王小二本人要求");
  await dialog.getByRole("button", { name: "写好了，销毁" }).click();
  await dialog.getByText("不要写反映人的姓名和电话", { exact: false }).first().waitFor();
  await dialog.locator("textarea").fill("本人要求");
  await dialog.getByRole("button", { name: "写好了，销毁" }).click();
  await page.getByText("11月24日 周二 销毁", { exact: false }).waitFor();
  await page.getByText("内容已经销毁，谁也打不开。").waitFor();
  assert.ok(!(await page.content()).includes("要销毁的原文"));
  await stands(page, "已办结");
  await web.shoot(page, "grievances-erased");
  await leave(page);
});
