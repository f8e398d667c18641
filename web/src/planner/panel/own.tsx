// One's own nearness: a number of minutes or metres, on foot or straight.

import { useState } from "preact/hooks";
import { Button } from "../../staff/parts/button";
import type { Question, Reach } from "../question";
import { change } from "../store";
import { p } from "../words";

const KINDS = ["minutes", "walked", "straight"] as const;
type Kind = (typeof KINDS)[number];
/** The most that the interface takes. */
const MOST: Readonly<Record<Kind, number>> = { minutes: 240, walked: 50_000, straight: 50_000 };

/** The nearness that a number of some kind means. */
export function reachFor(kind: Kind, number: number): Reach {
  if (kind === "minutes") return { within_s: number * 60, within_m: undefined, by: "walk" };
  return { within_s: undefined, within_m: number, by: kind === "straight" ? "straight" : "walk" };
}

/** The fields; nothing is asked until they are sent. */
export function Own({ asked }: { asked: Question }) {
  const { within_s, within_m, by } = asked;
  const isTime = within_m === undefined;
  const [kind, setKind] = useState<Kind>(isTime ? "minutes" : by === "straight" ? "straight" : "walked");
  const [text, setText] = useState(String(isTime ? Math.round((within_s ?? 900) / 60) : within_m));
  const send = (event: Event) => {
    event.preventDefault();
    change(reachFor(kind, Number(text)));
  };
  return (
    <form class="own" onSubmit={send}>
      <input
        class="input"
        type="number"
        aria-label={p.reach.number}
        min={1}
        max={MOST[kind]}
        step={1}
        required
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
      />
      <select
        class="input"
        aria-label={p.reach.kind}
        value={kind}
        onChange={(event) => setKind(event.currentTarget.value as Kind)}
      >
        {KINDS.map((code) => (
          <option key={code} value={code} selected={code === kind}>
            {p.reach.kinds[code]}
          </option>
        ))}
      </select>
      <Button type="submit" look="quiet small">
        {p.reach.go}
      </Button>
    </form>
  );
}
