// The inbox of staff: the bell, reading, the way to a case, and by which ways one is told besides.

import assert from "node:assert/strict";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import * as web from "./harness.mjs";
import { leave, staffStage } from "./staff-stage.mjs";

const FILE = join(mkdtempSync(join(tmpdir(), "yizhan-inbox-")), "messages.jsonl");
const stage = staffStage({ env: { YIZHAN__DELIVERY__FILE: FILE } });
const bell = (page) => page.locator(".rail .bell");

/** A notice as the interface tells it. */
function notice(n, text, group) {
  const id = `019303a0-0000-7000-8000-00000000000${n}`;
  const link = `/staff/me#/case/${n}`;
  return { id, kind: "grievance_overdue", group, text, link, at: "2026-11-24T09:30:00+08:00", read: false };
}

/** An inbox that answers as the service does, kept by the test: what fills it comes from cases. */
async function inbox(page, items) {
  const unread = () => items.filter((one) => !one.read).length;
  await page.route(/\/api\/v1\/notifications(\?|\/read|\/[0-9a-f-]{36}\/read|$)/, async (route) => {
    const request = route.request();
    const url = new URL(request.url());
    if (request.method() === "GET") {
      const chosen = items.filter((one) => !url.searchParams.has("unread") || !one.read);
      return route.fulfill({ json: { items: chosen, next: null, unread: unread() } });
    }
    const one = url.pathname.split("/").at(-2);
    const upTo = one === "notifications" ? request.postDataJSON().up_to : undefined;
    for (const item of items) if (item.id === one || (upTo && item.id <= upTo)) item.read = true;
    return upTo ? route.fulfill({ json: { unread: unread() } }) : route.fulfill({ status: 204 });
  });
}

test("the bell counts, and what is read counts no more", async () => {
  const page = await stage.as("haigang");
  await page.waitForFunction(() => document.querySelector(".rail .bell"));
  assert.equal(await bell(page).locator("em").count(), 0);
  const items = [
    notice(3, "诉求 2026-000003 已经逾期（期限 2026-11-23）", "deadline"),
    notice(2, "诉求 2026-000002 有新留言", "news"),
    notice(1, "诉求 2026-000001 转给您办理", "work"),
  ];
  await inbox(page, items);
  await bell(page).click();
  await page.getByRole("link", { name: "提醒，3 条未读" }).waitFor();
  assert.equal(await page.locator(".inbox li.new").count(), 3);
  assert.deepEqual(await web.flaws(page), []);
  await page.getByRole("button", { name: "已读：诉求 2026-000002 有新留言" }).click();
  await page.locator(".inbox li:nth-child(2):not(.new)").waitFor();
  assert.equal(await bell(page).locator("em").innerText(), "2");
  await page.getByRole("button", { name: "未读", exact: true }).click();
  // The list is empty while it is read anew.
  await web.until(async () => (await page.locator(".inbox li").count()) === 2, "the two that are unread");
  await page.getByRole("link", { name: /2026-000003/ }).click();
  await page.waitForURL("**/staff/me#/case/3");
  await page.getByRole("link", { name: "提醒，1 条未读" }).click();
  await page.getByRole("button", { name: "全部标为已读" }).click();
  await page.locator(".bell:not(:has(em))").waitFor();
  assert.ok(items.every((one) => one.read));
  await leave(page);
});

test("somebody says by which ways he is told besides", async () => {
  const page = await stage.as("haigang", "/staff/inbox");
  await page.getByText("没有提醒", { exact: true }).waitFor();
  await page.getByRole("button", { name: "提醒方式" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("group", { name: "到期和督办" }).getByLabel("邮件").check();
  await dialog.getByLabel("电话").fill("12");
  await dialog.getByRole("button", { name: "保存" }).click();
  await dialog.getByText("要用邮件提醒，请写邮箱。").first().waitFor();
  assert.equal(await dialog.locator(".field.bad").count(), 2);
  assert.deepEqual(await web.flaws(page), []);
  await dialog.getByLabel("邮箱").fill("haigang@example.cn");
  await dialog.getByLabel("电话").fill("138 0013 8000");
  await dialog.getByRole("button", { name: "保存" }).click();
  await dialog.getByText("存好了。").waitFor();
  assert.equal(await dialog.getByLabel("电话").inputValue(), "13800138000");
  const { body } = await stage.api(page, "GET", "/api/v1/notifications/settings");
  assert.deepEqual([body.mail, body.phone, body.channels], ["haigang@example.cn", "13800138000", { deadline: ["mail"] }]);
  await leave(page);
});
