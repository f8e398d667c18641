// The bar below every step: what still stands in the way, the workbook, and the way on.

import { Icon } from "../parts/icon";
import { say, w } from "../words";
import { workbookOf } from "./api";
import { underWay } from "./state";
import { hrefOf, openIn, STEPS, type Step } from "./steps";
import type { Import } from "./types";

/** The bar. */
export function End({ it, step }: { it: Import; step: Step }) {
  const at = STEPS.indexOf(step);
  const [before, after] = [STEPS[at - 1], STEPS[at + 1]];
  return (
    <footer class="panel end-bar">
      <p role="status">
        {underWay.value > 0 ? (
          <span>
            <Icon name="clock" />
            {w.imports.saving}
          </span>
        ) : (
          <Standing it={it} />
        )}
      </p>
      <a class="btn quiet" href={workbookOf(it.id)} download>
        <Icon name="save" />
        {w.imports.workbook}
      </a>
      {before ? (
        <a class="btn quiet" href={hrefOf(it.id, before)}>
          {w.imports.back}
        </a>
      ) : null}
      {after ? (
        <a class={openIn(step, it) > 0 ? "btn quiet" : "btn"} href={hrefOf(it.id, after)}>
          {say(w.imports.forth, w.imports.steps[after])}
        </a>
      ) : null}
    </footer>
  );
}

/** In one sentence: whether it can be committed, and what that means. */
function Standing({ it }: { it: Import }) {
  if (it.state !== "planned") return <span>{w.imports.states_text[it.state]}</span>;
  if (it.errors > 0) {
    return (
      <span>
        <b>{say(w.imports.errors_left, it.errors)}</b> {w.imports.all_or_nothing}
      </span>
    );
  }
  if (it.blocked.length > 0) return <b>{say(w.imports.blocked_left, it.blocked.length)}</b>;
  return (
    <span>
      <b>{w.imports.ready}</b> {w.imports.all_or_nothing}
    </span>
  );
}
