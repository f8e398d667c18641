// How fresh the board is: live, asked for in turn, or stale with its age.

import { Icon } from "../../staff/parts/icon";
import { g, say } from "../words";
import type { Live } from "./live";

/** The words of an age. */
export function ageWords(age_ms: number): string {
  const seconds = Math.round(age_ms / 1000);
  return seconds < 120 ? say(g.board.seconds, seconds) : say(g.board.minutes, Math.round(seconds / 60));
}

/** The mark in the corner. */
export function Freshness({ live }: { live: Live }) {
  if (live.stale_ms !== undefined) {
    return (
      <p class="live stale" role="status">
        <Icon name="warn" />
        {say(g.board.stale, { age: ageWords(live.stale_ms) })}
      </p>
    );
  }
  if (!live.facts) return null;
  return (
    <p class={live.how === "stream" ? "live on" : "live"} role="status">
      {live.how === "stream" ? g.board.live : g.board.poll}
    </p>
  );
}
