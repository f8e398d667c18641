// Without a network: the phone answers from its copy of the district, in the server's own words.

import assert from "node:assert/strict";
import { test } from "node:test";
import { announceAll, announcer } from "./announced.mjs";
import { kept, openPage } from "./copies.mjs";
import * as web from "./harness.mjs";
import { differences, question, random, sheetsOf } from "./questions.mjs";

const DISTRICTS = ["130302", "130304"];
const QUESTIONS = 500;

const { prepare, post } = announcer();
const stage = web.stage({ prepare, begin: (origin) => announceAll(origin, post) });

/** Both districts' copies in both languages, and what answers from them. */
async function equipped() {
  const page = await openPage(stage, "/");
  for (const lang of ["en", "zh"]) {
    for (const district of DISTRICTS) {
      await page.goto(`${stage.origin}/?district=${district}&lang=${lang}`);
      await kept(page, `${district}.${lang}`);
    }
  }
  return page;
}

/** What the phone and the server say to the same addresses, compared. */
async function compared(page, paths) {
  const phone = await page.evaluate(
    async ([chunk, addresses]) => {
      const { markup } = await import(chunk);
      return Promise.all(addresses.map((path) => markup(new URL(path, location.href), "zh-CN")));
    },
    [`/assets/${web.built("src/offline/answer.ts")}`, paths],
  );
  const found = [];
  for (const [i, path] of paths.entries()) {
    const answer = await fetch(stage.origin + path, { headers: { "X-Fragment": "list" } });
    found.push(await page.evaluate(differences, [path, await answer.text(), phone[i] ?? "<main></main>"]));
  }
  const wrong = found.flatMap((one) => one.wrong);
  assert.equal(wrong.length, 0, `${wrong.length} differ, the first:\n${wrong.slice(0, 2).join("\n\n")}`);
  return found;
}

async function copies() {
  const answers = DISTRICTS.map((district) => fetch(`${stage.origin}/api/v1/offline/${district}.json`));
  return Promise.all((await Promise.all(answers)).map((answer) => answer.json()));
}

test("500 questions are answered as the server answers them", async () => {
  const [next, known, page] = [random(20261124), await copies(), await equipped()];
  const paths = Array.from({ length: QUESTIONS }, (_, i) => question(next, known[i % known.length]));
  const found = await compared(page, paths);
  const beyond = found.filter((one) => one.isBeyond).length;
  console.log(`${QUESTIONS} questions, ${beyond} of them about what lies beyond the copy`);
  assert.ok(beyond < QUESTIONS / 4);
  await stage.close(page);
});

test("each station of the copies has the server's sheet", async () => {
  const [next, [copy], page] = [random(7), await copies(), await equipped()];
  const paths = copy.stations.flatMap(({ id }) => sheetsOf(next, copy, id));
  await compared(page, paths);
  await stage.close(page);
});

test("a facility closed by notice and a regime are told with their reasons", async () => {
  const page = await equipped();
  const [known] = await copies();
  const told = known.stations.flatMap((station) => station.facilities.map((facility) => ({ station, facility })));
  const { station } = told.find(({ facility }) => facility.transitions[0].notice?.effect === "closed");
  await page.goto(`${stage.origin}/stations/${station.id}?lang=zh`);
  await page.locator(".facilities .bad", { hasText: "停用：第" }).first().waitFor();
  await page.goto(`${stage.origin}/?district=130304&at=2026-11-24T19:00&lang=zh`);
  await page.locator(".row .how", { hasText: "寒潮延长开放" }).first().waitFor();
  await stage.close(page);
});
