// One question after another, as a slider puts them: the last answer wins. A question begins at most every so often and
// ends the one that is under way, so that dragging makes no storm; what was known stays until something newer is.

import { signal } from "@preact/signals";
import { Refusal } from "../staff/http";
import { refusalOf } from "../staff/parts/task";
import { now_ms } from "../staff/shell";

/** The least time between two questions of one kind, in milliseconds. */
const PACE_MS = 120;

/** What is known of a question. */
export interface Known<T> {
  /** The address that is wanted. */
  readonly path: string | undefined;
  /** The newest answer, and the address that gave it; it may be of an earlier question. */
  readonly value: T | undefined;
  readonly of: string | undefined;
  /** When it came by the server's clock, in milliseconds since 1970. */
  readonly came_ms: number;
  /** Whether the service itself said that it may be out of date. */
  readonly isOld: boolean;
  readonly failure: Refusal | undefined;
  readonly busy: boolean;
}

/** An answer with whether the service could follow its registry. */
export interface Answer<T> {
  readonly value: T;
  readonly isOld: boolean;
}

/** Reads an address. */
export type Read<T> = (path: string, signal: AbortSignal) => Promise<Answer<T>>;

const NOTHING = {
  path: undefined,
  value: undefined,
  of: undefined,
  came_ms: 0,
  isOld: false,
  failure: undefined,
  busy: false,
} as const;

/** The clock and the timers that questions are paced by. */
export interface Timing {
  now(): number;
  /** Runs something at the next frame that is so many milliseconds away. */
  later(run: () => void, wait_ms: number): void;
}

const REAL: Timing = {
  now: () => performance.now(),
  later: (run, wait_ms) => {
    setTimeout(() => requestAnimationFrame(run), wait_ms);
  },
};

/** A kind of question. */
export class Asked<T> {
  readonly known = signal<Known<T>>(NOTHING);
  readonly #read: Read<T>;
  readonly #timing: Timing;
  #running: AbortController | undefined;
  #isWaiting = false;
  #begun_ms = Number.NEGATIVE_INFINITY;

  constructor(read: Read<T>, timing: Timing = REAL) {
    this.#read = read;
    this.#timing = timing;
  }

  /** Says which address is wanted now; nothing where the answer is not shown. */
  want(path: string | undefined): void {
    const known = this.known.peek();
    if (path === known.path) return;
    if (path === undefined) {
      this.#running?.abort();
      this.known.value = { ...known, path, busy: false, failure: undefined };
      return;
    }
    // Back to what is there: nothing need be asked.
    if (path === known.of && !known.failure) {
      this.#running?.abort();
      this.known.value = { ...known, path, busy: false };
      return;
    }
    this.known.value = { ...known, path, busy: true };
    this.#wait();
  }

  /** Asks the same again. */
  again(): void {
    const known = this.known.peek();
    if (known.path === undefined) return;
    this.known.value = { ...known, busy: true, failure: undefined };
    this.#wait();
  }

  #wait(): void {
    if (this.#isWaiting) return;
    this.#isWaiting = true;
    const left = this.#begun_ms + PACE_MS - this.#timing.now();
    this.#timing.later(() => this.#begin(), Math.max(0, left));
  }

  #begin(): void {
    this.#isWaiting = false;
    const { path, busy } = this.known.peek();
    if (path === undefined || !busy) return;
    this.#running?.abort();
    const running = new AbortController();
    this.#running = running;
    this.#begun_ms = this.#timing.now();
    this.#read(path, running.signal).then(
      ({ value, isOld }) =>
        this.#end(running, path, { value, isOld, of: path, came_ms: now_ms(), failure: undefined }),
      (cause: unknown) => this.#end(running, path, { failure: refusalOf(cause) }),
    );
  }

  /** Takes what came of a question, unless another has been put since. */
  #end(running: AbortController, path: string, told: Partial<Known<T>>): void {
    if (running !== this.#running || running.signal.aborted) return;
    const known = this.known.peek();
    this.known.value = { ...known, ...told, busy: known.path !== path };
  }
}

/** What is shown of an answer: its state in one word. */
export function stateOf<T>({
  value,
  failure,
  busy,
  path,
  of,
  isOld,
}: Known<T>): "empty" | "loading" | "failed" | "stale" | "fresh" {
  if (failure) return value === undefined ? "failed" : "stale";
  if (value === undefined) return path === undefined ? "empty" : "loading";
  if (isOld) return "stale";
  return busy && path !== of ? "loading" : "fresh";
}

/** A refusal that says nothing came. */
export function isUnreachable(failure: Refusal | undefined): boolean {
  return failure instanceof Refusal && failure.status === 0;
}
