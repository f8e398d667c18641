// How a case stands: whose it is, by when this step and the answer are due, and how those came to be.

import { end } from "../../staff/format";
import type { Case } from "../types";
import { g } from "../words";
import { Deadline } from "./deadline";

/** The panel. */
export function Standing({ of }: { of: Case }) {
  const { step_due: step } = of;
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
        <dd>{of.waiting_for.name || g.case.waits_nobody}</dd>
        <dt>{g.columns.urgency}</dt>
        <dd>{g.urgencies[of.urgency] ?? of.urgency}</dd>
        {step ? (
          <>
            <dt>{g.case.step_due}</dt>
            <dd>
              {end(step.at)} <small>{step.left}</small>
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
      <Deadline of={of} />
    </section>
  );
}
