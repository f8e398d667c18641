// The door: staff hand a keeper his link, he breaks the microwave by a scan, and whoever looks for a hot meal is
// told at once, on the open page and on the copy that a phone keeps. A visitor says that he is there.

import assert from "node:assert/strict";
import { test } from "node:test";
import { goOffline, goOnline, kept, openPage } from "./copies.mjs";
import * as web from "./harness.mjs";
import { leave, staffStage } from "./staff-stage.mjs";

const stage = staffStage();
/** Without script, as in a browser that runs none. */
const PLAIN = { viewport: web.PHONE, javaScriptEnabled: false };
const PHONE = { viewport: web.PHONE };
const REACH = "lat=39.835&lon=119.489";

/** The nearest station that is open and has a microwave. */
async function nearest() {
  const found = await fetch(`${stage.origin}/api/v1/stations/nearest?${REACH}&facility=microwave&open=now&limit=1`);
  return (await found.json()).features[0].properties;
}

/** Makes a keeper's link on the screen of the cards, and tells its path. */
async function handedOver(name) {
  const staff = await stage.as("city", "/staff/cards");
  await staff.getByPlaceholder("站名、编号、地址").fill(name);
  await staff.getByRole("button", { name: `给${name}做站长码` }).click();
  const dialog = staff.getByRole("dialog");
  const link = await dialog.locator("input.secret").inputValue();
  await dialog.locator("img.qr").waitFor();
  await web.shoot(staff, "staff-keeper-link");
  await dialog.getByRole("button", { name: "关闭" }).last().click();
  await staff.getByText("还没用过").first().waitFor();
  await leave(staff);
  return new URL(link).pathname;
}

test("a keeper breaks the microwave by a scan, and the worker's page and its copy obey", async () => {
  const { id, name } = await nearest();
  const path = await handedOver(name);
  const worker = await openPage(stage, `/?${REACH}&facility=microwave`, PHONE);
  const row = worker.locator(`#answer a[href*="${id}"]`);
  await row.first().waitFor();
  await kept(worker, "130304");

  const keeper = await stage.open(path, PLAIN);
  assert.equal(new URL(keeper.url()).pathname, `/q/${id}`, "the secret stands in no address that is shared");
  await keeper.getByRole("button", { name: "今天开门" }).click();
  await keeper.getByText("记下了：今天开门。").waitFor();
  await web.shoot(keeper, "door-keeper");
  await keeper.getByRole("button", { name: "微波炉 坏了" }).click();
  await keeper.getByText("改好了：微波炉故障").waitFor();
  await keeper.getByRole("button", { name: "微波炉 修好了" }).waitFor();
  await web.shoot(keeper, "door-keeper-broken");

  assert.notEqual((await nearest()).id, id, "the filter obeys at once");
  const renewed = worker.waitForResponse((answer) => answer.url().includes("/api/v1/offline/130304.json"));
  // A copy of this age is asked for anew.
  await worker.clock.setFixedTime(new Date(Date.parse(web.NOW) + 3_600_000));
  await worker.reload();
  await renewed;
  assert.equal(await row.count(), 0, "and so does the worker's page");
  await goOffline(worker);
  await worker.locator(".chips a", { hasText: "如厕" }).click();
  await worker.locator(".chips .on", { hasText: "如厕" }).waitFor();
  await web.until(async () => (await row.count()) === 0, "the copy to obey");
  assert.ok((await worker.locator("#answer .row").count()) > 0, "which finds others");
  await goOnline(worker);
  await worker.context().close();

  await keeper.getByRole("button", { name: "微波炉 修好了" }).click();
  await keeper.getByText("改好了：微波炉能用").waitFor();
  assert.equal((await nearest()).id, id, "the same tap takes it back");
  await leave(keeper);
});

