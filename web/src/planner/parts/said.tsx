// What the page says of its own figures: that they are of a stand-in, that they are old, that they could not be had.

import { clock } from "../../staff/format";
import { Button } from "../../staff/parts/button";
import { Icon } from "../../staff/parts/icon";
import { wordsOf } from "../../staff/parts/task";
import { type Asked, stateOf } from "../asked";
import { standIn } from "../store";
import { p, say, w } from "../words";

/** Says that the people are guessed; nothing where they were counted. */
export function StandIn({ short = false }: { short?: boolean }) {
  const layer = standIn.value;
  if (!layer) return null;
  if (short) return <span class="stand-in">{p.stand_in.short}</span>;
  return (
    <div class="note stand-in-note">
      <Icon name="info" />
      <div>
        <b>{p.stand_in.title}</b>
        <details>
          <summary>{p.stand_in.how}</summary>
          <p>{layer.note}</p>
        </details>
      </div>
    </div>
  );
}

/** What went wrong with an answer, and whether an older one is still shown. */
export function Trouble({ asked, what }: { asked: Asked<unknown>; what?: string }) {
  const known = asked.known.value;
  const state = stateOf(known);
  if (state !== "failed" && state !== "stale") return null;
  const { failure, came_ms } = known;
  return (
    <div class={state === "failed" ? "note bad" : "note"} role={state === "failed" ? "alert" : "status"}>
      <Icon name={state === "failed" ? "warn" : "offline"} />
      <div>
        <b>
          {what ? `${what}${w.common.colon}` : ""}
          {state === "stale" ? say(p.state.stale, clock(came_ms)) : p.state.failed}
        </b>
        {failure ? (
          <p>{failure.faults.map(({ detail }) => detail).join(" ") || wordsOf(failure)}</p>
        ) : (
          <p>{p.state.old}</p>
        )}
        <Button look="quiet small" icon="undo" onClick={() => asked.again()}>
          {w.common.again}
        </Button>
      </div>
    </div>
  );
}
