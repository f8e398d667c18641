// The board as it changes: a stream of the service, and questions in turn where the stream does not come.

import { useEffect, useState } from "preact/hooks";
import type { Refusal } from "../../staff/http";
import { refusalOf } from "../../staff/parts/task";
import { now_ms } from "../../staff/shell";
import { BASE, readBoard } from "../api";
import type { Facts } from "./facts";

/** How often the board is asked for while there is no stream, in milliseconds. */
const POLL_MS = 15_000;
/** After so long without a word from the service the board is stale, in milliseconds. */
const STALE_MS = 60_000;
/** How often the age is told, in milliseconds. */
const TICK_MS = 5_000;

/** The board and how fresh it is. */
export interface Live {
  readonly facts: Facts | undefined;
  readonly failure: Refusal | undefined;
  readonly how: "stream" | "poll";
  /** The age of the figures in milliseconds, where they are stale. */
  readonly stale_ms: number | undefined;
  renew(): void;
}

/** Follows the board. On a wall the service leaves out what may not hang there. */
export function useBoard(isWall: boolean): Live {
  const [facts, setFacts] = useState<Facts>();
  const [heard, setHeard] = useState(0);
  const [isOpen, setOpen] = useState(false);
  const [failure, setFailure] = useState<Refusal>();
  const [now, setNow] = useState(now_ms());
  const take = (next: Facts) => {
    setFacts(next);
    setHeard(now_ms());
    setNow(now_ms());
    setFailure(undefined);
  };
  const ask = () => readBoard(isWall).then(take, (cause: unknown) => setFailure(refusalOf(cause)));
  useEffect(() => {
    void ask();
    const stream = new EventSource(`${BASE}/board${isWall ? "?wall=true" : ""}`);
    let isStreaming = false;
    const hear = (event: MessageEvent<string>) => {
      isStreaming = true;
      setOpen(true);
      if (event.data) take(JSON.parse(event.data) as Facts);
    };
    stream.addEventListener("message", hear);
    stream.addEventListener("board", hear);
    stream.addEventListener("open", () => {
      isStreaming = true;
      setOpen(true);
    });
    stream.addEventListener("error", () => {
      isStreaming = false;
      setOpen(false);
    });
    const poll = setInterval(() => {
      if (!isStreaming) void ask();
    }, POLL_MS);
    const tick = setInterval(() => setNow(now_ms()), TICK_MS);
    return () => {
      stream.close();
      clearInterval(poll);
      clearInterval(tick);
    };
  }, [isWall]);
  const age_ms = now - heard;
  // A stream that stands open is quiet while nothing changes.
  const isStale = facts !== undefined && !isOpen && (failure !== undefined || age_ms > STALE_MS);
  return {
    facts,
    failure,
    how: isOpen ? "stream" : "poll",
    stale_ms: isStale ? Math.max(0, age_ms) : undefined,
    renew: () => void ask(),
  };
}
