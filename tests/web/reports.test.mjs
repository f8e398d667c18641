// A worker says what is wrong with a station, with and without script; staff answer; the worker reads it.

import assert from "node:assert/strict";
import { test } from "node:test";
import * as web from "./harness.mjs";
import { leave, staffStage } from "./staff-stage.mjs";

const HOSTILE = [
  "<script>alert(1)</script>",
  "<img src=x onerror=alert(2)>",
  "</textarea><script>alert(3)</script>",
  "\"><svg onload=alert(4)>",
  "<iframe srcdoc='<script>alert(5)</script>'></iframe>",
  "=HYPERLINK(\"javascript:alert(6)\")",
];
/** A picture of one red point. */
const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC",
  "base64",
);

const stage = staffStage();

/** Open stations of 海港区 that have a microwave. */
async function stations() {
  const found = await fetch(`${stage.origin}/api/v1/stations?district=130302&state=open&facility=microwave&limit=5`);
  return (await found.json()).features.map(({ properties }) => properties);
}

/** What a worker takes away. */
async function slip(page) {
  await page.waitForSelector(".slip");
  const [number, receipt] = await page.locator(".slip .no").allInnerTexts();
  return { number, receipt };
}

/** Reads the answer by number and receipt. */
async function track(page, { number, receipt }) {
  await page.goto(`${stage.origin}/reports`);
  await page.getByLabel("编号").fill(number);
  await page.getByLabel("回执").fill(receipt);
  await page.getByRole("button", { name: "查看" }).click();
}

const phone = { viewport: web.PHONE };

test("without script a locked door is reported with a photo, answered, and the answer read", async () => {
  const [station] = await stations();
  const worker = await stage.open(`/stations/${station.id}`, { ...phone, javaScriptEnabled: false });
  await worker.getByRole("link", { name: "反映哪里不对" }).click();
  await worker.getByRole("button", { name: "交给工会" }).click();
  assert.equal(await worker.locator(".slip").count(), 0, "without a kind nothing is sent");
  await worker.getByText("门锁着，进不去", { exact: true }).click();
  await worker.getByLabel("说两句").fill("上午十点敲门没人应");
  await worker.getByLabel("加一张照片").setInputFiles({ name: "door.png", mimeType: "image/png", buffer: PNG });
  await web.shoot(worker, "report-no-script", { fullPage: true });
  await worker.getByRole("button", { name: "交给工会" }).click();
  const paper = await slip(worker);
  assert.match(paper.number, /^R261124-[2-9A-Z]{5}$/);
  assert.match(paper.receipt, /^[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}$/);
  assert.match(await worker.locator(".next").innerText(), /海港区总工会最晚 11月27日 周五 答复/);
  assert.equal(await worker.getByRole("button", { name: "复制编号和回执" }).count(), 0);

  const staff = await stage.as("haigang", "/staff/reports");
  await staff.getByRole("link", { name: paper.number }).click();
  await staff.getByText("上午十点敲门没人应").waitFor();
  await staff.locator(".shown img").waitFor();
  assert.ok(await staff.locator(".shown img").evaluate((picture) => picture.decode().then(() => picture.naturalWidth > 0)));
  await staff.getByText("期限怎么算的").click();
  await staff.getByText("第 3 天 · 工作日").waitFor();
  await staff.getByText("怎么算的", { exact: true }).click();
  await staff.getByText("不足 5 天不出守时率。", { exact: false }).first().waitFor();
  await web.shoot(staff, "staff-report");
  assert.deepEqual(await web.flaws(staff), []);
  await staff.getByRole("button", { name: "我来办" }).click();
  await staff.getByText("接手", { exact: true }).waitFor();
  await staff.getByLabel("属实", { exact: true }).check();
  await staff.getByRole("textbox", { name: "答复" }).fill("站长家里有事，钥匙已经给了隔壁。");
  await staff.getByRole("button", { name: "交给反映的人" }).click();
  await staff.getByText("答复了", { exact: true }).waitFor();
  await leave(staff);

  await track(worker, { number: paper.number.toLowerCase(), receipt: "2222-2222-2222" });
  await worker.getByText("编号和回执对不上").waitFor();
  await track(worker, paper);
  await worker.getByText("站长家里有事，钥匙已经给了隔壁。").waitFor();
  await worker.getByText("已答复").waitFor();
  await web.shoot(worker, "report-answered", { fullPage: true });
  assert.ok(!worker.url().includes(paper.receipt), "a receipt stands in no address");
  await leave(worker);
});

