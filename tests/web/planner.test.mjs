// The planner's page: slider and chips drive maps, figures and the table of hours together, and all of them say what
// the interface says.

import assert from "node:assert/strict";
import { test } from "node:test";
import * as web from "./harness.mjs";
import { figureOf, grouped, mapOf, NOW_HOUR, percent, plannerStage, settled } from "./planner-stage.mjs";
import { leave } from "./staff-stage.mjs";

const stage = plannerStage();
const COVERAGE = "/api/v1/coverage";

/** What the service answers for the address of a page, read apart from the page. */
async function told(page, { at = "2026-11-24T10:00:00+08:00", more = "", reach = "within_s=900" } = {}) {
  const query = `${reach}&at=${encodeURIComponent(at)}${more}`;
  return {
    coverage: await stage.read(page, `${COVERAGE}?${query}`),
    gaps: await stage.read(page, `${COVERAGE}/gaps.geojson?${query}&resolution=8&limit=10000&covered=true`),
  };
}

/** Map, head and figures say what the service says. */
async function agrees(page, { coverage, gaps }, side = "a") {
  const uncovered = gaps.features.reduce((sum, { properties }) => sum + properties.uncovered, 0);
  const map = await mapOf(page, side);
  assert.equal(map.uncovered, String(uncovered));
  const cells = map.classes.split(" ").map(Number);
  assert.equal(cells.reduce((sum, n) => sum + n), gaps.features.length);
  assert.equal(cells[0], gaps.features.filter(({ properties }) => properties.uncovered < 10).length);
  const covered = coverage.figures.find(({ code }) => code === "covered");
  const head = await page.locator(`.pane[data-side=${side}] .ttl`).innerText();
  assert.ok(head.includes(percent(covered.share)), `${head} says ${percent(covered.share)}`);
  assert.ok(head.includes(`${grouped(covered.numerator)} / ${grouped(covered.denominator)}`));
  return covered;
}

