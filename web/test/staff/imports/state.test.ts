// @vitest-environment happy-dom
// Corrections follow each other on the newest version; rows come page by page; a stale one reads again.

import { afterEach, expect, test, vi } from "vitest";
import { RowStore } from "../../../src/staff/imports/rows";
import { correct, current, failure, isOvertaken } from "../../../src/staff/imports/state";
import { IMPORT, rowOf } from "./sample";

const json = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status });
const versionOf = (init?: RequestInit) => new Headers(init?.headers).get("If-Match");

afterEach(() => {
  vi.unstubAllGlobals();
  failure.value = undefined;
  isOvertaken.value = false;
});

test("corrections go one after another, each on the version that the one before left", async () => {
  const versions: (string | null)[] = [];
  let version = 1;
  vi.stubGlobal("fetch", async (_: string, init?: RequestInit) => {
    versions.push(versionOf(init));
    version += 1;
    return json({ ...IMPORT, version });
  });
  current.value = IMPORT;
  const done = await Promise.all([correct({ crs: "bd09" }), correct({ publish: true }), correct({})]);
  expect(done).toEqual([true, true, true]);
  expect(versions).toEqual(['"v1"', '"v2"', '"v3"']);
  expect(current.value?.version).toBe(4);
});

test("one that somebody overtook comes to nothing, and the newest is shown", async () => {
  vi.stubGlobal("fetch", async (_: string, init?: RequestInit) =>
    init?.method === "PATCH" ? json({ code: "version_mismatch" }, 412) : json({ ...IMPORT, version: 7 }),
  );
  current.value = IMPORT;
  expect(await correct({ crs: "bd09" })).toBe(false);
  expect([isOvertaken.value, current.value?.version, failure.value]).toEqual([true, 7, undefined]);
});

test("one that is refused says why, and what is shown stays", async () => {
  vi.stubGlobal("fetch", async () => json({ code: "refused", detail: "no" }, 422));
  current.value = IMPORT;
  expect(await correct({ publish: true })).toBe(false);
  expect([failure.value?.code, current.value?.version]).toEqual(["refused", 1]);
});

/** A service with so many rows, in pages. */
function serveRows(count: number) {
  const asked: string[] = [];
  vi.stubGlobal("fetch", async (path: string) => {
    const parameters = new URL(path, "http://x").searchParams;
    asked.push(parameters.get("cursor") ?? "");
    const from = Number(parameters.get("cursor") ?? 0);
    const items = Array.from({ length: Math.min(200, count - from) }, (_, i) => rowOf(from + i + 2));
    return json({ items, next: from + 200 < count ? String(from + 200) : null, total: count });
  });
  return asked;
}

test("rows are asked for as far down as somebody looks, and all again after a correction", async () => {
  const asked = serveRows(900);
  const store = new RowStore(IMPORT.id, { levels: [], code: "", row: undefined });
  await store.renew();
  expect([store.items.value.length, store.total.value]).toEqual([200, 900]);
  await store.need(150);
  expect(asked).toEqual([""]);
  await store.need(450);
  expect(store.items.value.map(({ row }) => row)).toEqual(Array.from({ length: 600 }, (_, i) => i + 2));
  await store.renew();
  expect(asked).toEqual(["", "200", "400", "", "200", "400"]);
  await store.need(5000);
  expect([store.items.value.length, asked.length]).toEqual([900, 8]);
});