test("the phone that scanned the link once sees the keeper's view at the door, with script as well", async () => {
  const { id, name } = await nearest();
  const staff = await stage.as("city", "/staff/cards");
  const made = await stage.api(staff, "POST", `/api/v1/stations/${id}/keeper-link`, {}, { "content-type": "application/json" });
  assert.equal(made.status, 201);
  const keeper = await stage.open(new URL(made.body.link).pathname, PHONE);
  await keeper.goto(`${stage.origin}/q/${id}`);
  await keeper.getByRole("heading", { name }).waitFor();

  await keeper.getByLabel("原因，劳动者看得到").fill("停水 <img src=x onerror=alert(1)>");
  await keeper.getByRole("button", { name: "明天不开" }).click();
  await keeper.getByText("公布了，找站的人马上看得到。").waitFor();
  await keeper.getByText("11月25日 周三不开").first().waitFor();
  const said = await (await fetch(`${stage.origin}/api/v1/stations/${id}?at=2026-11-25T12:00:00%2B08:00`)).json();
  assert.equal(said.properties.state, "closed_by_notice");
  await keeper.getByRole("button", { name: /^取消/ }).click();
  await keeper.getByText("取消了，按平时的时间开。").waitFor();

  await keeper.getByText("只关几个小时").click();
  await keeper.getByLabel("哪一天").fill("2026-11-25");
  await keeper.getByLabel("从几点").fill("14:00");
  await keeper.getByLabel("到几点").fill("15:30");
  await keeper.getByText("只关几个小时").scrollIntoViewIfNeeded();
  await web.shoot(keeper, "door-keeper-part");
  await keeper.locator("form", { has: keeper.getByLabel("从几点") }).getByRole("button", { name: "公布" }).click();
  await keeper.getByText("11月25日 周三 14:00 到 15:30 不开").first().waitFor();
  await keeper.getByRole("button", { name: /^取消/ }).click();
  await keeper.getByText("取消了，按平时的时间开。").waitFor();

  await keeper.getByLabel("新的时间，用自己的话写").fill("周一至周五 8:30-17:30");
  await keeper.getByRole("button", { name: "看看对不对" }).click();
  await keeper.getByText("周一至周五 8:30–17:30，节假日休息").waitFor();
  await web.shoot(keeper, "door-keeper-hours");
  await keeper.getByRole("button", { name: "交给工会" }).click();
  await keeper.getByText("已交给工会，等答复").waitFor();

  await staff.goto(`${stage.origin}/staff/cards?tab=waiting`);
  await staff.getByRole("button", { name: `采用 ${name}`, exact: true }).click();
  await web.shoot(staff, "staff-proposal");
  await staff.getByRole("button", { name: "采用，马上生效" }).click();
  await staff.getByText("没有待定的时间").waitFor();
  await keeper.reload();
  await keeper.getByText("工会采用了").waitFor();

  await staff.goto(`${stage.origin}/staff/cards`);
  await staff.getByPlaceholder("站名、编号、地址").fill(name);
  await staff.getByRole("button", { name: `收回${name}的站长码` }).click();
  await staff.getByRole("dialog").getByRole("button", { name: "收回" }).click();
  await staff.getByRole("button", { name: `给${name}做站长码` }).waitFor();
  await keeper.reload();
  await keeper.getByRole("heading", { name: "我在这儿" }).waitFor();
  await leave(keeper);
  await leave(staff);
});

test("a visitor is counted by one tap, and finds the ways to report and to join", async () => {
  const { id } = await nearest();
  for (const [kind, options] of [["plain", PLAIN], ["script", PHONE]]) {
    const page = await stage.open(`/q/${id}`, options);
    await web.shoot(page, `door-visitor-${kind}`);
    assert.equal(await page.getByRole("link", { name: "门锁着" }).getAttribute("href"), `/stations/${id}/report?kind=locked`);
    assert.equal(await page.getByRole("link", { name: "扫码入会" }).getAttribute("href"), `/join?station=${id}`);
    await page.getByRole("button", { name: "快递" }).first().click();
    await page.getByText("记下了，谢谢。").waitFor();
    await page.getByText("这一小时已经记下您了。").waitFor();
    await leave(page);
  }
});

test("everybody can use the door's pages", async () => {
  const { id } = await nearest();
  const staff = await stage.as("city", "/staff/cards");
  const made = await stage.api(staff, "POST", `/api/v1/stations/${id}/keeper-link`, {}, { "content-type": "application/json" });
  const path = new URL(made.body.link).pathname;
  for (const colorScheme of ["light", "dark"]) {
    const visitor = await stage.open(`/q/${id}`, { ...PHONE, colorScheme });
    assert.deepEqual(await web.flaws(visitor), []);
    await leave(visitor);
    const keeper = await stage.open(path, { ...PHONE, colorScheme });
    await keeper.locator("details summary").first().click();
    assert.deepEqual(await web.flaws(keeper), []);
    await web.shoot(keeper, `door-keeper-${colorScheme}`);
    await leave(keeper);
    const wide = await stage.as("city", "/staff/cards", { colorScheme });
    await wide.getByRole("link", { name: /^打印这 \d+ 张门牌$/ }).waitFor();
    assert.deepEqual(await web.flaws(wide), []);
    await web.shoot(wide, `staff-cards-${colorScheme}`);
    await leave(wide);
  }
  await leave(staff);
});
