// What the server's shell tells the script: the words of codes, the districts, the present, the base map.

/** A code with its word in the language of the page. */
export interface Term {
  readonly code: string;
  readonly word: string;
}

/** The vocabularies that the shell brings. */
export type Kind = "build" | "host" | "form" | "facility" | "access" | "trade";

/** A district with its ground. */
export interface District {
  readonly adcode: string;
  readonly name: string;
  readonly coordinates: readonly (readonly (readonly (readonly [number, number])[])[])[];
}

interface Shell {
  readonly now: string;
  readonly middle: readonly [number, number] | null;
  readonly vocabulary: Readonly<Record<Kind, readonly Term[]>>;
  readonly districts: readonly District[];
}

const EMPTY: Shell = {
  now: "2026-11-24T10:00:00+08:00",
  middle: null,
  vocabulary: { build: [], host: [], form: [], facility: [], access: [], trade: [] },
  districts: [],
};

const root = document.getElementById("staff");
const read: Shell = root?.dataset.shell ? (JSON.parse(root.dataset.shell) as Shell) : EMPTY;

/** What the page states of the base map. */
export const basemap = root?.dataset.basemap;
/** Where an empty map begins. */
export const middle = read.middle ? { lon: read.middle[0], lat: read.middle[1] } : { lon: 119.5, lat: 39.9 };
/** The districts of the city. */
export const districts = read.districts;

/** The terms of a vocabulary, in its order. */
export function terms(kind: Kind): readonly Term[] {
  return read.vocabulary[kind];
}

/** The word for a code; the code itself where there is none. */
export function wordOf(kind: Kind, code: string): string {
  return read.vocabulary[kind].find((term) => term.code === code)?.word ?? code;
}

/** The name of a district; its code where it is not of this city. */
export function districtName(adcode: string): string {
  return read.districts.find((district) => district.adcode === adcode)?.name ?? adcode;
}

const OFFSET = /([+-]\d\d:\d\d|Z)$/.exec(read.now)?.[1] ?? "+08:00";
/** How far the city's clock is ahead of UTC, in milliseconds. */
const OFFSET_MS = OFFSET === "Z" ? 0 : offsetOf(OFFSET);
/** How far the server's clock is ahead of this machine's. */
const AHEAD_MS = Date.parse(read.now) - Date.now();

function offsetOf(text: string): number {
  const [hours = 0, minutes = 0] = text.slice(1).split(":").map(Number);
  return (text.startsWith("-") ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}

/** The present by the server's clock, in milliseconds since 1970. */
export function now_ms(): number {
  return Date.now() + AHEAD_MS;
}

/** An instant as the city's clocks show it, in the UTC fields of a date. */
export function wall(instant_ms: number): Date {
  return new Date(instant_ms + OFFSET_MS);
}

/** What a field for date and time holds for an instant: `2026-11-24T10:00`. */
export function fieldOf(instant_ms: number): string {
  return wall(instant_ms).toISOString().slice(0, 16);
}

/** The instant that a field for date and time means, as RFC 3339; nothing where it is empty. */
export function instantOf(field: string): string | null {
  return field ? `${field.length === 16 ? `${field}:00` : field}${OFFSET}` : null;
}
