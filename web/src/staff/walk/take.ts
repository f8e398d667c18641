// Taking a round along: the sheet into IndexedDB, and the page itself with the maps of its stations into a cache of its
// own, from which the service worker answers without a network. The page knows nobody; what is private is in the sheet alone.

import { mapOf, readSheet, type Sheet } from "../rounds/api";
import { putTaken } from "./store";

/** The cache of the page; `sw.ts` has the same names. */
const CACHE = "staff-along";
const SHELL = "/staff/walk";
/** How long the service worker may take to start. */
const PATIENCE_MS = 20_000;

/** Pixels of the maps that are taken along: the width of a phone. */
export const TAKEN_SIZE = 512;

/** Takes a round along, or takes its newest sheet. */
export async function takeAlong(round: string, account: string): Promise<void> {
  await keepPage();
  const sheet = await renewSheet(round, account);
  // The walk can begin; the maps come one after the other behind it.
  void keepMaps(sheet);
}

/** Reads the newest sheet of a round. */
export async function renewSheet(round: string, account: string): Promise<Sheet> {
  const sheet = await readSheet(round);
  await putTaken({ id: round, account, taken_ms: Date.now(), sheet });
  return sheet;
}

/** Keeps the map of each station, as far as they can be had. No key has a query, as in `sw.ts`. */
async function keepMaps({ stations }: Sheet): Promise<void> {
  const cache = await caches.open(CACHE);
  for (const { id } of stations) {
    const address = mapOf(id, TAKEN_SIZE);
    const response = await fetch(address).catch(() => undefined);
    if (response?.ok)
      await cache.put(new URL(address, location.origin).pathname, response).catch(() => undefined);
  }
}

/** Keeps the page as it is now, with all that it has loaded. */
export async function keepPage(): Promise<void> {
  const container: ServiceWorkerContainer | undefined = navigator.serviceWorker;
  if (!container || !isSecureContext) throw new Error("no service worker");
  await container.register("/sw.js", { updateViaCache: "none" });
  const late = new Promise((_, reject) =>
    setTimeout(() => reject(new Error("no service worker")), PATIENCE_MS),
  );
  await Promise.race([container.ready, late]);
  const response = await fetch(SHELL, { headers: { Accept: "text/html" }, cache: "no-store" });
  if (!response.ok) throw new Error(`the page answered ${response.status}`);
  const text = await response.text();
  const cache = await caches.open(CACHE);
  const headers = new Headers(response.headers);
  for (const name of ["content-encoding", "content-length", "set-cookie"]) headers.delete(name);
  await cache.addAll([...filesOf(text)]);
  await cache.put(SHELL, new Response(text, { headers }));
}

/** The files of the build that a page names, and those that it has loaded. */
function filesOf(html: string): Set<string> {
  const named = [...html.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map((match) => match[1] ?? "");
  const loaded = performance
    .getEntriesByType("resource")
    .map(({ name }) => new URL(name))
    .filter((url) => url.origin === location.origin && url.pathname.startsWith("/assets/staff/"))
    .map((url) => url.pathname);
  return new Set([...named, ...loaded]);
}

/** Removes the page from this phone. */
export async function forgetPage(): Promise<void> {
  if ("caches" in globalThis) await caches.delete(CACHE);
}