test("from the staff page to the plan, which shows this hour of the stand-in and says that it is one", async () => {
  const page = await stage.as("planner", "/staff");
  await page.getByRole("link", { name: "规划", exact: true }).click();
  await settled(page);
  const now = await told(page);
  const covered = await agrees(page, now);
  for (const { code, numerator, denominator, share } of now.coverage.figures) {
    const row = await figureOf(page, code);
    assert.ok(row.includes(`${percent(share)} ${grouped(numerator)} / ${grouped(denominator)} 人`), row);
  }
  assert.equal(now.coverage.demand.stand_in, true);
  await page.getByText("人数是示例，不是实测").waitFor();
  assert.ok((await page.locator(".stand-in").count()) >= 2, "the map and the table of hours say so too");
  await page.getByText("示例怎么来的").click();
  await page.getByText(now.coverage.demand.note).first().waitFor();
  await page.getByRole("button", { name: /走 15 分能到 怎么算/ }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText(covered.method).waitFor();
  const address = await dialog.locator(".request a").getAttribute("href");
  const again = await stage.read(page, address);
  assert.equal(again.figures[0].numerator, covered.numerator, "the request gives the figure again");
  await page.keyboard.press("Escape");
  await web.shoot(page, "planner-light");
  await leave(page);
});

test("the table of hours says what the service says; a click and the arrow keys move the hour", async () => {
  const page = await stage.plan(`/planner?hour=${NOW_HOUR}`);
  const table = await stage.read(page, `${COVERAGE}/timetable?within_s=900&week=2026-11-23`);
  const said = await page.locator(".grid button").evaluateAll((all) => all.map((cell) => cell.getAttribute("aria-label")));
  assert.equal(said.length, 168);
  said.forEach((label, i) => {
    assert.ok(label.includes(percent(table.share[i])), `${label} at ${i}`);
    assert.ok(label.includes(`${grouped(table.numerator[i])} / ${grouped(table.denominator[i])} 人`));
  });
  assert.equal(await page.locator(".sentence").innerText(), table.sentence);
  assert.equal(said.filter((_, i) => i === NOW_HOUR)[0].startsWith("周二 10:00"), true);
  await page.locator(".grid button").nth(44).click();
  await page.waitForURL(/hour=44/);
  await settled(page);
  await agrees(page, await told(page, { at: "2026-11-24T20:00:00+08:00" }));
  await page.keyboard.press("ArrowDown");
  await page.waitForURL(/hour=68/);
  await page.keyboard.press("ArrowLeft");
  await page.waitForURL(/hour=67/);
  const focused = await page.evaluate(() => document.activeElement.getAttribute("aria-label"));
  assert.ok(focused.startsWith("周三 19:00"), `the focus goes with the hour: ${focused}`);
  assert.equal(await page.locator(".when b").innerText(), "周三 19:00");
  await leave(page);
});

test("while the slider is dragged few questions go out, the last one wins, the camera stays", async () => {
  const page = await stage.plan(`/planner?hour=${NOW_HOUR}`);
  const viewIn = (url) => new URL(url).searchParams.get("view");
  // The map writes where it begins a moment after it has found its gaps.
  await page.waitForURL(/view=/);
  const begins = viewIn(page.url());
  await page.locator(".pane .maplibregl-ctrl-zoom-in").click();
  await page.waitForURL((url) => viewIn(url) !== begins);
  const view = viewIn(page.url());
  const [asked, tiles] = [[], []];
  page.on("request", (request) => {
    if (request.url().includes("/coverage?")) asked.push(request.url());
    if (request.url().includes("/tiles/stations/")) tiles.push(new URL(request.url()).searchParams.get("at"));
  });
  const box = await page.locator(".rule input").boundingBox();
  const across = (hour) => box.x + 22 + ((box.width - 44) * hour) / 167;
  await page.mouse.move(across(NOW_HOUR), box.y + box.height / 2);
  await page.mouse.down();
  const begun = Date.now();
  await page.mouse.move(across(140), box.y + box.height / 2, { steps: 120 });
  assert.ok(!page.url().includes("hour=140"), "the address changes when the slider is let go");
  await page.mouse.up();
  const hour = Number(await page.locator(".rule input").inputValue());
  assert.ok(hour > 130);
  await page.waitForURL(new RegExp(`hour=${hour}`));
  await settled(page);
  const most = (Date.now() - begun) / 120 + 2;
  assert.ok(asked.length <= most, `${asked.length} questions for a hundred hours, at most ${most}`);
  assert.ok(new Set(tiles).size <= most, `the doors of ${new Set(tiles).size} hours are asked for, at most ${most}`);
  const [day, clock] = [Math.floor(hour / 24), hour % 24];
  const at = `2026-11-${23 + day}T${String(clock).padStart(2, "0")}:00:00+08:00`;
  await agrees(page, await told(page, { at }));
  assert.equal(viewIn(page.url()), view);
  const spoken = await page.locator(".rule input").getAttribute("aria-valuetext");
  assert.match(spoken, /^周[六日] \d+:00 \d+\.\d% /);
  await page.locator(".rule input").focus();
  await page.keyboard.press("PageDown");
  await page.waitForURL(new RegExp(`hour=${hour - 24}`));
  await leave(page);
});

test("chips ask for a facility, a district, another reach and two stations; the doors follow", async () => {
  const page = await stage.plan(`/planner?hour=${NOW_HOUR}`);
  const chip = (name) => page.locator(".left").getByRole("button", { name, exact: true });
  await chip("微波炉").click();
  await chip("海港区").click();
  await chip("直线 1 公里").click();
  await chip("至少 2 处").click();
  await page.waitForURL(/min=2/);
  await settled(page);
  assert.match(page.url(), /facility=microwave&district=130302&by=straight|facility=microwave/);
  const more = "&facility=microwave&district=130302&by=straight&min=2";
  const { coverage, gaps } = await told(page, { more, reach: "within_m=1000" });
  await agrees(page, { coverage, gaps });
  const map = await mapOf(page);
  assert.equal(map.query, "facility=microwave&at=2026-11-24T10%3A00%3A00%2B08%3A00");
  assert.equal(await chip("微波炉").getAttribute("aria-pressed"), "true");
  await page.reload();
  await settled(page);
  await agrees(page, { coverage, gaps });
  await chip("自己定").click();
  await page.getByLabel("多少").fill("7");
  await page.getByLabel("怎么量").selectOption("minutes");
  await page.getByRole("button", { name: "就按这个" }).click();
  await page.waitForURL(/within_s=420/);
  await settled(page);
  await agrees(page, await told(page, { more: "&facility=microwave&district=130302&min=2", reach: "within_s=420" }));
  await leave(page);
});

test("a week and a season are counted in person-hours, and what cannot be is told", async () => {
  const page = await stage.plan(`/planner?hour=${NOW_HOUR}`);
  await page.getByRole("button", { name: "整周", exact: true }).click();
  await page.waitForURL(/span=week/);
  await settled(page);
  const week = await stage.read(page, `${COVERAGE}?within_s=900&week=2026-11-23`);
  const [figure] = week.figures;
  assert.ok((await figureOf(page, "covered")).includes(`${grouped(figure.numerator)} / ${grouped(figure.denominator)} 人·时`));
  await page.getByText("每格没覆盖的人·时").waitFor();
  await page.goto(`${stage.origin}/planner?hour=${NOW_HOUR}&span=season&from=2026-11-01&to=2026-11-14`);
  await settled(page);
  const season = await stage.read(page, `${COVERAGE}?within_s=900&from=2026-11-01&to=2026-11-14`);
  assert.ok((await figureOf(page, "covered")).includes(grouped(season.figures[0].numerator)));
  await page.getByLabel("到", { exact: true }).fill("2026-10-01");
  await page.getByText("结束要在开始之后。").waitFor();
  assert.ok(page.url().includes("to=2026-11-14"), "a season that cannot be is not asked");
  await web.shoot(page, "planner-season");
  await leave(page);
});
