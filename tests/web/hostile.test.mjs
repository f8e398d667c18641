// A register may hold anything. Whatever a name says, the page shows it as text.

import assert from "node:assert/strict";
import { test } from "node:test";
import * as web from "./harness.mjs";

const NAME = '"><img src=x onerror=alert(1)><script>alert(2)</script>&amp;驿站';
const quoted = (text) => `"${text.replaceAll('"', '""')}"`;
const CSV = [
  "站点编号,站点名称,区县,地址,经度,纬度,开放时间,服务设施,联系电话",
  `X-1,${quoted(NAME)},北戴河区,${quoted("<b>北戴河</b>' onclick='alert(3)")},119.489,39.835,24小时,饮水,0335-5550000`,
].join("\n");

const stage = web.stage({ csv: CSV });

test("a hostile name is text in the list, on the map and on the sheet", async () => {
  const page = await web.newPage(stage.browser, stage.origin);
  page.on("dialog", (dialog) => page.wrongs.push(`a dialog: ${dialog.message()}`));
  await page.goto(`${stage.origin}/?lat=39.835&lon=119.489`);
  await web.mapDrawn(page);
  assert.equal(await page.locator(".row.first h2").innerText(), NAME);
  await page.getByRole("link", { name: "免手机进入" }).click();
  await web.answered(page);
  await page.getByRole("link", { name: "免手机进入" }).click();
  await page.waitForFunction((name) => document.querySelector(".row.first h2")?.textContent === name, NAME);
  await web.mapDrawn(page);
  assert.ok((await page.locator(".mk.big").getAttribute("aria-label")).startsWith(NAME));

  await page.locator(".row.first a").first().click();
  await page.waitForSelector("article.sheet");
  assert.equal(await page.locator("h1").innerText(), NAME);
  const amap = await page.getByRole("link", { name: "高德" }).getAttribute("href");
  assert.ok(!/[<>"' ]/.test(amap), amap);
  assert.equal(await page.locator("img, main script, [onerror], [onclick]").count(), 0);
  web.assertQuiet(page);
});
