// Imports for everybody: axe on each step in light and dark, the other language, hostile cells, two people at once,
// people without the permission, and thousands of rows.

import assert from "node:assert/strict";
import { test } from "node:test";
import { district, registeredFile } from "./district.mjs";
import * as web from "./harness.mjs";
import { CORPUS, harmless, watched } from "./hostile-texts.mjs";
import { leave, staffStage } from "./staff-stage.mjs";
import { workbook } from "./workbook.mjs";

const stage = staffStage({ file: registeredFile() });
/** How a workbook of before 2007 begins. */
const OLD_WORKBOOK = Buffer.from("d0cf11e0a1b11ae1", "hex");
const STEPS = ["columns", "place", "problems", "duplicates", "commit"];

/** Sends a file and gives the path of its wizard. */
async function send(page, buffer, name = "台账.xlsx") {
  await page.goto(`${stage.origin}/staff/imports`);
  await page
    .locator("input[type=file]")
    .setInputFiles({ name, mimeType: "application/octet-stream", buffer });
  await page.waitForURL(/\/staff\/imports\/[0-9a-f-]{36}/);
  await page.locator(".stepper").waitFor();
  return new URL(page.url()).pathname;
}

async function settled(page) {
  await page.waitForFunction(
    () => document.querySelector("h1") && !document.querySelector(".loading, [aria-busy=true]"),
  );
}

async function faultless(page, name) {
  await settled(page);
  assert.deepEqual(await web.flaws(page), [], name);
  assert.equal(await web.overflow(page), 0, `${name} is no wider than its window`);
}

for (const colorScheme of ["light", "dark"]) {
  test(`no step has a flaw that axe finds, ${colorScheme}`, async () => {
    const page = await stage.as("city", "/staff/imports", { colorScheme });
    await faultless(page, "list");
    const path = await send(page, await district(stage.origin));
    for (const step of STEPS) {
      await page.goto(`${stage.origin}${path}?step=${step}`);
      await page.locator(".end-bar").waitFor();
      if (step === "place" || step === "duplicates") await page.waitForSelector(".map[data-drawn]");
      await faultless(page, step);
      await web.shoot(page, `imports-${step}-${colorScheme}`);
    }
    await page.goto(`${stage.origin}${path}?step=problems&code=parked`);
    await page.getByRole("button", { name: "在图上放" }).click();
    await page.waitForSelector(".map[data-drawn]");
    await faultless(page, "pin");
    await page.keyboard.press("Escape");
    await page.goto(`${stage.origin}/staff/imports`);
    await page.locator("tbody tr").first().waitFor();
    await faultless(page, "list with rows");
    await web.shoot(page, `imports-list-${colorScheme}`);
    await leave(page);
  });
}

test("the wizard speaks English, fits large type and a narrow window", async () => {
  const page = await stage.as("city", "/staff/imports");
  const path = await send(page, await district(stage.origin));
  await page.goto(`${stage.origin}/staff?lang=en`);
  for (const step of STEPS) {
    await page.goto(`${stage.origin}${path}?step=${step}`);
    await page.locator(".end-bar").waitFor();
    await faultless(page, `English ${step}`);
    const words = await page.locator(".stepper, .end-bar, h2").allInnerTexts();
    assert.ok(
      !words.some((text) => /[\u4e00-\u9fff]/.test(text.replace(/[“"].*[”"]/g, ""))),
      words.join(" | "),
    );
  }
  await page.goto(`${stage.origin}/display?size=large&back=/staff`);
  for (const step of STEPS) {
    await page.goto(`${stage.origin}${path}?step=${step}`);
    await page.locator(".end-bar").waitFor();
    await faultless(page, `large ${step}`);
  }
  await web.shoot(page, "imports-large");
  await page.setViewportSize({ width: 640, height: 800 });
  for (const step of STEPS) {
    await page.goto(`${stage.origin}${path}?step=${step}`);
    await page.locator(".end-bar").waitFor();
    await faultless(page, `narrow ${step}`);
  }
  await web.shoot(page, "imports-narrow", { fullPage: true });
  await page.goto(`${stage.origin}/staff?lang=zh`);
  await leave(page);
});

