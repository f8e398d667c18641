// A worker tells the union something: with and without a network, by name or without; then reads and answers.

import assert from "node:assert/strict";
import { test } from "node:test";
import { PHOTO } from "./grievances-stage.mjs";
import * as web from "./harness.mjs";
import { CORPUS, harmless, watched } from "./hostile-texts.mjs";
import { leave, PEOPLE, staffStage } from "./staff-stage.mjs";

const stage = staffStage({ people: { ...PEOPLE, intake: ["受理员", "intake", "1303"] } });
const phone = { viewport: web.PHONE };
const WHAT = "站点要求连着跑 6 个小时不让歇，想有个时间吃口热饭。";

/** Opens the form; with a script it is ready. */
async function openForm(options = {}, path = "/grievance") {
  const page = await stage.open(path, { ...phone, ...options });
  if (options.javaScriptEnabled !== false) await web.scripted(page);
  return page;
}

async function write(page, { text = WHAT, identity = "匿名" } = {}) {
  await page.getByLabel("什么事？").fill(text);
  await page.getByText("休息吃饭", { exact: true }).click();
  await page.locator(".pick", { hasText: identity }).first().click();
}

const hand = (page) => page.getByRole("button", { name: "交给工会" }).click();

/** What somebody takes away. */
async function receipt(page) {
  await page.waitForSelector(".slip");
  return page.locator(".slip").evaluate(({ dataset }) => ({ number: dataset.number, receipt: dataset.code }));
}

async function track(page, { number, receipt }) {
  await page.goto(`${stage.origin}/grievance/track`);
  await page.getByLabel("编号").fill(number);
  await page.getByLabel("查询密码").fill(receipt);
  await page.getByRole("button", { name: "查看" }).click();
  await page.waitForSelector(".case");
}

/** What the phone keeps of a draft. */
function kept(page) {
  return page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const request = indexedDB.open("yizhan-grievance", 1);
        request.onupgradeneeded = () => request.result.createObjectStore("draft");
        request.onerror = () => reject(request.error);
        request.onsuccess = () => {
          const all = request.result.transaction("draft").objectStore("draft").getAllKeys();
          all.onsuccess = () => {
            request.result.close();
            resolve(all.result);
          };
        };
      }),
  );
}

/** Intake takes a step with a case. */
async function step(staff, number, body) {
  const { body: found } = await stage.api(staff, "GET", `/api/v1/grievances?number=${number}`);
  const [{ id, version }] = found.items;
  const path = `/api/v1/grievances/${id}/actions`;
  const { status } = await stage.api(staff, "POST", path, body, { "if-match": `"v${version}"` });
  assert.equal(status, 200);
}

test("somebody anonymous files with a photo, talks with the union, and withdraws", async () => {
  const page = await openForm();
  const sent = [];
  page.on("request", (request) => request.method() === "POST" && sent.push(request));
  await write(page, { identity: "保密" });
  await page.getByLabel("电话", { exact: true }).fill("13800138000");
  await page.locator(".pick", { hasText: "匿名" }).click();
  assert.ok(!(await page.getByLabel("电话", { exact: true }).isVisible()), "nobody anonymous is asked for a number");
  await page.getByLabel("加照片或 PDF").setInputFiles(PHOTO);
  await page.locator(".files li", { hasText: "门口.png" }).waitFor();
  await page.waitForFunction(() => document.querySelector(".files li img")?.naturalWidth > 0);
  assert.match(await page.locator(".promises p:visible").innerText(), /2 个工作小时内派到具体部门和人，3 个工作日内答复/);
  assert.deepEqual(await web.flaws(page), []);
  await web.shoot(page, "grievance-form", { fullPage: true });
  await hand(page);
  const paper = await receipt(page);
  assert.match(paper.number, /^2026-\d{6}$/);
  assert.match(paper.receipt, /^(\d{4} ){4}\d{4}$/);
  assert.ok(!/10:00/.test(await page.locator(".done").innerText()), "of somebody anonymous only the day is told");
  assert.deepEqual(await page.context().cookies(), [], "no cookie");
  assert.deepEqual(await kept(page), [], "the draft is gone");
  assert.equal(await sent[0].headerValue("referer"), null);
  assert.deepEqual(await web.flaws(page), []);
  await web.shoot(page, "grievance-receipt", { fullPage: true });
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "存图片" }).click(),
  ]);
  assert.equal(file.suggestedFilename(), `${paper.number}.png`);
  await page.locator("[data-picture] img").waitFor();
  await page.locator("[data-picture] img").screenshot({ path: `${web.ROOT}tests/web/shots/grievance-picture.png` });

  const staff = await stage.as("intake");
  await step(staff, paper.number, { action: "ask", text: "哪个站点？" });
  await page.getByRole("button", { name: "看办理进度" }).click();
  await page.getByText("钟停着").waitFor();
  assert.ok(!page.url().includes(paper.number), "nothing of a case stands in an address");
  await page.locator(".asked textarea").fill("河北大街站");
  await page.locator(".asked input[type=file]").setInputFiles(PHOTO);
  await web.shoot(page, "grievance-asked", { fullPage: true });
  assert.deepEqual(await web.flaws(page), []);
  await page.getByRole("button", { name: "发出" }).click();
  await page.getByText("发出了。").waitFor();
  await step(staff, paper.number, { action: "message", text: "收到，马上派人。" });
  await track(page, paper);
  await page.locator(".message", { hasText: "收到，马上派人。" }).waitFor();
  await page.locator(".message.own-words", { hasText: "河北大街站" }).waitFor();
  assert.deepEqual(await web.flaws(page), []);
  await web.shoot(page, "grievance-track", { fullPage: true });
  const [saved] = await Promise.all([
    page.waitForEvent("download"),
    page.locator(".file button").first().click(),
  ]);
  assert.equal(saved.suggestedFilename(), "attachment.jpg");
  await page.getByText("撤回这件事").click();
  await page.getByRole("button", { name: "确定撤回" }).click();
  await page.getByText("撤回了。").waitFor();
  assert.equal(await page.getByText("撤回这件事").count(), 0);
  await leave(staff);
  await leave(page);
});

