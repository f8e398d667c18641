// A draw on two phones: both enter, the clock passes the end, and whoever likes recomputes the winner on his own phone,
// where a list that was tampered with is found.

import assert from "node:assert/strict";
import { test } from "node:test";
import { benefitsStage, MEMBER, PHONE } from "./benefits-stage.mjs";
import * as web from "./harness.mjs";
import { leave } from "./staff-stage.mjs";

const OTHER = "13800002222";
const AFTER = "2026-11-24T12:01:00+08:00";

const stage = benefitsStage();

/** A phone on a campaign's page, signed in. */
async function phoneOn(path, phone) {
  const page = await stage.open(path, PHONE);
  page.wrongs.length = 0;
  await page.getByRole("button", { name: "登录看能不能领" }).click();
  await stage.signInByPhone(page, phone);
  return page;
}

test("both enter, one wins, and anybody recomputes who", async () => {
  await stage.merchant();
  await stage.member();
  await stage.member({ name: "李四", phone: OTHER });
  const draw = { name: "年末抽签券", mode: "draw", stock: 1, budget_fen: 2000, closes_at: "2026-11-24T12:00:00+08:00" };
  const { id } = await stage.campaign(draw);
  const path = `/benefits/campaigns/${id}`;

  const phones = [await phoneOn(path, MEMBER), await phoneOn(path, OTHER)];
  for (const [number, page] of phones.entries()) {
    await page.getByText("还没抽").waitFor();
    await page.getByRole("button", { name: "报名抽签" }).click();
    await page.getByText(`您是 ${number + 1} 号，1 次机会`).waitFor();
  }
  const before = await (await fetch(`${stage.origin}/api/v1/campaigns/${id}/draw`)).json();

  await stage.server.move(AFTER);
  let told;
  await web.until(async () => {
    told = await (await fetch(`${stage.origin}/api/v1/campaigns/${id}/draw`)).json();
    return told.seed;
  }, "the draw");
  assert.equal(told.commitment, before.commitment, "what was announced before is what was drawn by");
  const won = told.entries.filter((entry) => entry.has_won).map((entry) => entry.number);
  assert.equal(won.length, 1);

  const standing = [];
  for (const page of phones) {
    await page.goto(stage.origin + path);
    await page.locator("h2, b, h3").filter({ hasText: /^(中签了|这次没抽中)$/ }).first().waitFor();
    standing.push(await page.getByText("中签了", { exact: true }).count());
  }
  assert.deepEqual(standing, won[0] === 1 ? [1, 0] : [0, 1], "each phone is told its own lot");

  const [page] = phones;
  await page.getByRole("button", { name: "开始验算" }).click();
  await page.getByText("对得上：1 个中签号和公布的一样。").waitFor();
  assert.equal(await page.locator(".b-steps li").count(), 3);
  assert.deepEqual(await web.flaws(page), []);
  await web.shoot(page, "benefits-draw-checked", { fullPage: true });

  await page.route("**/draw", async (route) => {
    const answer = await route.fetch();
    const body = await answer.json();
    const entries = body.entries.map((entry) => ({ ...entry, has_won: !entry.has_won }));
    await route.fulfill({ response: answer, json: { ...body, entries } });
  });
  await page.getByRole("button", { name: "开始验算" }).click();
  await page.getByText("对不上").waitFor();
  await web.shoot(page, "benefits-draw-tampered", { fullPage: true });
  for (const phone of phones) await leave(phone);
});
