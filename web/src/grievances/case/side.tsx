// What belongs to a case beside its own course: others' tasks, supervision, an extension, rounds, links.

import { Icon } from "../../staff/parts/icon";
import { Level } from "../parts/state";
import { whenWords } from "../parts/time";
import type { Case, Round } from "../types";
import { g, say, w } from "../words";
import { Custody } from "./custody";
import { Links } from "./links";

/** The panels that have something to say. */
export function Side({ of, onChange }: { of: Case; onChange: (next: Case) => void }) {
  return (
    <>
      <Proposal of={of} />
      <Tasks of={of} />
      <Supervision of={of} />
      <Extended of={of} />
      <Rounds of={of} />
      <Links of={of} onChange={onChange} />
      <Custody of={of} onChange={onChange} />
    </>
  );
}

function Proposal({ of }: { of: Case }) {
  if (!of.proposed_by) return null;
  const step = of.timeline.filter(({ action }) => action === "propose_decline").at(-1);
  return (
    <section class="panel pad stack">
      <h2>{g.case.proposal}</h2>
      <p>{of.proposed_by.name ?? w.people.erased}</p>
      {step?.text ? <p class="prose quote">{step.text}</p> : null}
    </section>
  );
}

function Tasks({ of }: { of: Case }) {
  if (of.tasks.length === 0) return null;
  return (
    <section class="panel pad stack">
      <h2>{g.case.tasks}</h2>
      <ul class="plain-list">
        {of.tasks.map((task) => (
          <li key={task.id} class="task">
            <span class={task.done ? "stage open" : "stage coming"}>
              <Icon name={task.done ? "check" : "clock"} />
              {task.done ? g.case.task_done : g.case.task_open}
            </span>{" "}
            <b>{task.department.name}</b> {task.handler.name ?? w.people.erased}
            <p class="prose">{task.text}</p>
            {task.done ? null : <small>{say(g.case.task_due, { day: whenWords(task.due) })}</small>}
            {task.answer ? <p class="prose quote">{task.answer}</p> : null}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Supervision({ of }: { of: Case }) {
  if (of.supervisions.length === 0) return null;
  return (
    <section class="panel pad stack">
      <h2>{g.case.supervision}</h2>
      <ul class="plain-list">
        {of.supervisions.map((one) => (
          <li key={one.begun + one.level}>
            <Level level={one.level} /> {whenWords(one.begun)} ·{" "}
            {one.by ? (one.by.name ?? w.people.erased) : g.case.by_clock}{" "}
            <small class="under">
              {one.ended
                ? say(g.case.signed_off, { time: whenWords(one.ended), name: one.signed_by?.name ?? "" })
                : g.case.not_signed}
            </small>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Extended({ of }: { of: Case }) {
  if (of.extension_days === null) return null;
  const step = of.timeline.filter(({ action }) => action === "ask_extension").at(-1);
  return (
    <section class="panel pad stack">
      <h2>{g.case.extension}</h2>
      <p>{say(g.case.extension_asked, of.extension_days)}</p>
      {step?.text ? <p class="prose quote">{step.text}</p> : null}
    </section>
  );
}

function Rounds({ of }: { of: Case }) {
  if (of.rounds.length === 0) return null;
  return (
    <section class="panel pad stack">
      <h2>{g.case.rounds}</h2>
      <ul class="plain-list rounds">
        {of.rounds.map((round) => (
          <li key={round.round}>
            <b>{say(g.common.round, round.round)}</b> {round.department?.name} {round.handler?.name}
            <small>{roundWords(round)}</small>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What became of a round, in one line. */
function roundWords(round: Round): string {
  const said = [
    round.answered ? say(g.case.answered_at, { time: whenWords(round.answered) }) : "",
    round.in_time === true ? g.case.in_time : round.in_time === false ? g.case.too_late : "",
    round.outcome ? g.outcomes[round.outcome] : "",
    round.reached === false ? g.case.unreachable : "",
    round.solved === true ? g.case.solved_yes : round.solved === false ? g.case.solved_no : "",
    round.grade ? g.grades[round.grade] : "",
  ];
  return said.filter(Boolean).join(" · ") || g.case.round_open;
}
