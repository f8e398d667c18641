// Starts a server with the demonstration registry and a clock that stands still, and a browser that notices
// everything a page should not do: errors, refused styles or scripts, requests to other hosts.

import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { randomInt } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before } from "node:test";
import { fileURLToPath } from "node:url";

const require = createRequire(new URL("../../web/package.json", import.meta.url));
const { chromium } = require("playwright-core");
const { AxeBuilder } = require("@axe-core/playwright");

export const ROOT = fileURLToPath(new URL("../../", import.meta.url));
/** The build of the service that is tried. */
export const BINARY = process.env.YIZHAN_BIN ?? join(ROOT, "target/debug/yizhan");
/** The built page. */
export const DIST = join(ROOT, "web/dist");
const SHOTS = join(ROOT, "tests/web/shots");

/** A Tuesday morning in the heating season. */
export const NOW = "2026-11-24T10:00:00+08:00";
/** Somewhere in 北戴河区. */
export const HERE = { longitude: 119.489, latitude: 39.835 };
export const PHONE = { width: 390, height: 844 };
export const DESK = { width: 1280, height: 800 };

/**
 * Starts a server of its own with settings from the environment `env`; the rows of `csv` are imported and published
 * after the demonstration is loaded, or those of a `file` in its stead. `prepare` may then
 * run other commands of the program.
 */
export async function startServer({ now = NOW, csv = "", file = "", dist = DIST, env = {}, prepare } = {}) {
  const data = mkdtempSync(join(tmpdir(), "yizhan-web-"));
  const { DATABASE_URL: _, ...environment } = process.env;
  const settings = { ...environment, YIZHAN__CLOCK__FIXED: now, YIZHAN__WEB__DIR: dist, ...env };
  const run = (...args) => execFileSync(BINARY, ["--data", data, ...args], { env: settings, stdio: "pipe" });
  if (file) run("import", file, "--crs", "wgs84", "--publish");
  else run("demo");
  if (csv) {
    const file = join(data, "stations.csv");
    writeFileSync(file, csv);
    run("import", file, "--crs", "wgs84", "--publish");
  }
  await prepare?.(run, data, settings);
  const [port, adminPort] = [await freePort(), await freePort()];
  const listen = ["--listen", `127.0.0.1:${port}`, "--admin-listen", `127.0.0.1:${adminPort}`];
  const origin = `http://127.0.0.1:${port}`;
  let child;
  let log = "";
  const begin = async (now) => {
    const env = { ...settings, YIZHAN__CLOCK__FIXED: now };
    child = spawn(BINARY, ["--data", data, "serve", ...listen], { env });
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (bytes) => (log += bytes));
    await ready(origin, child);
  };
  const end = async () => {
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGTERM");
    // A test that failed may have left it hanging, and what hangs does not hear.
    child.kill("SIGCONT");
    await ended;
  };
  await begin(now);
  /** Stops it and starts it again at another instant. */
  const move = async (now) => {
    await end();
    await begin(now);
  };
  const stop = async () => {
    await end();
    rmSync(data, { recursive: true, force: true });
  };
  /** Makes it hang, as a bad line does, or go on. */
  const hang = (isHanging) => child.kill(isHanging ? "SIGSTOP" : "SIGCONT");
  return { origin, stop, move, hang, log: () => log };
}

/** A server and a browser for the tests of one file; `begin` may ask the server for something before they start. */
export function stage({ begin, ...options } = {}) {
  const stage = {};
  before(async () => {
    stage.server = await startServer(options);
    stage.origin = stage.server.origin;
    await begin?.(stage.origin);
    stage.browser = await openBrowser();
  });
  after(async () => {
    await stage.browser?.close();
    await stage.server?.stop();
  });
  /** Opens a path on a page of its own. */
  stage.open = async (path, options) => {
    const page = await newPage(stage.browser, stage.origin, options);
    await page.goto(stage.origin + path);
    return page;
  };
  /** Leaves a page that has done nothing wrong. */
  stage.close = async (page) => {
    assertQuiet(page);
    await page.context().close();
  };
  return stage;
}

/** The browser of the machine. */
export function openBrowser(args = []) {
  const quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"];
  const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
  return chromium.launch({ executablePath, args: ["--no-sandbox", ...quiet, ...args] });
}

