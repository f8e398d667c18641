// What the address of a page asks for, and addresses made from it, as the server reads and writes them.

import type { Place } from "../address";
import type { Language } from "./copy";
import { minuteText, readMinute } from "./instant";
import { isFacility } from "./page/icon";

/** The filters. */
export interface Wanted {
  readonly isOpen: boolean;
  readonly facilities: readonly string[];
  readonly noPhone: boolean;
  readonly alwaysOpen: boolean;
}

/** What a page is asked. */
export interface Asked {
  readonly place: Place | undefined;
  readonly district: string | undefined;
  readonly wanted: Wanted;
  /** When, on the city's clocks, in milliseconds as if they showed UTC; nothing for now. */
  readonly at_ms: number | undefined;
  readonly by: "walk" | "ride";
  readonly text: string;
  readonly language: Language | undefined;
  readonly after: string | undefined;
}

/** Nothing but what is open now. */
export const OPEN_NOW: Wanted = { isOpen: true, facilities: [], noPhone: false, alwaysOpen: false };
const MAX_SEARCH = 100;

/** Reads an address; what it adds beside is passed over. */
export function readAsked({ searchParams }: URL): Asked {
  const value = (name: string) => searchParams.getAll(name).at(-1);
  const [lon, lat] = [value("lon"), value("lat")];
  const district = lon === undefined && lat === undefined ? value("district") : undefined;
  return {
    place: readPlace(lon, lat),
    district: district !== undefined && /^\d{6}$/.test(district) ? district : undefined,
    wanted: readWanted(value),
    at_ms: readMinute(value("at") ?? ""),
    by: value("by") === "ride" ? "ride" : "walk",
    text: [...(value("q") ?? "").trim()].slice(0, MAX_SEARCH).join(""),
    language: namedLanguage(value("lang")),
    after: value("after"),
  };
}

function readPlace(lon: string | undefined, lat: string | undefined): Place | undefined {
  const degrees = (text: string | undefined) => (text?.trim() ? Number(text) : Number.NaN);
  const place = { lon: degrees(lon), lat: degrees(lat) };
  return Math.abs(place.lon) <= 180 && Math.abs(place.lat) <= 90 ? place : undefined;
}

function readWanted(value: (name: string) => string | undefined): Wanted {
  const isTrue = (name: string) => ["true", "1"].includes(value(name) ?? "");
  return {
    isOpen: value("open") !== "any",
    facilities: (value("facility") ?? "").split(",").filter(isFacility),
    noPhone: isTrue("no_phone"),
    alwaysOpen: isTrue("always_open"),
  };
}

function namedLanguage(text: string | undefined): Language | undefined {
  const [name] = (text ?? "").split("-");
  return name === "zh" || name === "en" ? name : undefined;
}

/** Whether anything but "open now" is asked. */
export function isNarrow({ facilities, noPhone, alwaysOpen }: Wanted): boolean {
  return facilities.length > 0 || noPhone || alwaysOpen;
}

/** With one facility asked for, or no longer. */
export function toggled(wanted: Wanted, code: string): Wanted {
  const at = wanted.facilities.indexOf(code);
  const facilities = at < 0 ? [...wanted.facilities, code] : wanted.facilities.filter((_, i) => i !== at);
  return { ...wanted, facilities };
}

/** The same question with something changed, from its beginning. */
export function changed(asked: Asked, change: Partial<Asked>): Asked {
  return { ...asked, after: undefined, ...change };
}

/** The same question about no place, or about a district. */
export function elsewhere(asked: Asked, district?: string): Asked {
  return changed(asked, { place: undefined, district, text: "" });
}

/** The address of the list that answers. */
export function listHref(asked: Asked): string {
  return address("/", parameters(asked));
}

/** The address of a station's sheet that still knows the way from this place. */
export function stationHref(asked: Asked, id: string): string {
  const place = asked.place ? placeQuery(asked) : [];
  return address(`/stations/${id}`, [...place, ...travelQuery(asked), ...languageQuery(asked)]);
}

type Pair = readonly [string, string];

/** The parameters of the address, in their order. */
export function parameters(asked: Asked): Pair[] {
  const { wanted } = asked;
  const query: Pair[] = [...placeQuery(asked), ...travelQuery(asked)];
  if (asked.text) query.push(["q", asked.text]);
  if (!wanted.isOpen) query.push(["open", "any"]);
  if (wanted.facilities.length > 0) query.push(["facility", wanted.facilities.join(",")]);
  if (wanted.noPhone) query.push(["no_phone", "true"]);
  if (wanted.alwaysOpen) query.push(["always_open", "true"]);
  query.push(...languageQuery(asked));
  if (asked.after) query.push(["after", asked.after]);
  return query;
}

function placeQuery({ place, district }: Asked): Pair[] {
  if (place)
    return [
      ["lat", place.lat.toFixed(4)],
      ["lon", place.lon.toFixed(4)],
    ];
  return district ? [["district", district]] : [];
}

function travelQuery({ at_ms, by }: Asked): Pair[] {
  const query: Pair[] = at_ms === undefined ? [] : [["at", minuteText(at_ms)]];
  return by === "ride" ? [...query, ["by", "ride"]] : query;
}

function languageQuery({ language }: Asked): Pair[] {
  return language ? [["lang", language]] : [];
}

function address(path: string, query: readonly Pair[]): string {
  const pairs = query.map(([name, value]) => `${name}=${encoded(value)}`);
  return pairs.length === 0 ? path : `${path}?${pairs.join("&")}`;
}

/** A value as RFC 3986 allows it in a query; commas and colons stay readable. */
function encoded(value: string): string {
  const strict = (sign: string) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`;
  return encodeURIComponent(value)
    .replace(/[!'()*]/g, strict)
    .replaceAll("%2C", ",")
    .replaceAll("%3A", ":");
}
