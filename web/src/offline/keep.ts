// Keeps copies: of the district that the page is about, and of those where somebody usually works.

import { type Place, withPlace } from "../address";
import { beats } from "../beat";
import { fetchFragment } from "../fragment";
import { covering, type Language, readCopy } from "./copy";
import { instant_ms } from "./station";
import { type Kept, keyOf, type Store } from "./store";

/** How old a copy may be before the server is asked again. */
const FRESH_MS = 3_600_000;
/** A copy with less time left is asked for anew, even where nothing has changed: it shall look far ahead. */
const AHEAD_MS = 36 * 3_600_000;

/** Asks for a district's copy where the kept one is missing or old. Without a network nothing happens. */
export async function keepDistrict(store: Store, district: string, language: Language): Promise<void> {
  const key = keyOf(district, language);
  const kept = (await store.all()).find((one) => one.key === key);
  const now_ms = Date.now();
  if (kept && Math.abs(now_ms - kept.asked_ms) < FRESH_MS) return;
  const isLong = kept && (instant_ms(kept.copy.until) ?? 0) - now_ms > AHEAD_MS;
  const response = await ask(district, language, isLong ? kept.etag : "").catch(() => undefined);
  if (response?.status === 304 && kept) await store.put({ ...kept, asked_ms: now_ms });
  if (response?.status !== 200) return;
  const copy = readCopy(await response.json().catch(() => undefined));
  const etag = response.headers.get("etag") ?? "";
  if (copy) await store.put({ key, language, etag, asked_ms: now_ms, copy } satisfies Kept);
}

function ask(district: string, language: Language, etag: string): Promise<Response> {
  const headers: Record<string, string> = { Accept: "application/json", "Accept-Language": language };
  if (etag) headers["If-None-Match"] = etag;
  return fetch(`/api/v1/offline/${district}.json`, { headers, cache: "no-store" });
}

/** Keeps the districts of the usual beat. A place that no kept copy covers is asked of the server like a search. */
export async function keepBeat(store: Store, language: Language): Promise<void> {
  for (const place of beats()) {
    const copies = (await store.all()).map((kept) => kept.copy);
    const known = covering(copies, place);
    const isInside = known !== undefined && known.inside_m >= 0;
    const district = isInside ? known.copy.district : await districtOf(place).catch(() => undefined);
    if (district) await keepDistrict(store, district, language);
  }
}

async function districtOf(place: Place): Promise<string | undefined> {
  const page = await fetchFragment(
    withPlace(new URL("/", location.href), place),
    new AbortController().signal,
  );
  return page.parts.get("answer")?.getAttribute("data-adcode") ?? undefined;
}
