// From the public list to the till, on phones: claim, show, redeem, what is told when it cannot be, and that nothing
// happens twice whatever gets lost on the way.

import assert from "node:assert/strict";
import { test } from "node:test";
import { benefitsStage, CLERK, MEMBER, PHONE } from "./benefits-stage.mjs";
import * as web from "./harness.mjs";
import { leave } from "./staff-stage.mjs";

const stage = benefitsStage();
const held = {};

/** What the tests of this file begin with: a merchant, a member, two campaigns. */
async function prepare() {
  await stage.merchant();
  await stage.member();
  held.campaign = await stage.campaign();
  held.other = await stage.campaign({ name: "只给司机", eligibility: { trades: ["driver"] } });
}
const prepared = () => (held.prepared ??= prepare());

/** A page of somebody's phone; his session is kept from one test to the next. */
async function phoneOf(phone, path, options = {}) {
  const storageState = held[phone];
  const page = await stage.open(path, { ...PHONE, ...options, ...(storageState ? { storageState } : {}) });
  page.wrongs.length = 0;
  if (!storageState) {
    await stage.signInByPhone(page, phone);
    await page.locator(".b-head").waitFor();
    held[phone] = await page.context().storageState();
  }
  return page;
}

/** Looks for flaws, and keeps a picture. */
async function faultless(page, name) {
  assert.deepEqual(await web.flaws(page), [], name);
  assert.ok((await web.overflow(page)) <= 0, `${name} is no wider than its window`);
  await web.shoot(page, `benefits-${name}`, { fullPage: true });
}

/** The code on the screen of a voucher. */
async function codeOn(page) {
  await page.locator("svg.b-qr").waitFor();
  return (await page.locator(".b-eight [aria-hidden]").innerText()).replace(/\D/g, "");
}

test("the public list and a campaign are complete without script", async () => {
  await prepared();
  const page = await stage.open("/benefits", { ...PHONE, javaScriptEnabled: false });
  await page.getByRole("link", { name: /冬日热饭券/ }).waitFor();
  await page.locator(".offers b", { hasText: "港城家常菜 · 文化路店" }).waitFor();
  await web.shoot(page, "benefits-list-plain", { fullPage: true });
  await page.getByRole("link", { name: "衣", exact: true }).click();
  assert.equal(await page.locator(".offers b", { hasText: "港城家常菜" }).count(), 0);
  await page.goto(`${stage.origin}/benefits?district=130321&category=clothing`);
  await page.getByText("这里还没有优惠").waitFor();
  await page.goto(`${stage.origin}/benefits?lat=39.9410&lon=119.6010`);
  const own = page.locator(".offers div", { hasText: "港城家常菜 · 文化路店" });
  assert.match(await own.locator("span").first().innerText(), /^1\d0 米 · 券可用$/);
  await page.getByRole("link", { name: /冬日热饭券/ }).click();
  await page.locator("h1", { hasText: "冬日热饭券" }).waitFor();
  await page.getByText("满 30 元可用").waitFor();
  assert.match(await page.content(), /领券要用浏览器的脚本功能/);
  await leave(page);
});

test("the map of offers comes when it is asked for, and a dot tells what is offered there", async () => {
  await prepared();
  const page = await stage.open("/benefits?lat=39.9400&lon=119.6000", PHONE);
  await page.getByRole("button", { name: "在地图上看" }).waitFor();
  assert.ok(!page.url().includes("lat="), "a place stays in no address");
  await page.getByRole("button", { name: "在地图上看" }).click();
  await page.locator('.b-map[data-drawn="yes"][data-offers]:not([data-offers="0"])').waitFor();
  const box = await page.locator(".b-map").boundingBox();
  await web.until(async () => {
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    return (await page.locator("[role=status] .offers", { hasText: "满30减20" }).count()) > 0;
  }, "the offers of the dot");
  await faultless(page, "map");
  await leave(page);
});

test("a member is told why yes and why no, claims, and shows a code that hides when nobody looks", async () => {
  await prepared();
  const page = await phoneOf(MEMBER, "/benefits/wallet");
  await page.getByText("现在没有能用的券").waitFor();
  await faultless(page, "wallet-empty");
  await page.goto(`${stage.origin}/benefits/campaigns/${held.other.id}`);
  await page.getByText("这张券您现在领不了").waitFor();
  await page.locator(".b-reasons .no", { hasText: "职业" }).waitFor();
  assert.equal(await page.getByRole("button", { name: "领一张" }).count(), 0);
  await faultless(page, "claim-no");
  await page.goto(`${stage.origin}/benefits/campaigns/${held.campaign.id}`);
  await page.getByText("您能领", { exact: true }).waitFor();
  await faultless(page, "claim-yes");
  await page.getByRole("button", { name: "领一张" }).click();
  await page.getByText("领到了").waitFor();
  await page.locator(".b-claim").getByRole("link", { name: "去看我的券" }).click();
  await page.locator(".b-voucher").waitFor();
  await page.getByRole("button", { name: "出示券码" }).click();
  const first = await codeOn(page);
  assert.match(first, /^\d{8}$/);
  await faultless(page, "code");
  await page.evaluate(() => dispatchEvent(new Event("blur")));
  await page.getByText("码收起来了").waitFor();
  assert.equal(await page.locator("svg.b-qr").count(), 0, "nothing of the code is left");
  assert.ok(!(await page.content()).includes(first));
  await page.getByRole("button", { name: "再出示" }).click();
  assert.notEqual(await codeOn(page), first, "another code");
  await leave(page);
});

