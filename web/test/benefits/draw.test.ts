// A draw computed again: by the rules that are published, against a computation of its own.

import { createHash, createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { ticketsOf, verify } from "../../src/benefits/campaign/verify";
import type { Draw } from "../../src/benefits/phone/types";

const SEED = Buffer.from("0123456789abcdef0123456789abcdef");
const sha = (data: string | Buffer) => createHash("sha256").update(data).digest("hex");

/** A draw of 40 entries, every third of which has three tickets, as the service would draw it. */
function drawn(): Draw {
  const plain = Array.from({ length: 40 }, (_, i) => ({ number: i + 1, weight: i % 3 === 0 ? 3 : 1 }));
  const digest = sha(plain.map(({ number, weight }) => `${number} ${weight}\n`).join(""));
  const score = (number: number, weight: number) =>
    Array.from({ length: weight }, (_, t) =>
      createHmac("sha256", SEED).update(`yizhan draw c1 ${digest} ${number} ${t}`).digest("hex"),
    ).sort()[0] ?? "";
  const order = plain.map(({ number, weight }) => ({ number, score: score(number, weight) }));
  order.sort((a, b) => (a.score < b.score ? -1 : 1));
  const won = new Set(order.slice(0, 5).map(({ number }) => number));
  const entries = plain.map((entry) => ({ ...entry, has_won: won.has(entry.number) }));
  return { campaign_id: "c1", commitment: sha(SEED), seed: SEED.toString("hex"), digest, stock: 5, entries };
}

test("an honest draw is found right", async () => {
  const draw = drawn();
  const verdict = await verify(draw);
  expect(verdict).toMatchObject({ commitment: true, digest: true, winners: true });
  expect(verdict.computed).toHaveLength(5);
  expect(ticketsOf(draw)).toBe(40 + 2 * 14);
});

test("whatever was changed afterwards is found", async () => {
  const draw = drawn();
  const other = draw.entries.map((entry) => ({ ...entry, has_won: entry.number <= 5 }));
  expect((await verify({ ...draw, entries: other })).winners).toBe(false);
  const heavier = draw.entries.map((entry) => (entry.number === 7 ? { ...entry, weight: 10 } : entry));
  expect((await verify({ ...draw, entries: heavier })).digest).toBe(false);
  expect((await verify({ ...draw, seed: "00".repeat(32) })).commitment).toBe(false);
});

test("more places than entries leave nobody out", async () => {
  const draw = drawn();
  const entries = draw.entries.map((entry) => ({ ...entry, has_won: true }));
  expect((await verify({ ...draw, stock: 100, entries })).winners).toBe(true);
});
