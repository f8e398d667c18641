// The service worker: the page opens without a network. It keeps the page's own files, its home page as a shell
// for every address, and the tiles of the base map that were looked at. It keeps no answer to a question, and no
// key of a cache has a query, so that nobody's position is kept. Stations are kept by the page itself.

/** The files of the build and its version, written here by `build/worker.ts`. */
declare const __FILES__: readonly string[];
declare const __VERSION__: string;

interface Extendable extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface Fetching extends Extendable {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}
interface Scope {
  readonly location: Location;
  skipWaiting(): Promise<void>;
  addEventListener(kind: "install" | "activate", run: (event: Extendable) => void): void;
  addEventListener(kind: "fetch", run: (event: Fetching) => void): void;
  addEventListener(kind: "message", run: (event: MessageEvent) => void): void;
}

const scope = globalThis as unknown as Scope;
const FILES = __FILES__;
const OWN = `page-${__VERSION__}`;
const TILES = "base-map";
/** The inspector's page and its maps, kept while he has a round along; `staff/walk/take.ts` fills it. */
const ALONG = "staff-along";
const WALK = "/staff/walk";
/** The most tiles kept; the oldest go. */
const MOST_TILES = 300;
/** How long the network may take before the shell stands in for a page. */
const PATIENCE_MS = 4000;
const SHELL = "/";
/** Addresses whose pages the script can draw by itself. */
const PAGE = /^\/(stations\/[^/]+)?$/;
const MAP = /^\/api\/v1\/stations\/[^/]+\/map\.png$/;
const WALKED = /^\/staff\/walk(\/|$)/;
/** A name with a hash is never used for another content. */
const HASHED = /^\/assets\/.+-[\w-]{8}\.\w+$/;

scope.addEventListener("install", (event) => event.waitUntil(install()));
scope.addEventListener("activate", (event) => event.waitUntil(forgetOld()));
scope.addEventListener("message", (event) => {
  if (event.data === "take over") void scope.skipWaiting();
});
scope.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== scope.location.origin) return;
  if (request.mode === "navigate" && PAGE.test(url.pathname)) event.respondWith(page(event));
  else if (request.mode === "navigate" && WALKED.test(url.pathname)) event.respondWith(along(request));
  else if (HASHED.test(url.pathname) || FILES.includes(url.pathname)) event.respondWith(file(request, url));
  else if (url.pathname.startsWith("/tiles/base/")) event.respondWith(tile(event, url));
  else if (MAP.test(url.pathname)) event.respondWith(mapPicture(request, url));
});

async function install(): Promise<void> {
  const cache = await caches.open(OWN);
  await cache.addAll(FILES);
  await keepShell();
}

async function forgetOld(): Promise<void> {
  const old = (await caches.keys()).filter((name) => ![OWN, TILES, ALONG].includes(name));
  await Promise.all(old.map((name) => caches.delete(name)));
}

/** Keeps the home page, marked so that its script knows that it stands in for another. */
async function keepShell(): Promise<void> {
  const response = await fetch(SHELL, { headers: { Accept: "text/html" }, cache: "no-store" });
  const text = await response.text();
  // A page of another build would name files that are not kept here.
  if (!response.ok || !FILES.some((name) => name.includes("/main-") && text.includes(name))) return;
  const headers = new Headers(response.headers);
  for (const name of ["content-encoding", "content-length", "set-cookie"]) headers.delete(name);
  const cache = await caches.open(OWN);
  await cache.put(SHELL, new Response(text.replace("<html", "<html data-shell"), { headers }));
}

/** A page comes from the network; where that fails or takes long, the shell stands in. */
async function page(event: Fetching): Promise<Response> {
  const answer = fetch(event.request);
  const shell = await caches.match(SHELL, { cacheName: OWN });
  if (!shell) return answer;
  const late = new Promise<Response>((resolve) => setTimeout(() => resolve(shell), PATIENCE_MS));
  const response = await Promise.race([answer.catch(() => shell), late]);
  const language = response.headers.get("content-language");
  const isOther = response.ok && language !== null && language !== shell.headers.get("content-language");
  if (isOther) event.waitUntil(keepShell());
  return response;
}

/** The inspector's page comes from the network; where that fails or takes long, as it was taken along. */
async function along(request: Request): Promise<Response> {
  const answer = fetch(request);
  const kept = await caches.match(WALK, { cacheName: ALONG });
  if (!kept) return answer;
  const late = new Promise<Response>((resolve) => setTimeout(() => resolve(kept), PATIENCE_MS));
  return Promise.race([answer.then((response) => (response.ok ? response : kept)).catch(() => kept), late]);
}

/** A file of the build is taken from the cache; one that was not needed before is kept from now on. */
async function file(request: Request, url: URL): Promise<Response> {
  const kept = await caches.match(url.pathname, { cacheName: OWN });
  if (kept) return kept;
  const taken = await caches.match(url.pathname, { cacheName: ALONG });
  if (taken) return taken;
  const response = await fetch(request);
  if (response.status === 200) await keepIn(OWN, url.pathname, response.clone());
  return response;
}

/** A tile comes from the network, or as it was last seen. */
async function tile(event: Fetching, url: URL): Promise<Response> {
  try {
    const response = await fetch(event.request);
    if (response.ok) event.waitUntil(keepTile(url.pathname, response.clone()));
    return response;
  } catch (error) {
    const kept = await caches.match(url.pathname, { cacheName: TILES });
    if (kept) return kept;
    throw error;
  }
}

/** A map comes from the network, or as it was taken along. */
async function mapPicture(request: Request, url: URL): Promise<Response> {
  try {
    return await fetch(request);
  } catch (error) {
    const taken = await caches.match(url.pathname, { cacheName: ALONG });
    if (taken) return taken;
    throw error;
  }
}

async function keepTile(path: string, response: Response): Promise<void> {
  await keepIn(TILES, path, response);
  const cache = await caches.open(TILES);
  const tiles = await cache.keys();
  await Promise.all(tiles.slice(0, Math.max(0, tiles.length - MOST_TILES)).map((old) => cache.delete(old)));
}

/** A full phone keeps nothing more, and the page goes on. */
async function keepIn(name: string, path: string, response: Response): Promise<void> {
  const cache = await caches.open(name);
  await cache.put(path, response).catch(() => undefined);
}