test("an answer that is lost is asked for again, and one voucher came of it", async () => {
  await prepared();
  const page = await phoneOf(MEMBER, `/benefits/campaigns/${held.campaign.id}`);
  let lost = 0;
  await page.route("**/claims", async (route) => {
    if (lost >= 2) return route.continue();
    lost += 1;
    await route.fetch();
    return route.abort();
  });
  await page.getByRole("button", { name: "领一张" }).click();
  await page.getByText("还没收到回答").waitFor();
  await faultless(page, "claim-waiting");
  await page.reload();
  await page.getByText("领到了").waitFor();
  page.wrongs = page.wrongs.filter((wrong) => !/ERR_FAILED/.test(wrong));
  await page.goto(`${stage.origin}/benefits/wallet`);
  await page.locator(".b-figures dd", { hasText: "2 张" }).waitFor();
  assert.equal(await page.locator(".b-card").count(), 2);
  await faultless(page, "wallet");
  await page.goto(`${stage.origin}/benefits/campaigns/${held.campaign.id}`);
  await page.locator(".b-reasons .no", { hasText: "您领了 2 张" }).waitFor();
  await leave(page);
});

test("a clerk redeems a code from the address, a miss and a used code are told, one is taken back", async () => {
  await prepared();
  const member = await phoneOf(MEMBER, "/benefits/wallet");
  await member.locator(".b-card").first().click();
  await member.getByRole("button", { name: "出示券码" }).click();
  const code = await codeOn(member);

  const till = await phoneOf(CLERK, `/benefits/till#${code}`);
  await till.getByLabel("八位数字").waitFor();
  assert.equal(await till.getByLabel("八位数字").inputValue(), `${code.slice(0, 4)} ${code.slice(4)}`);
  assert.ok(!till.url().includes(code), "the code stays in no history");
  await faultless(till, "till");
  await till.getByRole("button", { name: "核销", exact: true }).last().click();
  await till.locator(".note.bad", { hasText: "满 30 元可用" }).waitFor();
  await till.getByLabel("账单多少元").fill("35.50");
  await till.getByRole("button", { name: "核销", exact: true }).last().click();
  await till.getByRole("heading", { name: "减 20 元" }).waitFor();
  await faultless(till, "till-done");
  await till.getByRole("button", { name: "下一张" }).click();

  // The member's screen hears of it by itself.
  await member.getByText("用好了").waitFor();
  await faultless(member, "voucher-used");

  await till.getByLabel("八位数字").fill(code);
  await till.getByLabel("账单多少元").fill("35");
  await till.getByRole("button", { name: "核销", exact: true }).last().click();
  await till.getByText("这个码用过了").waitFor();
  await till.getByText("文化路店").last().waitFor();
  await till.getByLabel("八位数字").fill("00000000");
  await till.getByRole("button", { name: "核销", exact: true }).last().click();
  await till.getByText("没有这个码").waitFor();
  await faultless(till, "till-miss");

  await till.getByRole("button", { name: "今天" }).click();
  await till.getByText("1 笔，共 20 元").waitFor();
  await faultless(till, "till-day");
  // What was redeemed stands in the merchant's statement at once.
  const days = "from=2026-11-01&until=2026-11-30";
  const statement = await till.evaluate(
    async (query) => (await fetch(`/api/v1/till/statement?${query}&format=json`)).json(),
    days,
  );
  assert.deepEqual(
    statement.lines.map((line) => [line.store, line.campaign, line.amount_fen]),
    [["文化路店", "冬日热饭券", 2000]],
  );
  await till.getByRole("button", { name: "撤销" }).click();
  await till.getByLabel("为什么撤销").fill("顾客退餐");
  await till.locator(".b-back").getByRole("button", { name: "撤销" }).click();
  await till.getByText("已撤销").waitFor();
  await till.getByRole("button", { name: "对账单" }).click();
  await till.getByText("还没有结算过").waitFor();
  const [saved] = await Promise.all([
    till.waitForEvent("download"),
    till.getByRole("link", { name: "下载 PDF" }).first().click(),
  ]);
  assert.match(saved.suggestedFilename(), /\.pdf$/);
  await faultless(till, "till-statement");
  await leave(till);
  await leave(member);
});

