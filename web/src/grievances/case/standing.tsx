// How a case stands: whose it is, by when this step and the answer are due, and how those came to be.

import { end } from "../../staff/format";
import type { Case, Due } from "../types";
import { g } from "../words";
import { Deadline } from "./deadline";

/** The panel. */
export function Standing({ of }: { of: Case }) {
  const step = stepDue(of.step_due);
  return (
    <section class="panel pad stack standing">
      <h2>{g.case.standing}</h2>
      <dl class="facts">
        <dt>{g.case.owner}</dt>
        <dd>
          <b>{of.department?.name ?? g.common.no_department}</b>
          {of.handler ? ` · ${of.handler.name ?? "–"}` : ""}
        </dd>
        <dt>{g.case.waits_for}</dt>
        <dd>{of.waiting_for?.person?.name ?? of.waiting_for?.desk ?? g.case.waits_nobody}</dd>
        <dt>{g.columns.urgency}</dt>
        <dd>{g.urgencies[of.urgency] ?? of.urgency}</dd>
        {step?.at ? (
          <>
            <dt>{g.case.step_due}</dt>
            <dd>
              {end(step.at)} {step.left ? <small>{step.left}</small> : null}
            </dd>
          </>
        ) : null}
        {of.outcome ? (
          <>
            <dt>{g.case.outcome}</dt>
            <dd>{g.outcomes[of.outcome]}</dd>
          </>
        ) : null}
      </dl>
      <h3>{g.case.due}</h3>
      <Deadline due={of.due} received={of.received} state={of.state} />
    </section>
  );
}

/** The deadline of the present step, which the service tells as an instant or in full. */
function stepDue(due: Case["step_due"]): Due | undefined {
  return typeof due === "string" ? { at: due } : (due ?? undefined);
}
