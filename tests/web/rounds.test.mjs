// Rounds of inspections: planned at a desk, walked with a phone that has no network, printed, followed up.

import assert from "node:assert/strict";
import { test } from "node:test";
import * as web from "./harness.mjs";
import { leave, PEOPLE, staffStage } from "./staff-stage.mjs";

const WALKER = ["巡查员小李", "inspector", "130302"];
const stage = staffStage({ people: { ...PEOPLE, walker: WALKER } });
const PHONE = { viewport: web.PHONE, hasTouch: true };
const NASTY = '<img src=x onerror="window.hurt=1">{{7*7}}=cmd|x';
/** A picture of one pixel. */
const PIXEL = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

/** A page whose clock is the server's: what is seen must not lie in its future. */
async function open(login, path, options) {
  const page = await stage.as(login, "/staff", options);
  await page.clock.setFixedTime(new Date(web.NOW));
  await page.goto(stage.origin + path);
  await page.waitForSelector("#main");
  return page;
}

/** Some stations of 海港区 that have a microwave, by their names. */
async function stations(page, count) {
  const path = `/api/v1/registry?status=open&district=130302&facility=microwave&sort=name&limit=${count}`;
  return (await stage.api(page, "GET", path)).body.items;
}

/** A round of these stations, planned through the interface. */
async function planned(page, name, chosen) {
  const body = { name, scope: "130302", first_day: "2026-11-20", last_day: "2026-11-30", stations: chosen.map((s) => s.id) };
  const answer = await stage.api(page, "POST", "/api/v1/rounds", body);
  assert.equal(answer.status, 201, JSON.stringify(answer.body));
  return answer.body;
}

const status = (page) => page.locator(".walk .status").innerText();
const untilStatus = (page, wanted) => web.until(async () => wanted.test(await status(page)), String(wanted));

/** What the interface knows of a round. */
async function round(page, id) {
  return (await stage.api(page, "GET", `/api/v1/rounds/${id}`)).body;
}

/** How many maps the page shows with so many pixels a side. */
const drawnMaps = (page, side) =>
  page.locator(".map-picture").evaluateAll((all, side) => all.filter((i) => i.naturalWidth === side).length, side);

/** How many maps a phone has taken along. */
const takenMaps = (page) =>
  page.evaluate(async () => {
    const keys = await (await caches.open("staff-along")).keys();
    return keys.filter((key) => new URL(key.url).pathname.endsWith("/map.png")).length;
  });

/** Fails where axe finds something, in light and in dark. */
async function clean(page, name) {
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    assert.deepEqual(await web.flaws(page), [], `${name} ${colorScheme}`);
    await web.shoot(page, `${name}-${colorScheme}`, { fullPage: true });
  }
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
}

test("a round is planned by a filter, in the order of the walk, and printed", async () => {
  const page = await open("haigang", "/staff/rounds");
  await page.getByRole("link", { name: "新一轮巡查" }).click();
  await page.getByLabel("名称").fill(`冬季巡查 ${NASTY}`);
  await page.getByText("场所类型").first().click();
  await page.getByLabel("银行").check();
  await page.getByText(/^选出 \d+ 处$/).waitFor();
  await page.locator(".walk-map circle").first().waitFor();
  await clean(page, "rounds-plan");
  await page.getByRole("button", { name: "定下这一轮" }).click();
  await page.getByRole("heading", { name: /冬季巡查/ }).waitFor();
  await page.locator("tbody tr").first().waitFor();
  await clean(page, "rounds-round");
  await page.getByRole("link", { name: "打印路线表" }).click();
  await page.locator(".sheet tbody tr").first().waitFor();
  assert.deepEqual(await web.flaws(page), []);
  await page.emulateMedia({ media: "print" });
  assert.ok(!(await page.locator(".rail").isVisible()), "the rail is not printed");
  assert.ok(await page.locator(".sheet .box").first().isVisible());
  const rows = await page.locator(".sheet tbody tr").count();
  await web.until(async () => (await drawnMaps(page, 256)) === rows, "each row has the map of its station");
  await page.setViewportSize({ width: 794, height: 1123 });
  assert.ok((await web.overflow(page)) <= 0, "it fits on A4");
  await web.shoot(page, "rounds-print", { fullPage: true });
  assert.equal(await page.evaluate(() => window.hurt), undefined);
  await leave(page);
});

