// A list that is read page by page, and asked again when somebody comes back to it.

import { useEffect, useRef, useState } from "preact/hooks";
import type { Refusal } from "../../staff/http";
import { refusalOf } from "../../staff/parts/task";
import type { Count } from "../types";

/** How old a list may be when somebody comes back to it, in milliseconds. */
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
  const asked = useRef(0);
  const run = (cursor?: string) => {
    const own = ++turn.current;
    asked.current = Date.now();
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
    // Not by the clock: a session that is not used shall end. Rows that were added by hand stay.
    const back = () => {
      const isOld = Date.now() - asked.current > AGAIN_MS;
      if (document.visibilityState === "visible" && isOld && !hasMore.current) run();
    };
    document.addEventListener("visibilitychange", back);
    return () => document.removeEventListener("visibilitychange", back);
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
