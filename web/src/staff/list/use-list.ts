// A list of the interface, page by page: the answer to the present question, and what comes after it.

import { ask, query, type Refusal } from "../http";
import { useLoaded } from "../parts/loaded";
import type { Page } from "../types";

/** What a list is asked; empty values are left out. */
export type Question = Parameters<typeof query>[0];

/** What a screen has read of a list. `T` is a row, `P` a page of them with whatever else it says. */
export interface List<T, P extends Page<T> = Page<T>> {
  /** The rows so far; nothing until the first page is there. */
  readonly items: readonly T[] | undefined;
  /** The last page, with the rows of all pages; its counts and totals are read here. */
  readonly page: P | undefined;
  /** Why the last request came to nothing. Rows that are there already stay. */
  readonly failure: Refusal | undefined;
  /** Whether an answer is under way. */
  readonly busy: boolean;
  /** Asks for the next page; nothing where the list has ended. */
  readonly more: (() => void) | undefined;
  /** Asks anew for the first page, and leaves the old rows until it is there. */
  renew(): void;
  /** Replaces rows that are there by what they have become. */
  change(each: (row: T) => T): void;
}

/** Reads `path` whenever the question is another; an answer to the question before counts no more. */
export function useList<T, P extends Page<T> = Page<T>>(path: string, question: Question = {}): List<T, P> {
  const read = (cursor?: string | null) => ask<P>("GET", path + query({ ...question, cursor }));
  const { value, failure, busy, renew, more, put } = useLoaded(path + query(question), () => read());
  const next = value?.next;
  const joined = (before: P, after: P): P => ({ ...after, items: [...before.items, ...after.items] });
  return {
    items: value?.items,
    page: value,
    failure,
    busy,
    more: next ? () => more(() => read(next), joined) : undefined,
    renew,
    change: (each) => put((page) => ({ ...page, items: page.items.map(each) })),
  };
}
