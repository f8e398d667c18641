// What happened, in order: who did what when, in which round, and whether the reporter reads it.

import { Icon } from "../../staff/parts/icon";
import { Files } from "../parts/attach";
import { whenWords } from "../parts/time";
import type { Case, Step } from "../types";
import { g, say, w } from "../words";

/** Steps whose words are between staff, although the reporter sees that they were done. */
const INNER = ["dispatch", "return", "supervise", "sign_off", "call_back"];

/** The panel. */
export function Timeline({ of }: { of: Case }) {
  return (
    <section class="panel pad stack">
      <h2>{g.case.timeline}</h2>
      <ol class="steps">
        {of.timeline.map((step, at) => (
          <Entry
            key={step.id}
            of={of}
            step={step}
            isNow={at === of.timeline.length - 1}
            before={of.timeline[at - 1]}
          />
        ))}
      </ol>
    </section>
  );
}

function Entry(props: { of: Case; step: Step; isNow: boolean; before: Step | undefined }) {
  const { of, step, isNow, before } = props;
  const isNewRound = before !== undefined && before.round !== step.round;
  return (
    <li class={isNow ? "now" : ""}>
      <span class="dot">
        <Icon name={isNow ? "clock" : "check"} />
      </span>
      {isNewRound ? <em class="round">{say(g.common.round, step.round)}</em> : null}
      <b>{step.words}</b>
      <small>
        {whenWords(step.at)}
        {step.account ? ` · ${step.account.name ?? w.people.erased}` : ""}
        {step.from !== step.to ? ` · ${g.states[step.to] ?? step.to}` : ""}
      </small>
      {step.text && step.action !== "submit" ? <p class="prose quote">{step.text}</p> : null}
      {step.action === "submit" ? null : <Files of={of.id} files={step.attachments} />}
      {step.public && step.text && step.account && !INNER.includes(step.action) ? (
        <small class="seen">
          <Icon name="msg" />
          {g.case.public}
        </small>
      ) : null}
    </li>
  );
}