test("without a network nothing is lost, and everything is sent once", async () => {
  const desk = await open("haigang", "/staff/rounds");
  const chosen = await stations(desk, 3);
  const { id, stops } = await planned(desk, "离线巡查", chosen);
  const page = await open("walker", `/staff/rounds/${id}`, PHONE);
  await page.getByRole("button", { name: "带上手机" }).click();
  await page.getByText("存好了，没有网络也能用。").waitFor();
  await page.getByRole("link", { name: "开始巡查" }).click();
  await page.locator(".stops li").first().waitFor();
  await clean(page, "walk-list");
  await web.until(async () => (await takenMaps(page)) === 3, "the maps are taken along");
  await page.context().setOffline(true);
  await page.reload();
  await page.locator(".stops li").first().waitFor();
  assert.equal(await page.locator(".stops li").count(), 3);
  assert.match(await status(page), /没有网络/);
  // The first station: everything is filled in with a photo, and is there after the page went.
  await page.getByRole("link", { name: /^去下一处/ }).click();
  await page.getByRole("heading", { name: stops[0].name }).waitFor();
  await web.until(async () => (await drawnMaps(page, 512)) === 1, "the map is there without a network");
  await page.getByRole("button", { name: "交", exact: true }).click();
  await page.getByText("先选门开着还是关着。").waitFor();
  await page.getByLabel("开着", { exact: true }).check();
  await page.getByRole("group", { name: "有能喝的热水" }).getByLabel("否").check();
  await page.getByRole("button", { name: "记一个问题" }).click();
  await page.getByLabel("哪项设施").selectOption("microwave");
  await page.getByLabel("登记为故障，劳动者马上看到").check();
  await page.getByLabel("问题", { exact: true }).fill(`不加热 ${NASTY}`);
  await page.locator("input[type=file]").setInputFiles({ name: "a.png", mimeType: "image/png", buffer: PIXEL });
  await page.getByAltText("问题的照片").waitFor();
  await clean(page, "walk-station");
  await page.reload();
  await page.getByAltText("问题的照片").waitFor();
  assert.ok(await page.getByLabel("开着", { exact: true }).isChecked());
  assert.equal(await page.getByLabel("问题", { exact: true }).inputValue(), `不加热 ${NASTY}`);
  await page.getByRole("button", { name: "交", exact: true }).click();
  await untilStatus(page, /1 条等着交/);
  // The second one: its facility is taken away meanwhile, which the service will refuse with the reason.
  await page.locator(".stops a", { hasText: stops[1].name }).click();
  await page.getByLabel("关着", { exact: true }).check();
  await page.getByRole("button", { name: "记一个问题" }).click();
  await page.getByLabel("哪项设施").selectOption("microwave");
  await page.getByLabel("登记为故障，劳动者马上看到").check();
  await page.getByLabel("问题", { exact: true }).fill("门坏了");
  await page.getByRole("button", { name: "交", exact: true }).click();
  await untilStatus(page, /2 条等着交/);
  await page.locator(".stops li").first().waitFor();
  await page.reload();
  await untilStatus(page, /2 条等着交/);
  const second = (await stage.api(desk, "GET", `/api/v1/registry/${stops[1].id}`)).body;
  const gone = await stage.api(desk, "DELETE", `/api/v1/stations/${second.id}/facilities/microwave`, undefined, {
    "if-match": `"v${second.version}"`,
  });
  assert.equal(gone.status, 200);
  // Back in the network it is sent by itself: one arrives, one comes back with the reason.
  await page.context().setOffline(false);
  await untilStatus(page, /0 条等着交[\s\S]*已交 1[\s\S]*1 条被退回/);
  await page.getByText("这里没有登记这项设施。").waitFor();
  await clean(page, "walk-refused");
  assert.equal((await round(desk, id)).done, 1);
  await page.locator(".stops a", { hasText: stops[1].name }).click();
  await page.getByLabel("登记为故障，劳动者马上看到").uncheck();
  await page.getByRole("button", { name: "交", exact: true }).click();
  await untilStatus(page, /0 条等着交[\s\S]*已交 2/);
  await page.reload();
  await untilStatus(page, /0 条等着交[\s\S]*已交 2/);
  assert.equal((await round(desk, id)).done, 2);
  for (const stop of stops.slice(0, 2)) {
    const told = (await stage.api(desk, "GET", `/api/v1/stations/${stop.id}/inspections`)).body.items;
    assert.equal(told.filter((i) => i.round_id === id).length, 1, "sent once");
  }
  // The desk sees the finding with its picture; the microwave is broken for workers.
  const found = (await stage.api(desk, "GET", `/api/v1/findings?round=${id}`)).body.items;
  assert.equal(found.length, 2);
  assert.ok(found.find((f) => f.text.startsWith("不加热")).photo);
  await desk.goto(`${stage.origin}/staff/rounds/findings`);
  await desk.getByText("不加热").first().waitFor();
  await desk.locator("img.thumb").first().waitFor();
  await clean(desk, "rounds-findings");
  assert.equal(await desk.evaluate(() => window.hurt), undefined);
  await desk.getByRole("button", { name: /^报整改：不加热/ }).click();
  await desk.getByRole("dialog").getByRole("button", { name: "报整改" }).click();
  await desk.getByRole("link", { name: /^等复查/ }).click();
  await desk.getByText("已报整改").waitFor();
  await leave(desk);
  await leavePhone(page);
});

