// The map over a nation's stations on a slow phone: no task may hold the page up while the map is opened, zoomed and
// moved. Too slow for every run: `scripts/soak map` runs it.
//
// Judged is the processor's time of each task, four times over. The browser's own slowdown would stretch the time by
// the clock, which on a busy machine without a graphics card is mostly that of others.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
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

test("the map of a nation's stations never holds the page up", { timeout: 900_000 }, async (t) => {
  const started = Date.now();
  const server = await web.startServer({ file: process.env.YIZHAN_SOAK_REGISTRY ?? registry() });
  console.log(`${STATIONS} stations imported and served after ${Math.round((Date.now() - started) / 1000)} s`);
  const browser = await web.openBrowser();
  t.after(async () => {
    await browser.close();
    await server.stop();
  });
  const page = await web.newPage(browser, server.origin, { deviceScaleFactor: 1 });
  await page.goto(server.origin + BEIJING);
  await rest(page);
  const worst = { processor: 0, whole: 0 };
  const step = async (name, act) => {
    await page.evaluate(() => {
      delete document.querySelector(".canvas").dataset.drawn;
    });
    await browser.startTracing(page, { categories: ["disabled-by-default-devtools.timeline"] });
    await act();
    await rest(page);
    const longest = longestTask(JSON.parse(await browser.stopTracing()).traceEvents);
    worst.processor = Math.max(worst.processor, longest.processor);
    worst.whole = Math.max(worst.whole, longest.whole);
    console.log(`${name}: ${told(longest)}`);
  };
  await step("opened", () => page.getByRole("button", { name: "看地图" }).click());
  for (let n = 0; n < 9; n++) {
    await step(`farther ${n + 1}`, () => page.getByRole("button", { name: "缩小" }).click());
  }
  for (const by of [[150, 0], [0, 150], [-150, -150]]) {
    await step(`moved by ${by}`, () => drag(page, [200, 350], by));
  }
  for (let n = 0; n < 9; n++) {
    await step(`nearer ${n + 1}`, () => page.getByRole("button", { name: "放大" }).click());
  }
  await step("moved near", () => drag(page, [200, 350], [120, 160]));
  console.log(`in all: ${told(worst)}; on a phone ${SLOWDOWN} times slower ${worst.processor * SLOWDOWN} ms`);
  web.assertQuiet(page);
  assert.ok(worst.processor > 0 && worst.processor * SLOWDOWN <= MOST_MS);
});
