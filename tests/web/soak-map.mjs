// The map over a nation's stations on a slow phone: no script may hold the page up while the map is opened, zoomed
// and moved. Too slow for every run: `scripts/soak map` runs it.
//
// The scripts of each frame are judged. Whole tasks are told as well, but without a graphics card they are mostly
// the time that drawing by software takes from the page.

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
  const client = await page.context().newCDPSession(page);
  await client.send("Emulation.setCPUThrottlingRate", { rate: SLOWDOWN });
  await page.goto(server.origin + BEIJING);
  await rest(page);
  await page.evaluate(() => {
    globalThis.seen = { tasks: [], scripts: [] };
    const watch = (type, note) => new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({ type });
    watch("longtask", ({ duration }) => globalThis.seen.tasks.push(Math.round(duration)));
    watch("long-animation-frame", ({ scripts }) => {
      globalThis.seen.scripts.push(Math.round(scripts.reduce((sum, { duration }) => sum + duration, 0)));
    });
  });
  const worst = { scripts: 0, tasks: 0 };
  const step = async (name, act) => {
    await page.evaluate(() => {
      globalThis.seen.tasks.length = 0;
      globalThis.seen.scripts.length = 0;
      delete document.querySelector(".canvas").dataset.drawn;
    });
    const start = Date.now();
    await act();
    await rest(page);
    const { tasks, scripts } = await page.evaluate(() => globalThis.seen);
    worst.scripts = Math.max(worst.scripts, ...scripts);
    worst.tasks = Math.max(worst.tasks, ...tasks);
    const told = `scripts ${Math.max(0, ...scripts)} ms, tasks ${Math.max(0, ...tasks)} ms at most`;
    console.log(`${name}: ${Date.now() - start} ms, ${told}`);
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
  console.log(`at ${SLOWDOWN}× slowdown: scripts of a frame ${worst.scripts} ms, a task ${worst.tasks} ms at most`);
  web.assertQuiet(page);
  assert.ok(worst.scripts <= MOST_MS);
});
