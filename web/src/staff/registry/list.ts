// The rows of the table: asked for when the filters change, kept while a newer answer is on its way.

import { computed, signal } from "@preact/signals";
import { listStations } from "../api";
import type { Refusal } from "../http";
import { refusalOf } from "../parts/task";
import { go, here } from "../route";
import { now_ms } from "../shell";
import type { Register, Station } from "../types";
import { asked, type Filters, readFilters, writeFilters } from "./filters";

/** Rows on one page. */
export const ROWS = 50;

/** The filters of the address. */
export const filters = computed(() => readFilters(here.value.searchParams));
/** The station that is open beside the table: its id, or `new`. */
export const opened = computed(() => here.value.searchParams.get("station") ?? "");
/** The answer that is shown. */
export const register = signal<Register | undefined>(undefined);
/** Why there is no newer one. */
export const failure = signal<Refusal | undefined>(undefined);
/** Whether a newer one is on its way. */
export const isLoading = signal(false);
/** When the answer that is shown was given, in milliseconds since 1970. */
export const answered_ms = signal(0);
/** The ids of the rows that are chosen. */
export const chosen = signal<ReadonlySet<string>>(new Set());

let running: AbortController | undefined;
/** Where the pages before this one begin, so that one can go back. */
let before: { cursor: string; from: number }[] = [];

/** Asks for the rows of the present filters. */
export async function load(): Promise<void> {
  running?.abort();
  const mine = new AbortController();
  running = mine;
  isLoading.value = true;
  const parameters = asked(filters.value, now_ms());
  parameters.set("limit", String(ROWS));
  if (filters.value.cursor) parameters.set("cursor", filters.value.cursor);
  try {
    const answer = await listStations(`?${parameters}`, mine.signal);
    if (running !== mine) return;
    register.value = answer;
    failure.value = undefined;
    answered_ms.value = now_ms();
    const ids = new Set(answer.items.map(({ id }) => id));
    chosen.value = new Set([...chosen.value].filter((id) => ids.has(id)));
  } catch (cause) {
    if (running === mine) failure.value = refusalOf(cause);
  } finally {
    if (running === mine) isLoading.value = false;
  }
}

/** Shows other rows; the station that is open stays open. */
export function filter(next: Filters): void {
  if (!next.cursor) before = [];
  const parameters = writeFilters(next);
  for (const name of ["station", "tab"]) {
    const value = here.value.searchParams.get(name);
    if (value) parameters.set(name, value);
  }
  go(`/staff${parameters.size > 0 ? `?${parameters}` : ""}`, next.q !== filters.value.q);
}

/** The next page. */
export function forth(): void {
  const cursor = register.value?.next;
  if (!cursor) return;
  const { cursor: begin, from } = filters.value;
  before.push({ cursor: begin, from });
  filter({ ...filters.value, cursor, from: from + (register.value?.items.length ?? 0) });
}

/** The page before; the first one where it is not known. */
export function back(): void {
  filter({ ...filters.value, ...(before.pop() ?? { cursor: "", from: 0 }) });
}

/** Opens a station beside the table, or closes it. */
export function open(id: string, tab = ""): void {
  const url = new URL(here.value);
  for (const [name, value] of [
    ["station", id],
    ["tab", tab],
  ] as const) {
    if (value) url.searchParams.set(name, value);
    else url.searchParams.delete(name);
  }
  if (url.href !== here.value.href) go(url);
}

/** Puts a station that was just written in the place of its row. */
export function replaceRow(station: Station): void {
  const shown = register.value;
  if (!shown) return;
  register.value = { ...shown, items: shown.items.map((row) => (row.id === station.id ? station : row)) };
}

/** Chooses a row or leaves it. */
export function choose(id: string, on: boolean): void {
  const next = new Set(chosen.value);
  if (on) next.add(id);
  else next.delete(id);
  chosen.value = next;
}

/** Chooses every row between two, both included. */
export function chooseBetween(first: string, last: string, on: boolean): void {
  const ids = (register.value?.items ?? []).map(({ id }) => id);
  const [from, to] = [ids.indexOf(first), ids.indexOf(last)].sort((a, b) => a - b) as [number, number];
  const next = new Set(chosen.value);
  for (const id of ids.slice(Math.max(0, from), to + 1)) {
    if (on) next.add(id);
    else next.delete(id);
  }
  chosen.value = next;
}
