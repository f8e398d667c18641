// A code on screen: drawn by the service for a minute, gone once nobody looks, another one when somebody does again.

import { useEffect, useRef, useState } from "preact/hooks";
import type { Refusal } from "../../staff/http";
import { readCode } from "../phone/api";
import { refusalOf } from "../phone/parts";
import type { Code } from "../phone/types";

/** What is on screen. */
export interface OnScreen {
  /** Nothing while it is fetched, or while nobody looks. */
  readonly code: Code | undefined;
  /** How many seconds it is good for. */
  readonly left: number;
  readonly failure: Refusal | undefined;
  /** Whether nobody looks. */
  readonly isAway: boolean;
  /** Fetches another one. */
  readonly again: () => void;
}

/** Whether the page is before somebody's eyes. */
function isLookedAt(): boolean {
  return document.visibilityState === "visible" && document.hasFocus();
}

/** Whether somebody looks at the page, now and from now on. */
function useAttention(): readonly [boolean, (isHere: boolean) => void] {
  const [isHere, setHere] = useState(isLookedAt);
  useEffect(() => {
    const away = () => setHere(false);
    const look = () => setHere(isLookedAt());
    const hide = () => document.visibilityState === "hidden" && setHere(false);
    addEventListener("blur", away);
    addEventListener("pagehide", away);
    addEventListener("focus", look);
    addEventListener("pageshow", look);
    document.addEventListener("visibilitychange", hide);
    return () => {
      removeEventListener("blur", away);
      removeEventListener("pagehide", away);
      removeEventListener("focus", look);
      removeEventListener("pageshow", look);
      document.removeEventListener("visibilitychange", hide);
    };
  }, []);
  return [isHere, setHere];
}

/**
 * The code of a voucher for as long as somebody looks. Its time is counted by this phone from when it came, because
 * the phone's clock may be wrong.
 */
export function useCode(voucher: string): OnScreen {
  const [isHere, setHere] = useAttention();
  const [round, setRound] = useState(0);
  const [code, setCode] = useState<Code>();
  const [left, setLeft] = useState(0);
  const [failure, setFailure] = useState<Refusal>();
  const until = useRef(0);
  useEffect(() => {
    setCode(undefined);
    setFailure(undefined);
    if (!isHere) return;
    let isPresent = true;
    const asked_ms = performance.now();
    readCode(voucher).then(
      (next) => {
        if (!isPresent) return;
        until.current = asked_ms + next.seconds * 1000;
        setLeft(next.seconds);
        setCode(next);
      },
      (cause: unknown) => isPresent && setFailure(refusalOf(cause)),
    );
    return () => {
      isPresent = false;
    };
  }, [voucher, isHere, round]);
  useEffect(() => {
    if (!code) return;
    const timer = setInterval(() => {
      const next = Math.ceil((until.current - performance.now()) / 1000);
      if (next <= 0) setRound((before) => before + 1);
      else setLeft(next);
    }, 250);
    return () => clearInterval(timer);
  }, [code]);
  const again = () => {
    setHere(true);
    setRound((before) => before + 1);
  };
  return { code, left, failure, isAway: !isHere, again };
}
