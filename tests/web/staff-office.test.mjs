// Accounts, keys for programs, the city's settings, texts to agree to.

import assert from "node:assert/strict";
import { test } from "node:test";
import * as web from "./harness.mjs";
import { leave, PASSWORD, signIn, staffStage } from "./staff-stage.mjs";

const stage = staffStage();
const panel = (page) => page.locator(".edit");

/** Opens the panel of an account from the list. */
async function person(page, name) {
  await page.goto(`${stage.origin}/staff/accounts`);
  await page.getByRole("button", { name, exact: true }).click();
  await panel(page).getByRole("heading", { name: new RegExp(name) }).waitFor();
}

/** Asks what the dialog asks, with a reason where it wants one. */
async function confirm(page, word, reason) {
  const dialog = page.getByRole("dialog");
  if (reason) await dialog.locator("textarea").fill(reason);
  await dialog.getByRole("button", { name: word, exact: true }).click();
  await dialog.waitFor({ state: "detached" });
}

/** Takes a one-time link up with a password. */
async function takeUp(link, password) {
  const url = new URL(link);
  const page = await stage.open(url.pathname + url.hash);
  await page.getByLabel("新密码").fill(password);
  await page.getByLabel("再写一次").fill(password);
  await page.getByRole("button", { name: "设好，进入" }).click();
  await page.waitForSelector(".rail");
  return page;
}

test("a keeper gets his station, and sees nobody else's", async () => {
  const page = await stage.as("admin", "/staff/accounts?account=new");
  await panel(page).getByLabel("姓名").fill("赵站长");
  await panel(page).getByLabel("登录名").fill("keeper");
  await page.getByRole("button", { name: "加一项" }).click();
  await page.getByLabel("第 1 项的角色").selectOption("keeper");
  await page.getByLabel("找一处驿站").fill("和平大街支行");
  await page.locator(".items button").first().click();
  await page.getByRole("button", { name: "建账号" }).click();
  const link = await page.locator(".handover input").inputValue();
  assert.deepEqual(await web.flaws(page), []);
  const keeper = await takeUp(link, PASSWORD);
  await keeper.locator("tbody tr").first().waitFor();
  assert.deepEqual(await keeper.locator("td.c-name").allInnerTexts(), ["和平大街支行驿站演示"]);
  assert.equal(await keeper.getByRole("button", { name: "登记一处" }).count(), 0);
  await leave(keeper);
  await leave(page);
});

test("an account is changed, blocked, given a new start and erased", async () => {
  const page = await stage.as("admin", "/staff/accounts");
  await person(page, "北戴河区总工会");
  await panel(page).getByLabel("单位").fill("北戴河区总工会办公室");
  await panel(page).getByRole("button", { name: "保存" }).click();
  await page.locator("tbody", { hasText: "北戴河区总工会办公室" }).waitFor();
  await page.getByRole("button", { name: "停用" }).click();
  await confirm(page, "停用");
  await panel(page).locator(".stage.blocked").waitFor();
  const other = await stage.open("/staff");
  await signIn(other, "beidaihe");
  await other.getByText("登录名或密码不对。").waitFor();
  await page.getByRole("button", { name: "重新启用" }).click();
  await confirm(page, "重新启用");
  await page.getByRole("button", { name: "重设密码" }).click();
  await confirm(page, "重设密码");
  const link = await page.locator(".handover input").inputValue();
  await signIn(other, "beidaihe");
  await other.locator(".note.bad").waitFor();
  const again = await takeUp(link, "xin-de-mi-ma-2026");
  await leave(again);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "导出个人数据" }).click(),
  ]);
  assert.equal(download.suggestedFilename(), "account-beidaihe.json");
  await page.getByRole("button", { name: "删除此人" }).click();
  await confirm(page, "删除此人", "离职");
  await page.getByRole("button", { name: "北戴河区总工会", exact: true }).waitFor({ state: "detached" });
  await signIn(other, "beidaihe", "xin-de-mi-ma-2026");
  await other.locator(".note.bad").waitFor();
  await leave(other);
  await leave(page);
});

test("the own password is changed; the old one no longer opens", async () => {
  const page = await stage.as("auditor", "/staff/me");
  await page.getByLabel("现在的密码").fill("not this one");
  await page.getByLabel("新密码").fill("xin-de-mi-ma-2026");
  await page.getByLabel("再写一次").fill("xin-de-mi-ma-2026");
  await page.getByRole("button", { name: "改密码" }).click();
  await page.locator(".note.bad").waitFor();
  await page.getByLabel("现在的密码").fill(PASSWORD);
  await page.getByRole("button", { name: "改密码" }).click();
  await page.getByText("密码改好了。").waitFor();
  await page.getByRole("button", { name: "退出登录" }).click();
  await signIn(page, "auditor");
  await page.getByText("登录名或密码不对。").waitFor();
  await signIn(page, "auditor", "xin-de-mi-ma-2026");
  await page.waitForSelector(".rail");
  await leave(page);
});

