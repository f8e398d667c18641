// Something that a screen reads for a question. When the question changes, the answer to the one before counts no more.

import { useEffect, useRef, useState } from "preact/hooks";
import type { Refusal } from "../http";
import { refusalOf } from "./task";

/** What a screen has read. */
export interface Loaded<T> {
  /** The answer to the present question; nothing until it is there. */
  readonly value: T | undefined;
  /** Why there is none. */
  readonly failure: Refusal | undefined;
  /** Whether an answer is under way. */
  readonly busy: boolean;
  /** Asks anew, and leaves the old answer until the new one is there. */
  renew(): void;
  /** Asks for more, which is put together with what is there. */
  more(ask: () => Promise<T>, join: (before: T, next: T) => T): void;
  /** Puts what is there in another shape, such as with a row that was written. */
  put(change: (before: T) => T): void;
}

/** Reads the answer to a question whenever its key is another. */
export function useLoaded<T>(key: string, ask: () => Promise<T>): Loaded<T> {
  const [told, setTold] = useState<{ key: string; value?: T; failure?: Refusal }>({ key });
  const [busy, setBusy] = useState(false);
  const latest = useRef(0);
  const run = (read: () => Promise<T>, join?: (before: T, next: T) => T) => {
    const turn = ++latest.current;
    setBusy(true);
    read()
      .then(
        (next) => {
          if (turn !== latest.current) return;
          setTold((before) => ({
            key,
            value: join && before.value !== undefined ? join(before.value, next) : next,
          }));
        },
        (cause: unknown) => {
          if (turn === latest.current) setTold((before) => ({ ...before, key, failure: refusalOf(cause) }));
        },
      )
      .finally(() => {
        if (turn === latest.current) setBusy(false);
      });
  };
  useEffect(() => {
    setTold({ key });
    run(ask);
  }, [key]);
  const own = told.key === key ? told : undefined;
  return {
    value: own?.value,
    failure: own?.failure,
    busy,
    renew: () => run(ask),
    more: (read, join) => run(read, join),
    put: (change) =>
      setTold((before) => (before.value === undefined ? before : { ...before, value: change(before.value) })),
  };
}
