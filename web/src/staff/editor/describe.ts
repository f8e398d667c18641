// Values of fields in words, for whoever compares them.

import { day, listed } from "../format";
import { districtName, type Kind, wordOf } from "../shell";
import type { Facility } from "../types";
import { say, w } from "../words";

const CODED: Readonly<Record<string, Kind>> = {
  build: "build",
  host: "host",
  form: "form",
  access: "access",
  trades: "trade",
};

/** A value as one line; a dash where there is none. */
export function describe(part: string, value: unknown): string {
  if (value === null || value === undefined || value === "" || (Array.isArray(value) && value.length === 0))
    return "–";
  if (part === "position" || part === "entrance") return placeWords(value as { lat: number; lon: number });
  if (part === "district") return districtName(String(value));
  if (part === "status")
    return (w.statuses as Readonly<Record<string, string>>)[String(value)] ?? String(value);
  if (part === "opened_on") return day(`${String(value)}T00:00:00Z`);
  if (part === "facilities" && Array.isArray(value)) return listed(value.map(facilityWords));
  if (Array.isArray(value)) return listed(value.map((item) => wordFor(part, item)));
  if (typeof value === "boolean") return value ? w.common.yes : w.common.no;
  return wordFor(part, value);
}

function wordFor(part: string, value: unknown): string {
  const kind = CODED[part];
  if (kind) return wordOf(kind, String(value));
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** A position with its floor and side, where it has them. */
function placeWords(value: { lat: number; lon: number; floor?: unknown; side?: unknown }): string {
  const at = `${value.lon.toFixed(5)}, ${value.lat.toFixed(5)}`;
  return [at, value.floor && say(w.place.floor_is, String(value.floor)), value.side]
    .filter(Boolean)
    .join(" · ");
}

/** A facility with what is not usual about it. */
export function facilityWords(facility: Facility): string {
  const { code, working, hours, season, count, note } = facility;
  const more = [
    working === "broken" ? w.facilities.broken : "",
    count ? say(w.units.pieces, count) : "",
    hours ?? "",
    season ? seasonWords(season) : "",
    note ?? "",
  ].filter(Boolean);
  return wordOf("facility", code) + (more.length > 0 ? say(w.common.brackets, more.join(" · ")) : "");
}

/** A season: `11-15/03-15` as `11月15日至3月15日`. */
export function seasonWords(season: string): string {
  const match = /^(\d\d)-(\d\d)\/(\d\d)-(\d\d)$/.exec(season);
  if (!match) return season;
  const [, m1, d1, m2, d2] = match.map(Number) as [number, number, number, number, number];
  const month = (number: number) => w.time.months[number - 1] ?? String(number);
  return say(w.facilities.season_is, {
    from: `${month(m1)}${say(w.time.day, d1)}`,
    to: `${month(m2)}${say(w.time.day, d2)}`,
  });
}
