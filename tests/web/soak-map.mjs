// A nation's stations on a slow phone: no task may hold the page up while the list is filtered and searched, and
// while the map is opened, zoomed and moved. Too slow for every run: `scripts/soak map` runs it.
//
// Both are judged under the browser's own slowdown, after they have loaded. Of the map's tasks the time on the
// processor is judged: by the clock, a machine without a graphics card also waits for its drawing.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import * as web from "./harness.mjs";

const STATIONS = Number(process.env.YIZHAN_SOAK_STATIONS ?? 200_000);
const SLOWDOWN = 4;
const MOST_MS = 200;
/** Amid Beijing, where the generated registry is dense. */
const BEIJING = "/?lat=39.91&lon=116.40";

const folder = mkdtempSync(join(tmpdir(), "yizhan-soak-"));
after(() => rmSync(folder, { recursive: true, force: true }));

function registry() {
  const file = join(folder, "registry.csv");
  const generator = join(web.ROOT, "scripts/generate/registry.py");
  execFileSync("python3", ["-P", generator, file, "--stations", String(STATIONS)]);
  return file;
}

/** Waits until the map rests. */
function rest(page) {
  return page.waitForSelector(".canvas[data-drawn]", { timeout: 60_000 });
}

/** The longest task of the page in a trace, in milliseconds of its processor and of the clock. */
function longestTask(events) {
  const main = events.filter(({ name, args }) => name === "thread_name" && args.name === "CrRendererMain");
  const isMain = ({ pid, tid }) => main.some((thread) => thread.pid === pid && thread.tid === tid);
  const tasks = events.filter((event) => event.name === "RunTask" && event.ph === "X" && isMain(event));
  const most = (key) => Math.round(Math.max(0, ...tasks.map((task) => (task[key] ?? 0) / 1000)));
  return { processor: most("tdur"), whole: most("dur") };
}

function told({ processor, whole }) {
  return `the longest task took ${processor} ms of the processor, ${whole} ms by the clock`;
}

async function drag(page, [x, y], [dx, dy]) {
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + dx, y + dy, { steps: 20 });
  await page.mouse.up();
}

let server;
let browser;

before(
  async () => {
    const started = Date.now();
    server = await web.startServer({ file: process.env.YIZHAN_SOAK_REGISTRY ?? registry() });
    console.log(`${STATIONS} stations imported and served after ${Math.round((Date.now() - started) / 1000)} s`);
    browser = await web.openBrowser();
  },
  { timeout: 900_000 },
);

after(async () => {
  await browser?.close();
  await server?.stop();
});

test("the list of a nation's stations never holds the page up", { timeout: 300_000 }, async () => {
  const page = await web.newPage(browser, server.origin);
  await page.goto(server.origin + BEIJING);
  await web.mapDrawn(page);
  const client = await page.context().newCDPSession(page);
  await client.send("Emulation.setCPUThrottlingRate", { rate: SLOWDOWN });
  await page.evaluate(() => {
    globalThis.longest = 0;
    const note = ({ duration }) => {
      globalThis.longest = Math.max(globalThis.longest, duration);
    };
    new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({ type: "longtask" });
  });
  const step = async (name, act) => {
    await act();
    await web.answered(page);
    console.log(`${name}: the longest task took ${Math.round(await page.evaluate(() => globalThis.longest))} ms`);
  };
  await step("a chip", () => page.getByRole("link", { name: "如厕", exact: true }).click());
  await step("another time", () => page.getByRole("link", { name: "换个时间" }).click());
  await step("scrolled", () => page.mouse.wheel(0, 4000));
  await step("elsewhere", () => page.getByRole("link", { name: "换个地方" }).click());
  await page.getByRole("searchbox").waitFor();
  await step("a search", () => page.getByRole("searchbox").pressSequentially("haidian", { delay: 60 }));
  await page.waitForSelector("section.districts, .count, .say");
  await step("found", () => page.waitForSelector("#answer:not([aria-busy])"));
  assert.ok((await page.evaluate(() => globalThis.longest)) <= MOST_MS);
  await page.context().close();
});

test("the map of a nation's stations never holds the page up", { timeout: 900_000 }, async () => {
  const page = await web.newPage(browser, server.origin, { deviceScaleFactor: 1 });
  await page.goto(server.origin + BEIJING);
  await web.mapDrawn(page);
  const worst = { processor: 0, whole: 0 };
  const step = async (name, act) => {
    await page.evaluate(() => {
      delete document.querySelector(".canvas").dataset.drawn;
    });
    await browser.startTracing(page, { categories: ["disabled-by-default-devtools.timeline"] });
    await act();
    await rest(page);
    const longest = longestTask(JSON.parse(await browser.stopTracing()).traceEvents);
    console.log(`${name}: ${told(longest)}`);
    return longest;
  };
  const judged = async (name, act) => {
    const longest = await step(name, act);
    worst.processor = Math.max(worst.processor, longest.processor);
    worst.whole = Math.max(worst.whole, longest.whole);
  };
  await step("loaded, not slowed down", () => page.getByRole("button", { name: "看地图" }).click());
  const client = await page.context().newCDPSession(page);
  await client.send("Emulation.setCPUThrottlingRate", { rate: SLOWDOWN });
  for (let n = 0; n < 9; n++) {
    await judged(`farther ${n + 1}`, () => page.getByRole("button", { name: "缩小" }).click());
  }
  for (const by of [[150, 0], [0, 150], [-150, -150]]) {
    await judged(`moved by ${by}`, () => drag(page, [200, 350], by));
  }
  for (let n = 0; n < 9; n++) {
    await judged(`nearer ${n + 1}`, () => page.getByRole("button", { name: "放大" }).click());
  }
  await judged("moved near", () => drag(page, [200, 350], [120, 160]));
  console.log(`in all, on a phone ${SLOWDOWN} times slower: ${told(worst)}`);
  web.assertQuiet(page);
  assert.ok(worst.processor > 0 && worst.processor <= MOST_MS);
});
