// What a phone keeps, looked at from outside.

import { NOW, newPage, until } from "./harness.mjs";

/** A page whose clock is the server's. */
export async function openPage(stage, path, options) {
  const page = await newPage(stage.browser, stage.origin, options);
  await page.clock.setFixedTime(new Date(NOW));
  await page.goto(stage.origin + path);
  page.hang = stage.server.hang;
  return page;
}

/** The keys of the copies that the phone keeps in its database. */
function keys() {
  return new Promise((resolve) => {
    const opening = indexedDB.open("yizhan");
    // Nobody has made it yet.
    opening.onupgradeneeded = () => opening.transaction.abort();
    opening.onerror = () => resolve([]);
    opening.onsuccess = () => {
      const all = opening.result.transaction("copies").objectStore("copies").getAllKeys();
      all.onsuccess = () => {
        opening.result.close();
        resolve(all.result);
      };
    };
  });
}

/** Waits until the phone keeps a copy whose key begins so: district, language, form. */
export async function kept(page, begin) {
  const isKept = async () => (await page.evaluate(keys)).some((key) => key.startsWith(begin));
  await until(isKept, `the copy ${begin}`);
}

/** Waits until the phone can open the page without a network. */
export async function installed(page) {
  const isReady = () =>
    page.evaluate(async () => {
      const registration = await navigator.serviceWorker.getRegistration();
      return Boolean(registration?.active) && (await caches.match("/")) !== undefined;
    });
  await until(isReady, "the service worker");
}

/** Makes documents believe so. Chromium 148 forgets at a reload that it is told to be offline, though nothing comes. */
const believe = (isOnline) =>
  Object.defineProperty(Navigator.prototype, "onLine", { get: () => isOnline, configurable: true });

/** Takes the network away. The server hangs beside it: Chromium 148 lets a service worker reach it after a reload. */
export async function goOffline(page) {
  page.hang?.(true);
  await page.context().addInitScript(believe, false);
  await page.context().setOffline(true);
}

/** Gives the network back, and says so where the browser had forgotten that it was gone. */
export async function goOnline(page) {
  page.hang?.(false);
  await page.context().addInitScript(believe, true);
  await page.context().setOffline(false);
  await page.evaluate(believe, true);
  await page.evaluate(() => dispatchEvent(new Event("online")));
}

/** Fails if the page did anything wrong but to miss the network. */
export async function close(page) {
  page.hang?.(false);
  page.wrongs = page.wrongs.filter((wrong) => !/ERR_INTERNET_DISCONNECTED|ERR_FAILED/.test(wrong));
  if (page.wrongs.length > 0) throw new Error(page.wrongs.join("\n"));
  await page.context().close();
}

/** Everything that the phone keeps, as one text: caches with their keys, databases, storage. */
export function hoard() {
  const databases = async () => {
    const texts = [];
    for (const { name } of await indexedDB.databases()) {
      const opened = await new Promise((resolve) => {
        const opening = indexedDB.open(name);
        opening.onsuccess = () => resolve(opening.result);
      });
      for (const store of opened.objectStoreNames) {
        const rows = await new Promise((resolve) => {
          const all = opened.transaction(store).objectStore(store).getAll();
          all.onsuccess = () => resolve(all.result);
        });
        texts.push(name, store, JSON.stringify(rows));
      }
      opened.close();
    }
    return texts;
  };
  const cached = async () => {
    const texts = [];
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        const response = await cache.match(request);
        texts.push(name, request.url, await response.text());
      }
    }
    return texts;
  };
  const stored = [localStorage, sessionStorage].map((storage) => JSON.stringify({ ...storage }));
  return Promise.all([databases(), cached()]).then((found) => [...found.flat(), ...stored, document.cookie].join("\n"));
}
