// The present by the service's clock, which the page states: a phone's own clock may be wrong.

const stated = document.querySelector<HTMLElement>("[data-now]")?.dataset.now;
/** How far the service's clock is ahead of this phone's, in milliseconds. */
const AHEAD_MS = stated ? Date.parse(stated) - Date.now() : 0;
/** How far the city's clock is ahead of UTC, in milliseconds. */
const CITY_MS = stated ? cityOf(stated) : 8 * 3_600_000;

function cityOf(instant: string): number {
  const found = /([+-])(\d\d):(\d\d)$/.exec(instant);
  if (!found) return 0;
  return (found[1] === "-" ? -1 : 1) * (Number(found[2]) * 60 + Number(found[3])) * 60_000;
}

/** Now, in milliseconds since 1970. */
export function now_ms(): number {
  return Date.now() + AHEAD_MS;
}

/** Today by the city's clock: `2026-11-24`. */
export function today(): string {
  return new Date(now_ms() + CITY_MS).toISOString().slice(0, 10);
}
