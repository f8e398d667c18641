// A list that is read page by page, and asked again while it is looked at.

import { useEffect, useRef, useState } from "preact/hooks";
import type { Refusal } from "../../staff/http";
import { refusalOf } from "../../staff/parts/task";
import type { Count } from "../types";

/** How often a list that is looked at is asked again, in milliseconds. */
const AGAIN_MS = 60_000;

/** A page of anything. */
export interface PageOf<T> {
  readonly items: readonly T[];
  readonly next?: string | null;
  readonly counts?: readonly Count[];
}

/** What a screen has read of a list. */
export interface List<T> {
  /** The rows; nothing until they are there. */
  readonly rows: readonly T[] | undefined;
  readonly counts: PageOf<T>["counts"];
  readonly next: string | null;
  readonly failure: Refusal | undefined;
  readonly busy: boolean;
  renew(): void;
  more(): void;
}

interface Told<T> {
  readonly key: string;
  readonly rows?: readonly T[];
  readonly next?: string | null;
  readonly counts?: PageOf<T>["counts"];
  readonly failure?: Refusal;
}

/** Reads a list whenever its key is another. */
export function useList<T>(key: string, read: (cursor?: string) => Promise<PageOf<T>>): List<T> {
  const [told, setTold] = useState<Told<T>>({ key });
  const [busy, setBusy] = useState(false);
  const turn = useRef(0);
  const run = (cursor?: string) => {
    const own = ++turn.current;
    setBusy(true);
    read(cursor)
      .then(
        (page) => {
          if (own !== turn.current) return;
          setTold((before) => ({
            key,
            rows: cursor ? [...(before.rows ?? []), ...page.items] : page.items,
            next: page.next ?? null,
            counts: page.counts,
          }));
        },
        (cause: unknown) => {
          if (own === turn.current) setTold((before) => ({ ...before, key, failure: refusalOf(cause) }));
        },
      )
      .finally(() => {
        if (own === turn.current) setBusy(false);
      });
  };
  const hasMore = useRef(false);
  useEffect(() => {
    setTold({ key });
    hasMore.current = false;
    run();
    // Rows that were added by hand stay: a list that grew is not asked again by itself.
    const timer = setInterval(() => {
      if (document.visibilityState === "visible" && !hasMore.current) run();
    }, AGAIN_MS);
    return () => clearInterval(timer);
  }, [key]);
  const own: Told<T> = told.key === key ? told : { key };
  return {
    rows: own.rows,
    counts: own.counts,
    next: own.next ?? null,
    failure: own.failure,
    busy,
    renew: () => run(),
    more: () => {
      hasMore.current = true;
      if (own.next) run(own.next);
    },
  };
}