test("a machine that one forgot to leave is signed out from another", async () => {
  const forgotten = await stage.as("clerk");
  const page = await stage.as("clerk", "/staff/me");
  const panel = page.locator(".panel", { has: page.getByRole("heading", { name: "登录着的其他地方" }) });
  await panel.locator("li", { hasText: /登录，最近一次用/ }).first().waitFor();
  assert.deepEqual(await web.flaws(page), []);
  await web.shoot(page, "staff-me-others");
  await panel.getByRole("button", { name: "让别处都退出" }).click();
  await panel.getByText("别处都退出了。").waitFor();
  await web.until(async () => (await panel.locator("li").count()) === 0, "the list to be empty");
  await forgotten.reload();
  await forgotten.getByLabel("登录名").waitFor();
  await page.reload();
  await panel.getByText("没有在别处登录。").waitFor();
  await leave(forgotten);
  await leave(page);
});

test("a program's key is shown once, works within its bounds, and can be taken back", async () => {
  const page = await stage.as("haigang", "/staff/me");
  await page.getByRole("button", { name: "新密钥" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("名字").fill("大屏");
  await dialog.getByLabel("看驿站").check();
  await dialog.getByRole("button", { name: "建密钥" }).click();
  const token = await dialog.locator("input.secret").inputValue();
  await dialog.locator(".btn", { hasText: "关闭" }).click();
  const asked = (path, method = "GET") =>
    fetch(`${stage.origin}/api/v1/${path}`, { method, headers: { authorization: `Bearer ${token}` } });
  assert.equal((await asked("registry?limit=1")).status, 200);
  assert.equal((await asked("audit")).status, 403);
  await page.getByRole("button", { name: "作废“大屏”" }).click();
  await confirm(page, "作废");
  assert.equal((await asked("registry?limit=1")).status, 401);
  await leave(page);
});

test("the city's words are changed by who may, and a text to agree to gets its next version", async () => {
  const page = await stage.as("admin", "/staff/city");
  await page.getByLabel("公开要过几关").selectOption({ label: "一关：直接公开" });
  await page.getByRole("button", { name: "保存" }).click();
  await page.getByText("存好了。").waitFor();
  await page.reload();
  assert.equal(await page.getByLabel("公开要过几关").inputValue(), "one_step");
  await page.goto(`${stage.origin}/staff/consents`);
  for (const version of [1, 2]) {
    const privacy = page.locator(".cards article", { hasText: "隐私" });
    if (version === 1) await page.getByRole("button", { name: "新的同意书" }).click();
    else await privacy.getByRole("button", { name: "写下一版" }).click();
    if (version === 1) await page.getByLabel("种类").fill("privacy");
    await page.getByLabel("中文", { exact: true }).fill(`第 ${version} 次写`);
    await page.getByLabel("英文", { exact: true }).fill(`Version ${version}`);
    await page.getByRole("button", { name: "发布" }).click();
    await page.getByText(`第 ${version} 次写`).first().waitFor();
  }
  const privacy = page.locator(".cards article", { hasText: "隐私" });
  assert.equal(await privacy.count(), 2, "the old one stays as it was agreed to");
  await leave(page);
});

test("whoever may not, sees neither the screens nor the deeds", async () => {
  const page = await stage.as("clerk");
  for (const path of ["accounts", "audit", "city", "consents", "nonsense"]) {
    await page.goto(`${stage.origin}/staff/${path}`);
    await page.getByText("看不到这一页").waitFor();
  }
  await page.goto(`${stage.origin}/staff/notices/area`);
  await page.getByText("一片地方的公告").waitFor();
  await leave(page);
});

test("a while after the sign-in a key is made only by whoever knows the password", async () => {
  const page = await stage.as("haigang", "/staff/me");
  await stage.server.move("2026-11-24T10:20:00+08:00");
  await page.reload();
  await page.getByRole("button", { name: "新密钥" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("名字").fill("大屏");
  await dialog.getByLabel("看驿站").check();
  const make = dialog.getByRole("button", { name: "建密钥" });
  await make.click();
  const password = dialog.locator("input[name=password]");
  await password.fill("not this one");
  await make.click();
  await dialog.getByText("密码不对。").first().waitFor();
  await password.fill(PASSWORD);
  await make.click();
  assert.match(await dialog.locator("input.secret").inputValue(), /^yizhan_/);
});
