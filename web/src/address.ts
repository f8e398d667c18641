// Addresses of this service's pages, with and without a place. A place never stays in the address bar.

/** A place on WGS-84, in degrees. */
export interface Place {
  readonly lon: number;
  readonly lat: number;
}

/** The place that an address names, if it is one. */
export function placeOf(url: URL): Place | undefined {
  const [lon, lat] = [degrees(url, "lon", 180), degrees(url, "lat", 90)];
  return lon === undefined || lat === undefined ? undefined : { lon, lat };
}

/** The address with a place, to four decimals: about ten metres, which is enough to find a door. */
export function withPlace(url: URL, place: Place): URL {
  const next = new URL(url);
  next.searchParams.delete("district");
  next.searchParams.delete("after");
  next.searchParams.set("lat", place.lat.toFixed(4));
  next.searchParams.set("lon", place.lon.toFixed(4));
  return next;
}

/** The address without its place. */
export function withoutPlace(url: URL): URL {
  const next = new URL(url);
  next.searchParams.delete("lat");
  next.searchParams.delete("lon");
  return next;
}

/** The same address in another language. */
export function inLanguage(url: URL, tag: string): URL {
  const next = new URL(url);
  next.searchParams.set("lang", tag.startsWith("en") ? "en" : "zh");
  return next;
}

/** The tag of the language that an address names. */
export function spoken(url: URL): string | undefined {
  const [name] = (url.searchParams.get("lang") ?? "").split("-");
  if (name === "en") return "en";
  return name === "zh" ? "zh-CN" : undefined;
}

/** The address that a form asks for; fields that were left empty are left out. */
export function addressOf(form: HTMLFormElement): URL {
  const url = new URL(form.action);
  for (const [name, value] of new FormData(form))
    if (value !== "") url.searchParams.append(name, String(value));
  return url;
}

/** Whether an address is a page of lists: the worker's, the operator's, or that of a frame. */
export function isListPage(url: URL): boolean {
  return ["/", "/desk", "/embed"].includes(url.pathname);
}

function degrees(url: URL, name: string, limit: number): number | undefined {
  const text = url.searchParams.get(name);
  const value = text === null || text.trim() === "" ? Number.NaN : Number(text);
  return Math.abs(value) <= limit ? value : undefined;
}