test("hostile texts in every cell and heading run nowhere", async () => {
  const page = watched(await stage.as("city", "/staff/imports"));
  const heads = [
    "站点编号",
    "站点名称",
    "区县",
    "详细地址",
    "经度",
    "纬度",
    "开放时间",
    "服务设施",
    CORPUS[1],
  ];
  const rows = CORPUS.map((text, i) => [
    `H-${i}`,
    text,
    i % 2 ? "海港区" : text,
    text,
    119.55 + i / 500,
    39.94,
    text,
    text,
    text,
  ]);
  const twins = CORPUS.map((text, i) => [
    `T-${i}`,
    text,
    "海港区",
    text,
    119.55 + i / 500,
    39.94,
    text,
    text,
    text,
  ]);
  const path = await send(
    page,
    workbook([heads, ...rows, ...twins]),
    `${CORPUS[1].replaceAll("/", "")}.xlsx`,
  );
  for (const step of STEPS) {
    await page.goto(`${stage.origin}${path}?step=${step}`);
    await page.locator(".end-bar").waitFor();
    await settled(page);
    await harmless(page, step);
  }
  await page.goto(`${stage.origin}${path}?step=problems`);
  await page.locator("#cell-2-2").waitFor();
  for (const i of CORPUS.keys()) {
    await page.locator(`#cell-${i + 2}-2`).click();
    await harmless(page, `row ${i + 2}`);
  }
  for (const text of CORPUS) {
    const query = encodeURIComponent(text);
    for (const search of [
      `step=${query}`,
      `step=problems&code=${query}&level=${query}&row=${query}`,
      `step=duplicates&pair=${query}`,
      `step=commit&show=${query}`,
    ]) {
      await page.goto(`${stage.origin}${path}?${search}`);
      await page.locator(".stepper").waitFor();
      await harmless(page, search);
    }
    await page.goto(`${stage.origin}/staff/imports/${query}`);
    await page.getByText("找不到这次导入").waitFor();
    await harmless(page, `import ${text}`);
  }
  await page.goto(`${stage.origin}/staff/imports`);
  await page.locator("tbody tr").first().waitFor();
  await harmless(page, "list");
  await leave(page);
});

test("whoever is overtaken is told so and sees the newest", async () => {
  const page = await stage.as("city", "/staff/imports");
  const path = await send(page, await district(stage.origin));
  await page.goto(`${stage.origin}${path}?step=columns`);
  const picked = page.locator(".mapping tbody tr").last().locator("select");
  await picked.waitFor();
  const id = path.split("/").at(-1);
  const read = await stage.api(page, "GET", `/api/v1/imports/${id}`);
  const changed = await stage.api(
    page,
    "PATCH",
    `/api/v1/imports/${id}`,
    { crs: "bd09" },
    { "if-match": read.headers.etag },
  );
  assert.equal(changed.status, 200, JSON.stringify(changed.body));
  await picked.selectOption({ label: "备注" });
  await page.getByText("刚才有别人也改了这次导入").waitFor();
  await picked.selectOption({ label: "备注" });
  await page.getByText("您选的").waitFor();
  assert.equal(await page.getByText("刚才有别人也改了这次导入").count(), 0);
  await leave(page);
});

test("whoever may not import is not shown the screen, and another district's import is not there", async () => {
  const page = await stage.as("haigang", "/staff/imports");
  const path = await send(page, await district(stage.origin));
  await leave(page);
  const other = await stage.as("beidaihe", path);
  await other.getByText("找不到这次导入").waitFor();
  await leave(other);
  const auditor = await stage.as("auditor", "/staff/imports");
  await auditor.getByText("看不到这一页").waitFor();
  assert.equal(await auditor.locator(".rail a", { hasText: "导入名单" }).count(), 0);
  await leave(auditor);
});

test("what is no list is refused with a word, and nothing is kept", async () => {
  const page = await stage.as("city", "/staff/imports");
  await page
    .locator("input[type=file]")
    .setInputFiles({ name: "旧表.xls", mimeType: "application/vnd.ms-excel", buffer: OLD_WORKBOOK });
  await page.locator(".drop-panel .note.bad").waitFor();
  assert.match(await page.locator(".drop-panel .note.bad").innerText(), /旧表\.xls/);
  assert.equal(await page.evaluate(() => location.pathname), "/staff/imports");
  await faultless(page, "refused");
  await leave(page);
});

test("five thousand rows are walked from the first to the last", async () => {
  const page = await stage.as("city", "/staff/imports");
  const rows = Array.from({ length: 5000 }, (_, i) => [
    `L-${i}`,
    `第${i}处驿站`,
    "海港区",
    `海港区某路${i}号`,
    119.5 + (i % 100) / 1000,
    39.92 + Math.floor(i / 100) / 1500,
  ]);
  const path = await send(
    page,
    workbook([["站点编号", "站点名称", "区县", "详细地址", "经度", "纬度"], ...rows]),
  );
  await page.goto(`${stage.origin}${path}?step=problems`);
  await page.locator("#cell-2-1").waitFor();
  assert.ok((await page.locator(".cells tbody tr").count()) < 120, "only what is in view is drawn");
  await page.locator("#cell-2-1").click();
  await page.evaluate(() => {
    document.querySelector(".cells").scrollTop = 1e7;
  });
  await page.locator("#cell-5001-1").waitFor();
  assert.ok((await page.locator(".cells tbody tr").count()) < 120);
  await page.locator("#cell-5001-2").click();
  await page.keyboard.press("ArrowUp");
  assert.equal(await page.evaluate(() => document.activeElement.id), "cell-5000-2");
  await leave(page);
});