test("with script a report survives a lost line, is sent once, and is remembered on this phone", async () => {
  const [, station] = await stations();
  const worker = await stage.open(`/stations/${station.id}/report?kind=facility_broken`, phone);
  await worker.waitForSelector("html.js");
  await worker.getByText("微波炉", { exact: true }).click();
  await worker.route("**/report", async (route) => {
    // It arrives, but the answer is lost on the way.
    await route.fetch();
    await route.abort();
  }, { times: 1 });
  await worker.getByRole("button", { name: "交给工会" }).click();
  await worker.getByText("没交出去").waitFor();
  await web.shoot(worker, "report-lost-line");
  await worker.getByRole("button", { name: "交给工会" }).click();
  const paper = await slip(worker);
  await worker.getByText("已经记在这部手机里", { exact: false }).waitFor();
  await web.shoot(worker, "report-slip", { fullPage: true });
  assert.deepEqual(await web.flaws(worker), []);
  worker.wrongs = worker.wrongs.filter((wrong) => !/ERR_FAILED/.test(wrong));

  const staff = await stage.as("haigang", `/staff/reports?station=${station.id}`);
  await staff.locator("tbody tr").first().waitFor();
  assert.equal(await staff.locator("tbody tr").count(), 1, "sent twice, taken in once");
  await staff.getByRole("link", { name: paper.number }).click();
  await staff.getByLabel("属实", { exact: true }).check();
  await staff.getByRole("textbox", { name: "答复" }).fill("已报修");
  assert.ok(await staff.getByLabel(/同时把“微波炉”标成故障/).isChecked());
  await staff.getByRole("button", { name: "交给反映的人" }).click();
  await staff.getByText("答复了", { exact: true }).waitFor();
  await leave(staff);

  const sheet = await stage.open(`/stations/${station.id}`, phone);
  assert.match(await sheet.locator(".facilities li", { hasText: "微波炉" }).innerText(), /故障/);
  await leave(sheet);

  await worker.goto(`${stage.origin}/reports`);
  await worker.locator(".own .btn.quiet", { hasText: paper.number }).click();
  await worker.getByText("已报修").waitFor();
  await worker.goto(`${stage.origin}/reports`);
  await worker.getByRole("button", { name: `从手机里删掉 ${paper.number}` }).click();
  assert.equal(await worker.locator(".own").count(), 0);
  await leave(worker);
});

test("several on the same are answered together, and the second confirmed locked door marks the station", async () => {
  const [, , station] = await stations();
  const path = `/api/v1/stations/${station.id}/reports`;
  const body = JSON.stringify({ kind: "locked" });
  const headers = { "content-type": "application/json" };
  for (let n = 0; n < 2; n++) assert.equal((await fetch(stage.origin + path, { method: "POST", headers, body })).status, 201);
  const staff = await stage.as("haigang", `/staff/reports?station=${station.id}`);
  await staff.getByText("同一件事 2 份").first().waitFor();
  await web.shoot(staff, "staff-reports");
  assert.deepEqual(await web.flaws(staff), []);
  await staff.locator("tbody a").first().click();
  await staff.getByLabel("属实", { exact: true }).check();
  await staff.getByRole("textbox", { name: "答复" }).fill("换了站长");
  assert.ok(await staff.getByLabel("同时答复另外 1 份").isChecked());
  await staff.getByRole("button", { name: "交给反映的人" }).click();
  await staff.getByText("已上标记").waitFor();
  await staff.goto(`${stage.origin}/staff?marked=true`);
  await staff.locator("tbody tr", { hasText: station.name }).waitFor();
  assert.equal(await staff.locator("tbody tr").count(), 1);
  await web.shoot(staff, "staff-marked");
  await leave(staff);
});

