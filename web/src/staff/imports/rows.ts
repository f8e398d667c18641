// The rows that the grid shows: asked for page by page as one scrolls down, and all again after a correction.

import { signal } from "@preact/signals";
import type { Refusal } from "../http";
import { refusalOf } from "../parts/task";
import { readRows } from "./api";
import type { RowFilter } from "./steps";
import type { Problem, Row, Rows } from "./types";

/** Rows of one answer; the most that the service gives. */
export const PAGE = 200;

/** The rows of one filter. */
export class RowStore {
  readonly items = signal<readonly Row[]>([]);
  /** How many rows there are in all; nothing before the first answer. */
  readonly total = signal<number | undefined>(undefined);
  readonly failure = signal<Refusal | undefined>(undefined);
  readonly isLoading = signal(false);
  readonly #id: string;
  #filter: RowFilter;
  #next: string | null | undefined;
  #running = new AbortController();
  /** Down to which row somebody looks. */
  #wanted = PAGE;

  constructor(id: string, filter: RowFilter) {
    this.#id = id;
    this.#filter = filter;
  }

  /** Shows other rows from their beginning. */
  async show(filter: RowFilter): Promise<void> {
    this.#filter = filter;
    this.#wanted = PAGE;
    this.total.value = undefined;
    await this.renew();
  }

  /** Asks for the same rows again; the old ones stay until the new ones are all there. */
  async renew(): Promise<void> {
    await this.#read([], undefined);
  }

  /** Sees to it that the first so many rows are there. */
  async need(count: number): Promise<void> {
    this.#wanted = Math.max(this.#wanted, Math.min(count, this.total.value ?? count));
    if (this.isLoading.value || !this.#next || this.items.value.length >= this.#wanted) return;
    await this.#read(this.items.value, this.#next);
  }

  /** Gives up what is on its way. */
  close(): void {
    this.#running.abort();
  }

  async #read(before: readonly Row[], from: string | undefined): Promise<void> {
    this.#running.abort();
    const mine = new AbortController();
    this.#running = mine;
    this.isLoading.value = true;
    let items = before;
    let cursor: string | null | undefined = from;
    try {
      do {
        const answer: Rows = await readRows(this.#id, this.#asked(cursor), mine.signal);
        if (mine.signal.aborted) return;
        items = [...items, ...answer.items];
        cursor = answer.next;
        this.total.value = answer.total;
        this.#next = cursor;
        // What grows is shown as it comes; what is asked again takes the place of the old at once.
        if (from || items.length >= this.#wanted || !cursor) this.items.value = items;
      } while (cursor && items.length < this.#wanted);
      this.failure.value = undefined;
    } catch (cause) {
      if (!mine.signal.aborted) this.failure.value = refusalOf(cause);
    } finally {
      if (this.#running === mine) this.isLoading.value = false;
    }
  }

  #asked(cursor: string | null | undefined) {
    const { levels, code, row } = this.#filter;
    return {
      level: levels.join(","),
      code,
      limit: PAGE,
      cursor: cursor ?? null,
      ...(row === undefined ? {} : { row }),
    };
  }
}

/** Where a problem is: a row by its place in the list, and a column; -1 is the number of the row. */
export interface Spot {
  readonly at: number;
  readonly column: number;
}

/** The next cell with an error or a warning after a spot, from the top again at the end. */
export function nextFaulty(rows: readonly Row[], after: Spot): Spot | undefined {
  const isPast = ({ at, column }: Spot) => at > after.at || (at === after.at && column > after.column);
  let first: Spot | undefined;
  for (const [at, row] of rows.entries()) {
    for (const column of faultyColumns(row)) {
      first ??= { at, column };
      if (isPast({ at, column })) return { at, column };
    }
  }
  return first;
}

/** The columns of a row with an error or a warning, in their order. */
function faultyColumns(row: Row): readonly number[] {
  const found = row.problems.filter(({ level }) => level === "error" || level === "warning");
  const columns = found.map(({ column }) => (typeof column === "number" ? column : -1));
  return [...new Set(columns)].sort((a, b) => a - b);
}

/** Whether a problem is about a cell: it says so, or its first suggestion would change the cell. */
export function isAbout({ column: own, suggestions }: Problem, column: number | null): boolean {
  return own === column || (suggestions?.[0]?.fixes ?? []).some((fix) => fix.column === column);
}

/** The worst problem of a cell; `column` is nothing for problems of the whole row. */
export function worst(row: Row, column: number | null) {
  const own = row.problems.filter((problem) => isAbout(problem, column));
  return own.find(({ level }) => level === "error") ?? own.find(({ level }) => level === "warning") ?? own[0];
}