test("without a network it waits on the phone, and is filed once whatever gets lost", async () => {
  const page = await openForm();
  await write(page, { text: "断网也要交", identity: "保密" });
  await page.getByLabel("加照片或 PDF").setInputFiles(PHOTO);
  await page.locator(".files li").waitFor();
  const numbers = [];
  await page.route("**/grievance", async (route) => {
    if (route.request().method() !== "POST") return route.continue();
    if (numbers.length > 1) return route.continue();
    // It arrives, but the answer is lost on the way.
    const answer = await (await route.fetch()).text();
    numbers.push(/data-number="([^"]+)"/.exec(answer)?.[1]);
    return route.abort();
  });
  await hand(page);
  await page.getByText("写的都在这部手机里，有网了会自动再交。").waitFor();
  assert.ok(await page.locator("textarea").evaluate((field) => field.closest("[inert]") !== null), "what waits is not changed");
  assert.deepEqual(await web.flaws(page), []);
  await web.shoot(page, "grievance-waiting");
  // The page comes anew and goes on by itself.
  await page.reload();
  await web.until(() => numbers.length === 2, "the second try");
  await page.getByRole("button", { name: "现在再交" }).click();
  const paper = await receipt(page);
  assert.deepEqual(numbers, [paper.number, paper.number], "one case");
  assert.deepEqual(await kept(page), []);
  page.wrongs = page.wrongs.filter((wrong) => !/ERR_FAILED/.test(wrong));

  const other = await openForm();
  await write(other, { text: "另一件" });
  await other.context().setOffline(true);
  await hand(other);
  await other.getByText("有网了会自动再交").waitFor();
  await other.context().setOffline(false);
  await receipt(other);
  other.wrongs = other.wrongs.filter((wrong) => !/ERR_INTERNET_DISCONNECTED/.test(wrong));
  await leave(other);
  await leave(page);
});

test("a draft survives a reload, errors stand beside their fields, and a button removes it", async () => {
  const page = await openForm();
  await page.getByLabel("什么事？").fill("写到一半");
  await page.locator(".pick", { hasText: "留名" }).first().click();
  await page.getByLabel("加照片或 PDF").setInputFiles(PHOTO);
  await page.locator(".files li").waitFor();
  await page.getByText("写的内容存在这部手机里").waitFor();
  await web.until(async () => (await kept(page)).length === 2, "the draft");
  await page.reload();
  await page.locator(".files li").waitFor();
  assert.equal(await page.getByLabel("什么事？").inputValue(), "写到一半");
  assert.ok(await page.locator("[name=identity][value=named]").isChecked());
  await page.getByText("工资", { exact: true }).click();
  await hand(page);
  await page.locator("[data-refused]").waitFor();
  await page.locator(".contact .wrong", { hasText: "留名要写电话" }).waitFor();
  assert.equal(await page.getByLabel("什么事？").inputValue(), "写到一半");
  assert.equal(await page.locator(".files li").count(), 1, "the photo is still there");
  assert.deepEqual(await web.flaws(page), []);
  await web.shoot(page, "grievance-wrong", { fullPage: true });
  await page.getByRole("button", { name: "删掉草稿" }).click();
  await web.until(async () => (await page.getByLabel("什么事？").inputValue()) === "", "an empty form");
  assert.deepEqual(await kept(page), []);
  assert.equal(await page.locator(".files li").count(), 0);
  await leave(page);
});

