// @vitest-environment happy-dom
// A deed keeps its key until it is answered, whatever gets lost on the way.

import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { carryOut, kept } from "../../src/benefits/phone/kept";

let keys: (string | null)[] = [];

/** Answers requests one after the other; a number is a status, nothing is a lost line. */
function answers(...statuses: (number | undefined)[]): void {
  vi.stubGlobal("fetch", async (_: string, init: RequestInit) => {
    keys.push(new Headers(init.headers).get("Idempotency-Key"));
    const status = statuses.shift();
    if (status === undefined) throw new TypeError("no network");
    return new Response(JSON.stringify({ id: "v1", code: "sold_out" }), { status });
  });
}

beforeEach(() => {
  keys = [];
  localStorage.clear();
});
afterEach(() => vi.unstubAllGlobals());

test("a lost answer is asked for under the same key, also by a page that came anew", async () => {
  answers(undefined, undefined);
  await expect(carryOut("claim-c1", "/claims", {})).rejects.toMatchObject({ status: 0 });
  expect(kept("claim-c1")).toMatchObject({ body: {} });
  answers(503);
  await expect(carryOut("claim-c1", "/claims", {})).rejects.toMatchObject({ status: 503 });
  answers(201);
  await expect(carryOut("claim-c1", "/claims", {})).resolves.toMatchObject({ id: "v1" });
  expect(kept("claim-c1")).toBeUndefined();
  expect(new Set(keys).size).toBe(1);
  answers(201);
  await carryOut("claim-c1", "/claims", {});
  expect(new Set(keys).size).toBe(2);
});

test("a refusal is an answer, being locked out or signed out is none", async () => {
  answers(409);
  await expect(carryOut("claim-c1", "/claims", {})).rejects.toMatchObject({ code: "sold_out" });
  expect(kept("claim-c1")).toBeUndefined();
  for (const status of [401, 429]) {
    answers(status);
    await expect(carryOut("claim-c1", "/claims", {})).rejects.toMatchObject({ status });
    expect(kept("claim-c1")).toBeDefined();
  }
});

test("another body is another deed", async () => {
  answers(503, 503);
  await expect(carryOut("sale", "/redemptions", { code: "11112222" })).rejects.toThrow();
  await expect(carryOut("sale", "/redemptions", { code: "33334444" })).rejects.toThrow();
  expect(new Set(keys).size).toBe(2);
});