/** Signs out; what was taken along is gone from the phone. */
async function leavePhone(page) {
  await page.goto(`${stage.origin}/staff/rounds`);
  await page.getByRole("button", { name: "退出登录" }).click();
  await page.getByLabel("登录名").waitFor();
  const kept = await page.evaluate(async () => {
    const database = await new Promise((resolve, reject) => {
      const request = indexedDB.open("yizhan-staff", 1);
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    const count = (store) =>
      new Promise((resolve) => {
        const request = database.transaction(store).objectStore(store).count();
        request.onsuccess = () => resolve(request.result);
      });
    return [await count("sheets"), await count("entries"), await caches.has("staff-along")];
  });
  assert.deepEqual(kept, [0, 0, false]);
  // What could not be fetched without a network is no fault of the page.
  page.wrongs = page.wrongs.filter((wrong) => !/ERR_INTERNET_DISCONNECTED|Failed to fetch/.test(wrong));
  await leave(page);
}

test("stars are explained clause by clause, and other rules are compared", async () => {
  const page = await open("city", "/staff/ratings");
  await page.getByRole("button", { name: "现在评一次" }).click();
  await page.getByText(/^评了 \d+ 处/).waitFor();
  await page.locator("tbody tr").first().waitFor();
  await page.locator("tbody a").first().click();
  await page.getByText("还差什么到").waitFor();
  assert.ok((await page.locator(".why > li").count()) >= 13);
  assert.match(await page.locator(".why-panel").innerText(), /守时率不低于 90%[\s\S]*有记录的日子不足 5 天/);
  await clean(page, "ratings-explained");
  await page.getByRole("link", { name: "评星办法" }).click();
  await page.getByText("第 1 版").waitFor();
  await clean(page, "ratings-rules");
  await page.getByRole("button", { name: "写新的一版" }).click();
  await page.getByLabel("要求 area", { exact: true }).fill("40");
  await page.getByLabel("为什么改").fill(NASTY);
  await clean(page, "ratings-edit");
  await page.getByLabel("分值 area", { exact: true }).fill("0");
  await page.getByRole("button", { name: "存成第 2 版" }).click();
  await page.getByText("要在 1–100 之间。").waitFor();
  await page.getByLabel("分值 area", { exact: true }).fill("6");
  await page.getByRole("button", { name: "存成第 2 版" }).click();
  await page.getByText("存好了。下次评星时生效").waitFor();
  await page.getByRole("link", { name: "与第 1 版比" }).click();
  const diff = page.locator(".diff-rules");
  await diff.waitFor();
  assert.match(await diff.innerText(), /面积不小于 15 平方米 · 要求\s+15\s+40/);
  await clean(page, "ratings-diff");
  assert.equal(await page.evaluate(() => window.hurt), undefined);
  await leave(page);
});