test("without script everything is there, and a receipt is checked by anybody", async () => {
  const page = await openForm({ javaScriptEnabled: false });
  await write(page, { text: "没有脚本" });
  await page.getByLabel("加照片或 PDF").setInputFiles(PHOTO);
  await hand(page);
  const number = await page.locator(".slip .no").first().innerText();
  await page.getByRole("button", { name: "看办理进度" }).click();
  await page.getByRole("heading", { level: 1, name: "已收到" }).waitFor();
  await page.locator(".cal .last").waitFor();
  await page.getByLabel("您写的话").fill("再说一句");
  await page.getByRole("button", { name: "发出" }).click();
  await page.locator(".message", { hasText: "再说一句" }).waitFor();
  await page.goto(`${stage.origin}/grievance/verify?number=${number}&day=2026-11-24&signature=x`);
  await page.getByText("不是本服务签的").waitFor();
  await leave(page);
});

test("whatever a worker writes is text, on every page of his case", async () => {
  const staff = await stage.as("intake");
  const page = watched(await openForm());
  for (const text of CORPUS) {
    await page.goto(`${stage.origin}/grievance`);
    await web.scripted(page);
    await write(page, { text, identity: "留名" });
    await page.getByLabel("怎么称呼").fill(text.slice(0, 40));
    await page.getByLabel("单位").fill(text.slice(0, 80));
    await hand(page);
    await page.locator("[data-refused]").waitFor();
    await harmless(page, `the form: ${text}`);
    assert.equal(await page.getByLabel("什么事？").inputValue(), text);
    await page.getByLabel("电话", { exact: true }).fill("13800138000");
    await hand(page);
    const paper = await receipt(page);
    await step(staff, paper.number, { action: "message", text });
    await track(page, paper);
    await harmless(page, `the case: ${text}`);
    assert.deepEqual(await page.locator(".reply p").allInnerTexts(), [text, text]);
  }
  await leave(staff);
  await leave(page);
});

test("these pages are for everybody: dark, large, English, at a station's door", async () => {
  for (const [name, options, query] of [
    ["dark", { colorScheme: "dark" }, ""],
    ["english", { locale: "en-GB" }, "?lang=en"],
  ]) {
    const page = await openForm(options, `/grievance${query}`);
    await page.locator("[name=identity]").first().check({ force: true });
    assert.deepEqual(await web.flaws(page), [], `the form, ${name}`);
    assert.ok((await web.overflow(page)) <= 0);
    await web.shoot(page, `grievance-form-${name}`, { fullPage: true });
    await page.locator("textarea").fill("A short matter.");
    await page.locator("[name=category]").first().check({ force: true });
    await page.locator("[name=identity]").last().check({ force: true });
    await page.locator("form[data-grievance] button.btn.wide").click();
    await receipt(page);
    assert.deepEqual(await web.flaws(page), [], `the receipt, ${name}`);
    await web.shoot(page, `grievance-receipt-${name}`, { fullPage: true });
    await page.locator("form.ways button").click();
    await page.waitForSelector(".case");
    assert.deepEqual(await web.flaws(page), [], `the case, ${name}`);
    assert.ok((await web.overflow(page)) <= 0);
    await web.shoot(page, `grievance-track-${name}`, { fullPage: true });
    await leave(page);
  }
  const large = await stage.open("/display?size=large&back=/", phone);
  await large.goto(`${stage.origin}/grievance`);
  assert.ok((await web.overflow(large)) <= 0, "nothing is cut at the side");
  const small = await large.$$eval("a, button, input:not([type=hidden]), label.chip, label.pick, summary", (all) =>
    all
      .filter((one) => one.checkVisibility() && !one.closest(".chip, .pick, .skip") && one.offsetHeight < 44)
      .map((one) => one.outerHTML.slice(0, 80)),
  );
  assert.deepEqual(small.filter((one) => !one.includes("skip") && !one.includes("12351")), [], "44 pixels for a finger");
  await web.shoot(large, "grievance-form-large", { fullPage: true });
  await large.goto(`${stage.origin}/`);
  await large.getByRole("link", { name: "向工会反映一件事" }).click();
  await large.getByRole("heading", { level: 1, name: "向工会反映一件事" }).waitFor();
  await leave(large);
});