test("a redemption whose answer is lost is carried out once", async () => {
  await prepared();
  const member = await phoneOf(MEMBER, "/benefits/wallet");
  await member.locator(".b-card").first().click();
  await member.getByRole("button", { name: "出示券码" }).click();
  const code = await codeOn(member);
  const till = await phoneOf(CLERK, "/benefits/till");
  let lost = 0;
  await till.route("**/api/v1/redemptions", async (route) => {
    if (route.request().method() !== "POST" || lost >= 2) return route.continue();
    lost += 1;
    await route.fetch();
    return route.abort();
  });
  await till.getByLabel("八位数字").fill(code);
  await till.getByLabel("账单多少元").fill("40");
  await till.getByRole("button", { name: "核销", exact: true }).last().click();
  await till.getByText("还没收到回答").waitFor();
  await faultless(till, "till-waiting");
  await till.getByRole("button", { name: "现在再问" }).click();
  await till.getByRole("heading", { name: "减 20 元" }).waitFor();
  till.wrongs = till.wrongs.filter((wrong) => !/ERR_FAILED/.test(wrong));
  await till.getByRole("button", { name: "今天" }).click();
  await till.getByText("1 笔，共 20 元").waitFor();
  await leave(till);
  await leave(member);
});

test("a number that is none of these is told what to do", async () => {
  await prepared();
  const page = await stage.open("/benefits/wallet", PHONE);
  await page.getByLabel("手机号").fill("12");
  await page.getByRole("button", { name: "发验证码" }).click();
  await page.locator(".note.bad").waitFor();
  await faultless(page, "sign-in-wrong");
  await page.getByLabel("手机号").fill("13700000000");
  await page.getByRole("button", { name: "发验证码" }).click();
  await page.getByLabel("短信里的 6 位数字").fill("123456");
  await page.getByRole("button", { name: "登录", exact: true }).click();
  await page.getByText("验证码不对，或者过期了").waitFor();
  await faultless(page, "sign-in-code");
  await leave(page);
});

test("these pages are for everybody: dark, large, English, high contrast, 44 pixels for a finger", async () => {
  await prepared();
  const paths = ["/benefits", `/benefits/campaigns/${held.campaign.id}`, "/benefits/wallet"];
  for (const [name, options, query] of [
    ["dark", { colorScheme: "dark" }, ""],
    ["english", { locale: "en-GB" }, "?lang=en"],
    ["contrast", { contrast: "more" }, ""],
  ]) {
    for (const path of paths) {
      const page = await phoneOf(MEMBER, path + query, options);
      await page.waitForFunction(() => !document.querySelector(".b-loading, .benefits .sk-row"));
      await faultless(page, `${path.split("/")[2] ?? "list"}-${name}`);
      await leave(page);
    }
  }
  const large = await phoneOf(MEMBER, "/display?size=large&back=/");
  for (const path of paths) {
    await large.goto(stage.origin + path);
    await large.waitForFunction(() => !document.querySelector(".b-loading, .benefits .sk-row"));
    assert.ok((await web.overflow(large)) <= 0, `${path} is cut at the side`);
    const small = await large.$$eval(".answer :is(a, button, input, summary)", (all) =>
      all.filter((one) => one.checkVisibility() && one.offsetHeight < 44).map((one) => one.outerHTML.slice(0, 80)),
    );
    assert.deepEqual(small.filter((one) => !/12351|download|b-note/.test(one)), [], path);
  }
  await web.shoot(large, "benefits-wallet-large", { fullPage: true });
  await leave(large);
});

test("a phone that was lost is signed out from another", async () => {
  await prepared();
  const lost = await phoneOf(MEMBER, "/benefits/wallet");
  await lost.locator(".b-head").waitFor();
  // A number gets one code a minute.
  await stage.server.move(new Date(Date.parse(web.NOW) + 120_000).toISOString());
  const page = await stage.open("/benefits/wallet", PHONE);
  await stage.signInByPhone(page, MEMBER);
  const others = page.getByRole("button", { name: /^让另外 \d+ 部手机退出登录$/ });
  await others.waitFor();
  await faultless(page, "others");
  await others.click();
  await page.getByText("别的手机都退出了。").waitFor();
  assert.equal(await others.count(), 0);
  await page.locator(".b-head").waitFor();
  await lost.reload();
  await lost.getByLabel("手机号").waitFor();
  await leave(lost);
  await leave(page);
});
