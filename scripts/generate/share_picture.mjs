// Draws web/public/share.png, the picture of a page that is shared in a chat: the door with the light on.
// Run it again after the icon has changed: node scripts/generate/share_picture.mjs

import { readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";

const root = new URL("../../", import.meta.url);
const { chromium } = createRequire(new URL("web/package.json", root))("playwright-core");
const SIZE = 600;

const icon = await readFile(new URL("web/public/icon.svg", root), "utf8");
const page = `<style>body{margin:0;display:grid;place-items:end center;height:100vh;
  background:linear-gradient(#F5F1E4 0 82%,#BFDFEA 82%)}svg{width:56%;margin-bottom:18%}</style>${icon}`;
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
const tab = await browser.newPage({ viewport: { width: SIZE, height: SIZE } });
await tab.setContent(page);
await writeFile(new URL("web/public/share.png", root), await tab.screenshot());
await browser.close();
