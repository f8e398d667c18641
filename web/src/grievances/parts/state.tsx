// How a case stands, as a word with a shape: its state, its deadline, its supervision.

import { Icon } from "../../staff/parts/icon";
import type { RowDue, Standing, State } from "../types";
import { g, say } from "../words";

/** The look and the shape of each state. */
const LOOKS: Readonly<Record<State, readonly [string, string]>> = {
  submitted: ["waiting", "msg"],
  needs_info: ["plain", "pause"],
  declined: ["plain", "close"],
  merged: ["plain", "layers"],
  dispatched: ["waiting", "next"],
  returned: ["current", "undo"],
  accepted: ["open", "user"],
  in_progress: ["open", "clock"],
  answered: ["waiting", "call"],
  called_back: ["waiting", "check"],
  closed: ["plain", "check"],
  appealed: ["current", "flag"],
  archived: ["plain", "lock"],
  withdrawn: ["plain", "undo"],
};

/** The state of a case. */
export function StateTag({ state, round = 1 }: { state: State; round?: number }) {
  const [look, icon] = LOOKS[state] ?? ["plain", "info"];
  return (
    <span class={`stage ${look}`}>
      <Icon name={icon} />
      {g.states[state] ?? state}
      {round > 1 ? <small>{say(g.common.round, round)}</small> : null}
    </span>
  );
}

const STANDINGS: Readonly<Record<Standing, readonly [string, string]>> = {
  on_time: ["plain", "clock"],
  due_today: ["coming", "clock"],
  overdue: ["current", "warn"],
};

/** How much time a case has left; of one that is answered, whether it was in time. */
export function DueTag({ due, state }: { due: RowDue; state?: State }) {
  const isStopped = due.paused || state === "needs_info";
  const [look, icon] = isStopped ? ["plain", "pause"] : STANDINGS[due.standing];
  return (
    <span class={`stage ${look}`}>
      <Icon name={icon} />
      <b>{due.left || g.common[due.standing]}</b>
    </span>
  );
}

/** The level of supervision, where there is one. */
export function Level({ level }: { level: number }) {
  if (level <= 0) return null;
  return (
    <span class="stage current level">
      <Icon name="flag" />
      {g.levels[String(level) as keyof typeof g.levels] ?? level}
    </span>
  );
}
