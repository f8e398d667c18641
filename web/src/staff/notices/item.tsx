// A notice as one reads it, and taking it back.

import { end, moment } from "../format";
import { Icon } from "../parts/icon";
import { wordOf } from "../shell";
import type { Notice } from "../types";
import { say, w } from "../words";

/** What a notice does, in words. */
export function effectWords({ effect, facility }: Notice): string {
  const what = facility ? wordOf("facility", facility) : w.notices.whole;
  return say(w.notices.does[effect], what);
}

/** From when to when. */
export function spanWords({ from, to }: Pick<Notice, "from" | "to">): string {
  return to
    ? say(w.notices.lasts, { from: moment(from), to: end(to) })
    : say(w.notices.endless, moment(from));
}

/** Whether it is in force, in word and shape. */
export function Standing({ notice }: { notice: Notice }) {
  const { withdrawn, current, from, to } = notice;
  const now = current
    ? "current"
    : withdrawn
      ? "withdrawn"
      : Date.parse(to ?? from) < Date.now() && to
        ? "past"
        : "coming";
  const icon = { current: "warn", withdrawn: "undo", past: "check", coming: "clock" }[now];
  return (
    <span class={`stage ${now}`}>
      <Icon name={icon} />
      {w.notices.standing[now]}
    </span>
  );
}