test("a station that is gone can be suspended with its report, and what names somebody is blanked", async () => {
  const [, , , station] = await stations();
  const filed = await fetch(`${stage.origin}/api/v1/stations/${station.id}/reports`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ kind: "gone", text: "王某某说拆了" }),
  });
  const { number } = await filed.json();
  const staff = await stage.as("haigang", "/staff/reports");
  await staff.getByRole("link", { name: number }).click();
  await staff.getByRole("button", { name: "涂掉文字和照片" }).click();
  await staff.getByRole("dialog").locator("textarea").fill("写了别人的名字");
  await staff.getByRole("dialog").getByRole("button", { name: "涂掉文字和照片" }).click();
  await staff.getByText("没有写字。").waitFor();
  await staff.getByLabel("属实", { exact: true }).check();
  await staff.getByRole("textbox", { name: "答复" }).fill("去看过，已经拆除");
  await staff.getByRole("button", { name: "交给反映的人" }).click();
  await staff.getByRole("button", { name: "暂停这个驿站" }).click();
  await staff.getByRole("dialog").locator("textarea").fill("现场已拆除");
  await staff.getByRole("dialog").getByRole("button", { name: "暂停这个驿站" }).click();
  await staff.getByText("已经暂停。").waitFor();
  const told = await (await fetch(`${stage.origin}/api/v1/stations/${station.id}`)).json();
  assert.equal(told.properties.state, "suspended");
  await leave(staff);
});

test("what workers write is text everywhere, and nothing of it runs", async () => {
  const [, , , , station] = await stations();
  const headers = { "content-type": "application/json" };
  const slips = [];
  for (const text of HOSTILE) {
    const body = JSON.stringify({ kind: "other", text });
    const filed = await fetch(`${stage.origin}/api/v1/stations/${station.id}/reports`, { method: "POST", headers, body });
    slips.push(await filed.json());
  }
  const staff = await stage.as("haigang", `/staff/reports?station=${station.id}`);
  let dialogs = 0;
  staff.on("dialog", (dialog) => {
    dialogs += 1;
    void dialog.dismiss();
  });
  for (const [n, { number, receipt }] of slips.entries()) {
    await staff.goto(`${stage.origin}/staff/reports?station=${station.id}`);
    await staff.getByRole("link", { name: number }).click();
    await staff.locator(".prose", { hasText: HOSTILE[n] }).first().waitFor();
    await staff.getByLabel("没查清", { exact: true }).check();
    await staff.getByRole("textbox", { name: "答复" }).fill(HOSTILE[n]);
    // The others stay, each for a text of its own.
    if (n + 1 < slips.length) await staff.getByLabel(/同时答复/).uncheck();
    await staff.getByRole("button", { name: "交给反映的人" }).click();
    await staff.locator(".quote", { hasText: HOSTILE[n] }).waitFor();
    await track(staff, { number, receipt });
    assert.equal(await staff.locator(".reply p").innerText(), HOSTILE[n]);
  }
  assert.equal(dialogs, 0);
  await leave(staff);
});

test("the pages of a report are for everybody: light, dark, large, English", async () => {
  const [station] = await stations();
  for (const [name, options, query] of [
    ["light", {}, ""],
    ["dark", { colorScheme: "dark" }, ""],
    ["english", { locale: "en-GB" }, "?lang=en"],
  ]) {
    const page = await stage.open(`/stations/${station.id}/report${query}`, { ...phone, ...options });
    await page.locator("[name=kind][value=facility_broken]").check({ force: true });
    assert.deepEqual(await web.flaws(page), [], `the form, ${name}`);
    assert.ok((await web.overflow(page)) <= 0);
    await web.shoot(page, `report-form-${name}`, { fullPage: true });
    await page.goto(`${stage.origin}/reports`);
    assert.deepEqual(await web.flaws(page), [], `the question, ${name}`);
    await web.shoot(page, `report-track-${name}`);
    await leave(page);
  }
  const large = await stage.open("/display?size=large&back=/", phone);
  await large.goto(`${stage.origin}/stations/${station.id}/report`);
  assert.ok((await web.overflow(large)) <= 0, "nothing is cut at the side");
  await web.shoot(large, "report-form-large", { fullPage: true });
  await leave(large);
  const dark = await stage.as("haigang", "/staff/reports?state=all", { colorScheme: "dark" });
  await dark.locator("tbody tr").first().waitFor();
  assert.deepEqual(await web.flaws(dark), [], "the queue, dark");
  await dark.locator("tbody a").first().click();
  await dark.waitForSelector(".report .figure");
  assert.deepEqual(await web.flaws(dark), [], "a report, dark");
  await web.shoot(dark, "staff-report-dark");
  await leave(dark);
});
