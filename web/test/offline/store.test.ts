// @vitest-environment happy-dom
// Copies are kept where the phone lets them be kept.

import { afterEach, expect, test, vi } from "vitest";
import { keepBeat, keepDistrict } from "../../src/offline/keep";
import { type Kept, keyOf, MOST_KEPT, memory, type Shelf, Store, storage } from "../../src/offline/store";
import { AT, copy, kept, station, UNTIL } from "./sample";

const broken: Shelf = {
  all: () => Promise.reject(new Error("broken")),
  put: () => Promise.reject(new Error("full")),
  remove: () => Promise.reject(new Error("broken")),
};

function numbered(n: number): Kept {
  return kept([], { key: keyOf(`${n}`, "zh"), asked_ms: n });
}

afterEach(() => {
  localStorage.clear();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

test("what one shelf cannot hold goes to the next", async () => {
  const store = new Store([broken, storage()]);
  await store.put(numbered(1));
  expect(localStorage.length).toBe(1);
  expect((await new Store([broken, storage()]).all()).map((one) => one.key)).toEqual([keyOf("1", "zh")]);
});

test("the oldest copies make room", async () => {
  const shelf = memory();
  for (let n = 1; n <= MOST_KEPT + 2; n++) await new Store([shelf]).put(numbered(n));
  const keys = (await new Store([shelf]).all()).map((one) => one.key);
  expect(keys.length).toBe(MOST_KEPT);
  expect(keys).not.toContain(keyOf("1", "zh"));
});

test("of two copies with one key the newer counts", async () => {
  const [first, second] = [memory(), memory()];
  await first.put(numbered(1));
  await second.put({ ...numbered(1), asked_ms: 9 });
  expect((await new Store([first, second]).all()).map((one) => one.asked_ms)).toEqual([9]);
});

test("a copy in the form of an older page is not read, and goes", async () => {
  const shelf = memory();
  await shelf.put({ ...numbered(1), key: "1.zh.0" });
  expect(await new Store([shelf]).all()).toEqual([]);
  expect(await shelf.all()).toEqual([]);
});

/** A server with one copy that answers 304 to whoever has it; its questions are noted. */
function server(): (string | undefined)[] {
  const asked: (string | undefined)[] = [];
  vi.stubGlobal("fetch", async (_: string, { headers }: { headers: Record<string, string> }) => {
    const tag = headers["If-None-Match"];
    asked.push(tag);
    if (tag === '"1"') return new Response(null, { status: 304 });
    return new Response(JSON.stringify(copy([station("1")])), { headers: { etag: '"1"' } });
  });
  return asked;
}

test("a copy is asked for again after an hour, and anew when little of it is left", async () => {
  const [asked, store] = [server(), new Store([memory()])];
  vi.useFakeTimers({ now: Date.parse(AT), toFake: ["Date"] });
  await keepDistrict(store, "130304", "zh");
  await keepDistrict(store, "130304", "zh");
  expect(asked).toEqual([undefined]);
  vi.setSystemTime(Date.parse(AT) + 2 * 3_600_000);
  await keepDistrict(store, "130304", "zh");
  await keepDistrict(store, "130304", "zh");
  expect(asked).toEqual([undefined, '"1"']);
  vi.setSystemTime(Date.parse(UNTIL) - 10 * 3_600_000);
  await keepDistrict(store, "130304", "zh");
  expect(asked).toEqual([undefined, '"1"', undefined]);
});

test("what is no copy is not kept", async () => {
  const store = new Store([memory()]);
  for (const body of ["<html>Please log in</html>", "{}", '{"stations": []}']) {
    vi.stubGlobal("fetch", async () => new Response(body));
    await keepDistrict(store, "130304", "zh");
  }
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("no network")));
  await keepDistrict(store, "130304", "zh");
  expect(await store.all()).toEqual([]);
});

test("the districts of the usual beat are kept; only a place of an unknown one is asked for", async () => {
  const [inside, elsewhere] = [
    { name: "路口", lon: 119.5, lat: 39.8 },
    { name: "码头", lon: 119.6, lat: 39.9 },
  ];
  const asked: string[] = [];
  vi.stubGlobal("fetch", async (address: string | URL) => {
    const { pathname, searchParams } = new URL(address, "https://yizhan.example");
    asked.push(pathname + (searchParams.get("lat") ?? ""));
    const page = '<main><div data-part="answer" data-adcode="130302"></div></main>';
    if (pathname === "/") return new Response(page);
    const made = copy([station("1")], { district: "130302", outline: { coordinates: [] } });
    return new Response(JSON.stringify(made));
  });
  const store = new Store([memory()]);
  await store.put(kept([station("1")], { asked_ms: Date.now() }));
  localStorage.setItem("beat", JSON.stringify([inside]));
  await keepBeat(store, "zh");
  expect(asked).toEqual([]);
  localStorage.setItem("beat", JSON.stringify([{ ...elsewhere, lon: 119.9 }, "nonsense"]));
  await keepBeat(store, "zh");
  expect(asked).toEqual(["/39.9000", "/api/v1/offline/130302.json"]);
  expect((await store.all()).map((one) => one.key).sort()).toEqual(
    ["130302", "130304"].map((code) => keyOf(code, "zh")),
  );
  localStorage.setItem("beat", "no JSON");
  await keepBeat(store, "zh");
});