/** A page in a context of its own, with a map if it wants one. What it does wrong is collected in `page.wrongs`. */
export async function newPage(browser, origin, options = {}) {
  const { allowed = ["geolocation"], hasMap = true, ...rest } = options;
  const context = await browser.newContext({
    viewport: PHONE,
    // A fine screen has four times the pixels, all of which software draws here; a test that measures them asks for it.
    deviceScaleFactor: 1,
    locale: "zh-CN",
    geolocation: HERE,
    permissions: allowed,
    reducedMotion: "reduce",
    ...rest,
  });
  const page = await context.newPage();
  if (!hasMap) await page.addInitScript(() => (HTMLCanvasElement.prototype.getContext = () => null));
  page.wrongs = [];
  page.on("console", (message) => {
    if (message.type() === "error") page.wrongs.push(message.text());
  });
  page.on("pageerror", (error) => page.wrongs.push(String(error)));
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(origin) && !/^(data|blob):/.test(url)) page.wrongs.push(`left the origin: ${url}`);
  });
  return page;
}

/** Fails if the page did anything it should not. */
export function assertQuiet(page) {
  assert.deepEqual(page.wrongs, []);
}

/** The stations that the list shows, in its order. */
export function listed(page, within = "#answer") {
  return page.$$eval(`${within} li.row`, (rows) => rows.map((row) => row.dataset.id));
}

/** The stations on the map. */
export function mapped(page) {
  return page.evaluate(() => {
    const isWhole = matchMedia("(min-width: 900px)").matches || document.querySelector(".strip.full");
    const markers = document.querySelectorAll(`${isWhole ? ".canvas" : ".preview"} [data-marker]`);
    return [...markers].map((marker) => marker.dataset.marker);
  });
}

/** Waits until the map, or its picture in a phone's strip, has drawn the stations of the list. */
export async function mapDrawn(page) {
  await page.waitForFunction(() => {
    const isWhole = matchMedia("(min-width: 900px)").matches || document.querySelector(".strip.full");
    const map = document.querySelector(isWhole ? ".canvas" : ".preview");
    const rows = document.querySelectorAll("#answer li.row").length;
    return map?.dataset.drawn === "yes" && map.querySelectorAll("[data-marker]").length === rows;
  });
}

/** Waits until the list has answered the newest question. */
export async function answered(page) {
  await page.waitForFunction(() => !document.querySelector("#answer[aria-busy]"));
}

/** Asks again and again until something holds. */
export async function until(holds, what, patience_ms = 15_000) {
  const deadline = Date.now() + patience_ms;
  while (!(await holds())) {
    assert.ok(Date.now() < deadline, `waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Waits for the script of the page to listen. */
export async function scripted(page) {
  await page.waitForSelector("html.js");
}

/** The place that each question of the list asks about from now on, as `[lon, lat]`. */
export function placesAsked(page) {
  const places = [];
  page.on("request", (request) => {
    const { searchParams } = new URL(request.url());
    if (request.headers()["x-fragment"] && searchParams.has("lat")) {
      places.push([Number(searchParams.get("lon")), Number(searchParams.get("lat"))]);
    }
  });
  return places;
}

/** How far the page reaches beyond its window, in pixels. */
export function overflow(page) {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

/** What axe finds wrong, in short. */
export async function flaws(page) {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" ")).join(", ")}`);
}

/** Keeps a picture for people to look at. */
export async function shoot(page, name, options = {}) {
  mkdirSync(SHOTS, { recursive: true });
  await page.screenshot({ path: join(SHOTS, `${name}.png`), ...options });
}

/** The name of the built file of a source file. */
export function built(source) {
  const manifest = readFileSync(join(DIST, ".vite/manifest.json"), "utf8");
  return JSON.parse(manifest)[source].file;
}

/** The bytes of the built files whose names match. */
export function builtBytes(pattern) {
  const names = readdirSync(DIST).filter((name) => pattern.test(name));
  return names.reduce((bytes, name) => bytes + statSync(join(DIST, name)).size, 0);
}

async function ready(origin, child) {
  for (let tries = 0; tries < 200; tries++) {
    assert.equal(child.exitCode, null, "the server stopped at its start");
    const answer = await fetch(`${origin}/readyz`).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  assert.fail("the server did not become ready");
}

/**
 * A port that nobody listens on, from below those that systems give to outgoing connections: one of these could take it
 * before the server does.
 */
async function freePort() {
  for (let tries = 0; tries < 100; tries++) {
    const port = randomInt(20_000, 32_000);
    if (await isFree(port)) return port;
  }
  assert.fail("no port is free");
}

function isFree(port) {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(false));
    probe.listen(port, "127.0.0.1", () => probe.close(() => resolve(true)));
  });
}
