// Something that takes a while: whether it is under way, and what became of it.

import { useRef, useState } from "preact/hooks";
import { Refusal } from "../http";
import { say, w } from "../words";

/** What a page shows of something that takes a while. */
export interface Task {
  readonly busy: boolean;
  /** Why it came to nothing. */
  readonly failure: Refusal | undefined;
  /** Does it, unless it is already being done; tells whether it was done. */
  run(work: () => Promise<unknown>): Promise<boolean>;
  /** Forgets what went wrong. */
  clear(): void;
}

/** A task of a component. */
export function useTask(): Task {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Refusal>();
  const running = useRef(false);
  return {
    busy,
    failure,
    clear: () => setFailure(undefined),
    async run(work) {
      if (running.current) return false;
      running.current = true;
      setBusy(true);
      setFailure(undefined);
      try {
        await work();
        return true;
      } catch (cause) {
        setFailure(refusalOf(cause));
        return false;
      } finally {
        running.current = false;
        setBusy(false);
      }
    },
  };
}

/** Whatever went wrong, as a refusal; a fault of the page itself is shown in the console too. */
export function refusalOf(cause: unknown): Refusal {
  if (cause instanceof Refusal) return cause;
  console.error(cause);
  return new Refusal(0, "fault", "");
}

/** What went wrong, for people: the service's own words where it has some. */
export function wordsOf(failure: Refusal): string {
  const { code, message, retry_s } = failure;
  const known = w.failures as Readonly<Record<string, string>>;
  const text = Object.hasOwn(known, code) ? known[code] : message;
  return say(text || w.failures.fault, { minutes: Math.max(1, Math.ceil((retry_s ?? 60) / 60)) });
}
