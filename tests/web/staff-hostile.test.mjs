// Whatever somebody writes in any field is text on every page of staff and workers: nothing of it runs.

import assert from "node:assert/strict";
import { test } from "node:test";
import * as web from "./harness.mjs";
import { CORPUS, harmless, watched } from "./hostile-texts.mjs";
import { leave, opened, PASSWORD, staffStage, tab } from "./staff-stage.mjs";

const TABS = ["位置", "时间", "设施", "怎么进", "基本", "历史", "公告"];
const AT = { lat: 39.93, lon: 119.59 };

const stage = staffStage();

/** Everything that a clerk can write as text. */
function facts(text, n) {
  return {
    name: text,
    signboard: text,
    code: `X-${n}`,
    aliases: [text],
    address: text,
    partner: text,
    hours_text: text,
    facilities: [{ code: "water", working: "broken", note: text }],
    other_facilities: [text],
    notes: text,
    keeper_name: text,
    lat: AT.lat + n / 1000,
    lon: AT.lon,
    entrance: { lat: AT.lat + n / 1000, lon: AT.lon, floor: text.slice(0, 20), side: text.slice(0, 20) },
    reason: text,
  };
}

/** Registers, publishes and closes a station that is made of one text. */
async function put(page, text, n) {
  const ask = async (method, path, body, version) => {
    const condition = version === undefined ? {} : { "if-match": `"v${version}"` };
    const answer = await stage.api(page, method, `/api/v1${path}`, body, condition);
    assert.ok(answer.status < 300, `${method} ${path} ${text}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  let station = await ask("POST", "/stations", facts(text, n));
  for (const move of ["submit", "check", "publish"])
    station = await ask("POST", `/stations/${station.id}/${move}`, { reason: text }, station.version);
  const notice = { effect: "closed", from: web.NOW, reason: text };
  await ask("POST", `/stations/${station.id}/notices`, notice);
  await ask("POST", "/accounts", { login: `x-${n}`, name: text.slice(0, 60), unit: text.slice(0, 60), grants: [{ role: "planner", scope: "" }] });
  return station.id;
}

/** Writes the corpus into what is no station: texts to agree to, regimes, areas, keys, the city's own words. */
async function besides(page) {
  const all = CORPUS.join("\n");
  const area = { type: "Polygon", coordinates: [[[119.4, 39.8], [119.7, 39.8], [119.7, 40], [119.4, 40], [119.4, 39.8]]] };
  const span = { from: web.NOW, to: "2026-11-25T00:00:00+08:00" };
  const written = [["consents", { kind: "privacy", zh: all, en: all }]];
  for (const text of CORPUS) {
    const reason = text.slice(0, 200);
    written.push(["regimes", { kind: "cold", districts: ["130302"], hours: "24/7", reason, ...span }]);
    written.push(["notices", { area, effect: "open", reason, ...span }]);
  }
  const expires = "2026-12-24T00:00:00+08:00";
  for (const text of CORPUS.slice(0, 5))
    written.push(["tokens", { name: text.slice(0, 40), permissions: ["station_see"], scope: "", expires }]);
  for (const [path, body] of written) {
    const answer = await stage.api(page, "POST", `/api/v1/${path}`, body);
    assert.equal(answer.status, 201, `${path} ${JSON.stringify(answer.body)}`);
  }
  const city = await stage.api(page, "GET", "/api/v1/city");
  const words = { union_name: CORPUS[1], name_zh: CORPUS[2] };
  const changed = await stage.api(page, "PATCH", "/api/v1/city", words, { "if-match": city.headers.etag });
  assert.equal(changed.status, 200, JSON.stringify(changed.body));
}

test("a corpus of hostile texts in every field runs nowhere", async () => {
  const page = watched(await stage.as("admin"));
  const ids = [];
  for (const [n, text] of CORPUS.entries()) ids.push(await put(page, text, n));
  await besides(page);

  await page.goto(`${stage.origin}/staff?demonstration=false`);
  await page.waitForSelector("tbody tr");
  await page.getByRole("button", { name: "列", exact: true }).click();
  await page.locator(".drop").waitFor();
  const absent = page.locator(".drop input:not(:checked):not(:disabled)");
  while ((await absent.count()) > 0) await absent.first().check();
  await page.keyboard.press("Escape");
  await harmless(page, "registry");
  assert.equal(await page.locator("td.c-name", { hasText: "alert(" }).count(), CORPUS.length, "all are shown as text");
  for (const [n, id] of ids.entries()) {
    await page.goto(`${stage.origin}/staff?station=${id}`);
    await opened(page, CORPUS[n]);
    for (const name of TABS) {
      await tab(page, name);
      if (name === "历史") await page.locator(".history li").first().waitFor();
      if (name === "公告") await page.locator(".notices li").first().waitFor();
      await harmless(page, `${CORPUS[n]} in ${name}`);
    }
  }
  for (const screen of ["notices", "regimes", "accounts", "consents", "audit", "city", "me"]) {
    await page.goto(`${stage.origin}/staff/${screen}`);
    await page.waitForFunction(() => document.querySelector("h1") && !document.querySelector(".loading"));
    await harmless(page, screen);
  }
  await page.goto(`${stage.origin}/staff/audit`);
  for (const detail of (await page.locator("summary").all()).slice(0, 10)) await detail.click();
  await harmless(page, "details of the audit");
  await leave(page);

  const worker = watched(await stage.open(`/?lat=${AT.lat}&lon=${AT.lon}`, { viewport: web.PHONE }));
  await web.mapDrawn(worker);
  await harmless(worker, "list");
  for (const [n, id] of ids.entries()) {
    await worker.goto(`${stage.origin}/stations/${id}`);
    assert.equal(await worker.locator("h1").innerText(), CORPUS[n]);
    await harmless(worker, `sheet of ${CORPUS[n]}`);
  }
  await worker.goto(`${stage.origin}/directory/130302`);
  await harmless(worker, "directory");
  await worker.goto(`${stage.origin}/?q=${encodeURIComponent("alert")}`);
  await harmless(worker, "search");
  await leave(worker);
});

test("what an address says is text too", async () => {
  const page = watched(await stage.as("admin"));
  for (const text of CORPUS) {
    const query = encodeURIComponent(text);
    for (const path of [`/staff?q=${query}&status=${query}&sort=${query}`, `/staff?station=${query}`, `/staff/${query}`]) {
      await page.goto(stage.origin + path);
      await page.waitForSelector(".rail");
      await harmless(page, path);
    }
    await page.goto(`${stage.origin}/staff/audit?action=${query}&object=${query}&from=${query}`);
    await page.waitForSelector("h1");
    await harmless(page, "audit");
  }
  await page.goto(`${stage.origin}/staff/welcome#${encodeURIComponent(CORPUS[1])}`);
  await page.getByText("这个链接用不了").waitFor();
  await harmless(page, "welcome");
  await leave(page);
});

test("a request that another site makes a browser send is refused", async () => {
  const page = await stage.as("admin");
  const other = { origin: "https://evil.example", "sec-fetch-site": "cross-site" };
  const answer = await stage.api(page, "POST", "/api/v1/consents", { kind: "terms", zh: "x", en: "x" }, other);
  assert.equal(answer.status, 403);
  const signedIn = await stage.api(page, "POST", "/api/v1/session", { login: "admin", password: PASSWORD }, other);
  assert.equal(signedIn.status, 403);
  await leave(page);
});
