// Brings in what answers without a network, in a chunk of its own, once the page is quiet.

import type { List } from "../list";

type Offline = typeof import("./answer");

/** After the page has loaded, its map comes first. */
const QUIET_MS = 2500;
/** How often an open page looks whether its copies are old. */
const LOOK_MS = 15 * 60_000;

/** What answers without a network; nothing where it has not arrived and cannot. */
export function loadOffline(): Promise<Offline | undefined> {
  return import("./answer").catch(() => undefined);
}

/**
 * Keeps the copies of the page's district and of the usual beat, now and while the page is open. The answer is
 * to be called when the page shows another list.
 */
export function keepCopies(list: List): () => void {
  let [isLoaded, looked, looked_ms] = [false, "", 0];
  const keep = async () => {
    const district = list.district ?? "";
    const isKnown = district === looked && Date.now() - looked_ms < LOOK_MS;
    if (!isLoaded || isKnown || document.hidden || list.isOffline) return;
    [looked, looked_ms] = [district, Date.now()];
    const offline = await loadOffline();
    await offline?.keep(list.district, document.documentElement.lang);
  };
  const quietly = () => {
    if ("requestIdleCallback" in window) requestIdleCallback(() => void keep());
    else void keep();
  };
  whenLoaded(() =>
    setTimeout(() => {
      isLoaded = true;
      quietly();
    }, QUIET_MS),
  );
  setInterval(quietly, LOOK_MS);
  document.addEventListener("visibilitychange", quietly);
  return quietly;
}

/** Calls once the page and what it names has loaded. */
export function whenLoaded(run: () => void): void {
  if (document.readyState === "complete") run();
  else addEventListener("load", run, { once: true });
}
