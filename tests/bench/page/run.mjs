// Audits the worker's pages with Lighthouse as a middling phone on a slow line sees them, and writes the table
// "Page" into a file of results, where it takes the place of the one before.
//
//   node tests/bench/page/run.mjs --out FILE --commit NAME [--runs N]
//
// YIZHAN_BIN names the build that serves, CHROMIUM the browser. LIGHTHOUSE_REPORTS names a folder for the whole
// reports.

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import lighthouse from "lighthouse";
import { BINARY, builtBytes, freePort, openBrowser, startServer } from "../../web/harness.mjs";
import { section, table, within } from "./table.mjs";

const { values: given } = parseArgs({
  options: { out: { type: "string" }, commit: { type: "string" }, runs: { type: "string", default: "3" } },
});

/** A position in 北戴河区. */
const NEAR = "lat=39.835&lon=119.489";
const MAP_FILES = /^(map|maplibre)-.*\.br$/;
/** How often a load is recorded that could not be. */
const TRIES = 3;
const IS_MAP = /\/(assets\/(map|maplibre|protomaps|builtin)-|tiles\/)/;

/** 150 ms of round trip, 1.6 Mbit/s, a processor four times slower: Lighthouse computes them from a quick load. */
const SETTINGS = {
  formFactor: "mobile",
  throttlingMethod: "simulate",
  throttling: { rttMs: 150, throughputKbps: 1638.4, cpuSlowdownMultiplier: 4 },
  onlyCategories: ["performance", "accessibility", "best-practices", "seo"],
  // Invented stations and lists around a position ask not to be found by search engines.
  skipAudits: ["is-crawlable"],
};

/** The names and addresses of the worker's pages. */
async function pages(origin) {
  const answer = await fetch(`${origin}/api/v1/stations/nearest?${NEAR}&limit=1`);
  const [nearest] = (await answer.json()).features;
  return [
    ["home", "/"],
    ["list", `/?${NEAR}`],
    ["district", "/?district=130304"],
    ["station", `/stations/${nearest.properties.id}?${NEAR}`],
    ["directory", "/directory"],
  ];
}

/** A load as Lighthouse saw it. A busy browser may miss the begin of a recording, which is then made again. */
async function load(url, port) {
  const config = { extends: "lighthouse:default", settings: SETTINGS };
  for (let tries = 1; ; tries++) {
    const { lhr } = await lighthouse(url, { port, logLevel: "error", output: "json" }, config);
    if (!lhr.runtimeError) return lhr;
    if (tries === TRIES) throw new Error(`${url}: ${lhr.runtimeError.message}`);
  }
}

/** One audit: the figures of the table, and what failed. */
async function audit(url, port, name) {
  const lhr = await load(url, port);
  if (process.env.LIGHTHOUSE_REPORTS) {
    mkdirSync(process.env.LIGHTHOUSE_REPORTS, { recursive: true });
    writeFileSync(join(process.env.LIGHTHOUSE_REPORTS, `${name}.json`), JSON.stringify(lhr, null, 1));
  }
  const score = (category) => Math.round(lhr.categories[category].score * 100);
  const value = (id) => lhr.audits[id].numericValue;
  const loaded = lhr.audits["network-requests"].details.items.filter((item) => !IS_MAP.test(item.url));
  return {
    performance: score("performance"),
    accessibility: score("accessibility"),
    practices: score("best-practices"),
    seo: score("seo"),
    lcp_s: value("largest-contentful-paint") / 1000,
    cls: value("cumulative-layout-shift"),
    tbt_ms: value("total-blocking-time"),
    first_kb: loaded.reduce((bytes, item) => bytes + item.transferSize, 0) / 1024,
    failed: failed(lhr),
  };
}

/** The audits with weight in a category that are not passed. */
function failed({ categories, audits }) {
  const weighed = Object.values(categories).flatMap(({ auditRefs }) => auditRefs.filter(({ weight }) => weight > 0));
  return weighed.map(({ id }) => audits[id]).filter((one) => one.score !== null && one.score < 0.9).map((one) => one.id);
}

async function measure() {
  const port = await freePort();
  const [server, browser] = [await startServer(), await openBrowser([`--remote-debugging-port=${port}`])];
  const found = new Map();
  try {
    const all = await pages(server.origin);
    // Rounds are interleaved, so that a busy minute does not fall on one page alone.
    for (let round = 1; round <= Number(given.runs); round++) {
      for (const [name, path] of all) {
        const seen = await audit(server.origin + path, port, `${name}-${round}`);
        found.set(name, [...(found.get(name) ?? []), seen]);
        console.log(`${name} ${round}: ${JSON.stringify(seen)}`);
      }
    }
  } finally {
    await browser.close();
    await server.stop();
  }
  return found;
}

const before = loadavg()[0].toFixed(2);
const found = await measure();
const facts = {
  day: new Date().toISOString().slice(0, 10),
  commit: given.commit ?? "unknown",
  build: BINARY.includes("/release/") ? "release" : "debug",
  machine: `${cpus().length} × ${cpus()[0].model}`,
  load: before,
  runs: given.runs,
};
const text = section(facts, table(found, builtBytes(MAP_FILES) / 1024));
console.log(text);
if (given.out) writeFileSync(given.out, within(readFileSync(given.out, "utf8"), text));
