// Draws web/public/icon.svg as the pictures that home screens want: node scripts/generate/icons.mjs
// Needs Chromium (CHROMIUM names another) and the packages of web/.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const require = createRequire(new URL("../../web/package.json", import.meta.url));
const { chromium } = require("playwright-core");

const FOLDER = new URL("../../web/public/", import.meta.url);
const PAPER = "#FFFFFF";
/** Name, size in pixels, share of the size that the drawing takes, ground. A maskable icon keeps to the middle 80 %. */
const PICTURES = [
  ["icon-192.png", 192, 0.94, undefined],
  ["icon-512.png", 512, 0.94, undefined],
  ["icon-maskable-512.png", 512, 0.62, PAPER],
  ["apple-touch-icon.png", 180, 0.76, PAPER],
];

const svg = readFileSync(new URL("icon.svg", FOLDER), "utf8");
const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
for (const [name, size, share, ground] of PICTURES) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  const side = Math.round(size * share);
  await page.setContent(
    `<body style="margin:0;display:grid;place-items:center;height:100vh;background:${ground ?? "transparent"}">
     <div style="width:${side}px;height:${side}px">${svg}</div>`,
  );
  await page.screenshot({ path: fileURLToPath(new URL(name, FOLDER)), omitBackground: ground === undefined });
  await page.close();
}
await browser.close();
