// The grievance centre for everybody: axe on each screen in light and dark, in narrow windows, in large type, in
// English; and whatever a reporter or a colleague writes is text.

import assert from "node:assert/strict";
import { test } from "node:test";
import { begin, grievanceStage, send } from "./grievances-stage.mjs";
import * as web from "./harness.mjs";
import { CORPUS, harmless, watched } from "./hostile-texts.mjs";
import { leave } from "./staff-stage.mjs";

const stage = grievanceStage();
const SCREENS = ["", "?view=everything", "new", "calls", "supervision", "supervision?view=late", "inbox"];

/** Waits until a screen has stopped loading, and looks for flaws. */
async function faultless(page, name) {
  await page.waitForSelector("h1");
  await page.waitForFunction(() => !document.querySelector(".loading, [aria-busy=true]"));
  assert.deepEqual(await web.flaws(page), [], name);
  assert.equal(await web.overflow(page), 0, `${name} is no wider than its window`);
}

const addressOf = (screen) => `${stage.origin}/grievances${/^[?]|^$/.test(screen) ? screen : `/${screen}`}`;

for (const colorScheme of ["light", "dark"]) {
  test(`no screen has a flaw that axe finds, ${colorScheme}`, async () => {
    const paper = await stage.file();
    const page = await stage.opened("admin", paper, { colorScheme });
    await faultless(page, "case");
    await web.shoot(page, `grievances-case-${colorScheme}`);
    for (const screen of SCREENS) {
      await page.goto(addressOf(screen));
      await faultless(page, screen);
      await web.shoot(page, `grievances-${screen.replace(/\W/g, "-") || "queue"}-${colorScheme}`);
    }
    await leave(page);
  });
}

test("narrow windows, large type and the other language lose nothing", async () => {
  const paper = await stage.file();
  const page = await stage.opened("admin", paper, { viewport: { width: 1024, height: 768 } });
  const address = page.url();
  for (const width of [1024, 640, 390]) {
    await page.setViewportSize({ width, height: 800 });
    for (const path of [address, addressOf(""), addressOf("new"), addressOf("calls")]) {
      await page.goto(path);
      await faultless(page, `${width} ${path}`);
    }
    await web.shoot(page, `grievances-calls-${width}`);
  }
  await page.goto(address);
  await page.waitForSelector(".case");
  await web.shoot(page, "grievances-case-390", { fullPage: true });
  await page.setViewportSize(web.DESK);
  await page.goto(`${stage.origin}/display?size=large&back=/grievances`);
  await page.waitForSelector("tbody tr");
  await faultless(page, "large");
  await page.goto(`${address}?lang=en`);
  await page.getByRole("heading", { name: "What can be done" }).waitFor();
  await faultless(page, "English");
  assert.doesNotMatch(await page.locator(".case").innerText(), /undefined|\{n\}/);
  await leave(page);
});

test("targets are large enough for a finger", async () => {
  const paper = await stage.file();
  const page = await stage.opened("intake", paper, { hasTouch: true, isMobile: true, viewport: { width: 820, height: 1180 } });
  const small = await page.evaluate(() =>
    [...document.querySelectorAll(".btn, .bare, .chip, .input, .rail a, .rail button, .pick")]
      .filter((target) => target.getClientRects().length > 0 && target.getBoundingClientRect().height < 44)
      .map((target) => target.textContent),
  );
  assert.deepEqual(small, []);
  await leave(page);
});

test("whatever is written is text", async () => {
  const page = watched(await stage.as("intake", "/grievances"));
  for (const text of CORPUS) {
    const paper = await stage.file({ text, unit: text.slice(0, 60), contact: { name: text.slice(0, 30), phone: "13812345678" } });
    const { body } = await stage.api(page, "GET", `/api/v1/grievances?number=${paper.number}`);
    const { id } = body.items[0];
    await page.goto(addressOf(`cases/${id}`));
    await page.locator(".said .prose").waitFor();
    assert.equal((await page.locator(".said .prose").innerText()).trim(), text.trim().replaceAll("\r\n", "\n"));
  }
  const asking = await begin(page, "请反映人补充");
  await asking.locator("textarea").fill(CORPUS.join("\n").slice(0, 1900));
  await send(page, asking, "请反映人补充");
  await page.goto(addressOf("?view=everything"));
  await page.waitForSelector("tbody tr");
  await harmless(page);
  await leave(page);
});
