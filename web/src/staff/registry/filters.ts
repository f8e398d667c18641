// What the table shows, as the address says it, and back. The same filters go to the service.

import { STATUSES } from "../types";

/** The filters that hold any of several codes. */
export const FACETS = ["district", "status", "state", "host", "facility", "build", "form", "access"] as const;
export type Facet = (typeof FACETS)[number];
/** The facets of which the service takes one code at a time. */
export const SINGLE: readonly Facet[] = ["district", "build", "form"];

/** How the table may be sorted; `-` before a name turns the order. */
export const SORTS = ["code", "name", "status", "changed", "confirmed"] as const;
export type Sort = (typeof SORTS)[number];

export interface Filters {
  readonly q: string;
  readonly codes: Readonly<Record<Facet, readonly string[]>>;
  /** Not confirmed for so many days, or never. */
  readonly unconfirmed_days: number | undefined;
  readonly demonstration: boolean | undefined;
  /** Only those that doors found locked mark. */
  readonly isMarked: boolean;
  readonly sort: Sort;
  readonly isDescending: boolean;
  /** Where the page begins, as the service said. */
  readonly cursor: string;
  /** The number of the first row, from 0. */
  readonly from: number;
}

/** The states that a station may be in now. */
export const STATES = ["open", "closing_soon", "closed", "closed_by_notice", "suspended", "unknown"] as const;
const CODE = /^[a-z0-9_]{1,40}$/;
const DAY_MS = 86_400_000;
/** The most days that a filter goes back. */
const MOST_DAYS = 3660;
const MOST_CURSOR = 500;
const MOST_WORDS = 100;

/** No filter at all. */
export const NO_FILTERS: Filters = {
  q: "",
  codes: { district: [], status: [], state: [], host: [], facility: [], build: [], form: [], access: [] },
  unconfirmed_days: undefined,
  demonstration: undefined,
  isMarked: false,
  sort: "code",
  isDescending: false,
  cursor: "",
  from: 0,
};

/** Reads the filters of an address. What it does not know it passes over. */
export function readFilters(parameters: URLSearchParams): Filters {
  const text = (name: string, most: number) => (parameters.get(name) ?? "").slice(0, most);
  const codes = Object.fromEntries(FACETS.map((facet) => [facet, codesOf(facet, parameters.get(facet))]));
  const sort = text("sort", 20);
  const column = SORTS.find((name) => name === sort.replace(/^-/, ""));
  return {
    q: text("q", MOST_WORDS),
    codes: codes as Record<Facet, string[]>,
    unconfirmed_days: whole(parameters.get("unconfirmed"), 1, MOST_DAYS),
    demonstration: { true: true, false: false }[text("demonstration", 5)],
    isMarked: text("marked", 5) === "true",
    sort: column ?? "code",
    isDescending: column !== undefined && sort.startsWith("-"),
    cursor: text("cursor", MOST_CURSOR),
    from: whole(parameters.get("from"), 0, 1_000_000) ?? 0,
  };
}

function codesOf(facet: Facet, text: string | null): string[] {
  const known: readonly string[] | undefined = { status: STATUSES, state: STATES as readonly string[] }[
    facet as string
  ];
  const codes = (text ?? "").split(",").filter((code) => CODE.test(code) && (known?.includes(code) ?? true));
  return SINGLE.includes(facet) ? codes.slice(0, 1) : [...new Set(codes)];
}

function whole(text: string | null, least: number, most: number): number | undefined {
  if (!text || !/^\d{1,7}$/.test(text)) return undefined;
  const number = Number(text);
  return number >= least && number <= most ? number : undefined;
}

/** The filters as parameters of the page's address. */
export function writeFilters(filters: Filters): URLSearchParams {
  const parameters = new URLSearchParams();
  if (filters.q) parameters.set("q", filters.q);
  for (const facet of FACETS) {
    const codes = filters.codes[facet];
    if (codes.length > 0) parameters.set(facet, codes.join(","));
  }
  if (filters.unconfirmed_days !== undefined) parameters.set("unconfirmed", String(filters.unconfirmed_days));
  if (filters.demonstration !== undefined) parameters.set("demonstration", String(filters.demonstration));
  if (filters.isMarked) parameters.set("marked", "true");
  if (filters.sort !== "code" || filters.isDescending)
    parameters.set("sort", `${filters.isDescending ? "-" : ""}${filters.sort}`);
  if (filters.cursor) {
    parameters.set("cursor", filters.cursor);
    parameters.set("from", String(filters.from));
  }
  return parameters;
}

/** The filters as the service's interface names them, without the page; `now_ms` is the present. */
export function asked(filters: Filters, now_ms: number): URLSearchParams {
  const parameters = writeFilters({ ...filters, cursor: "" });
  parameters.delete("unconfirmed");
  parameters.set("sort", `${filters.isDescending ? "-" : ""}${filters.sort}`);
  if (filters.unconfirmed_days !== undefined) {
    const before = new Date(now_ms - filters.unconfirmed_days * DAY_MS);
    parameters.set("confirmed_before", before.toISOString().replace(/\.\d+Z$/, "Z"));
  }
  return parameters;
}

/** Other codes in a facet; the table begins anew. */
export function withCodes(filters: Filters, facet: Facet, codes: readonly string[]): Filters {
  return atStart({ ...filters, codes: { ...filters.codes, [facet]: codes } });
}

/** The first page of the same. */
export function atStart(filters: Filters): Filters {
  return { ...filters, cursor: "", from: 0 };
}

/** Sorted by a column; the same column again turns the order. */
export function sortedBy(filters: Filters, sort: Sort): Filters {
  return atStart({ ...filters, sort, isDescending: filters.sort === sort && !filters.isDescending });
}

/** How many filters are on. */
export function countOf(filters: Filters): number {
  const facets = FACETS.filter((facet) => filters.codes[facet].length > 0).length;
  const others = [
    filters.q !== "",
    filters.unconfirmed_days !== undefined,
    filters.demonstration !== undefined,
    filters.isMarked,
  ];
  return facets + others.filter(Boolean).length;
}
