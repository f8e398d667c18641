// One call: whom, what he was told, how often it was tried, and what he says.

import { useEffect, useState } from "preact/hooks";
import { Button } from "../../staff/parts/button";
import { Failure, Loading } from "../../staff/parts/notes";
import { useTask } from "../../staff/parts/task";
import { readCase } from "../api";
import { Actions, Refused } from "../case/actions";
import { useDeed } from "../case/deed";
import { fieldsOf, sentWith, type Typed } from "../case/fields";
import { Fields } from "../case/form";
import { Said } from "../case/said";
import { whenWords } from "../parts/time";
import { caseHref } from "../route";
import type { Case } from "../types";
import { g } from "../words";

/** The case that is called. */
export function Call({ id, onDone }: { id: string; onDone: () => void }) {
  const [one, setOne] = useState<Case>();
  const task = useTask();
  const load = () => void task.run(async () => setOne(await readCase(id)));
  useEffect(load, [id]);
  const show = (next: Case) => {
    setOne(next);
    onDone();
  };
  if (!one) {
    return (
      <section class="panel">
        <Failure failure={task.failure} onRetry={load} />
        {task.failure ? null : <Loading rows={6} />}
      </section>
    );
  }
  return (
    <div class="case one-call">
      <div class="stack">
        <Said of={one} />
        <section class="panel pad stack">
          <h2>{g.calls.answer}</h2>
          <p class="prose quote">{answerOf(one)}</p>
          {one.outcome ? <p>{g.outcomes[one.outcome]}</p> : null}
          <p>
            <a href={caseHref(one.id)}>{g.common.open_case}</a>
          </p>
        </section>
      </div>
      <div class="stack">
        <Tries of={one} />
        {one.allowed.some(({ action }) => action === "call_back") ? (
          <Form of={one} onChange={show} />
        ) : (
          <Actions of={one} onChange={show} />
        )}
      </div>
    </div>
  );
}

/** The words of the newest answer. */
function answerOf(of: Case): string {
  const steps = of.timeline.filter(({ action }) => action === "answer");
  return steps.at(-1)?.text ?? "–";
}

function Tries({ of }: { of: Case }) {
  const tries = of.timeline.filter(({ action, round }) => action === "call_back" && round === of.round);
  return (
    <section class="panel pad stack">
      <h2>{g.calls.tries}</h2>
      {tries.length === 0 ? <p class="cap">{g.calls.no_tries}</p> : null}
      <ol class="plain-list">
        {tries.map((step) => (
          <li key={step.id}>
            {whenWords(step.at)} · {step.words}
            {step.text ? <p class="prose quote">{step.text}</p> : null}
          </li>
        ))}
      </ol>
      <p class="cap">{g.calls.tries_note}</p>
    </section>
  );
}

function Form({ of, onChange }: { of: Case; onChange: (next: Case) => void }) {
  const [typed, setTyped] = useState<Typed>({});
  const deed = useDeed(of, onChange);
  const needs = of.allowed.find(({ action }) => action === "call_back")?.needs ?? [];
  const fields = fieldsOf({ action: "call_back", needs });
  const send = async (event: Event) => {
    event.preventDefault();
    if (await deed.run("call_back", sentWith(fields, typed))) setTyped({});
  };
  return (
    <form class="panel pad stack" onSubmit={send}>
      <h2>{g.calls.form}</h2>
      <Refused deed={deed} of={of} />
      <Fields
        of={of}
        action="call_back"
        fields={fields}
        typed={typed}
        onType={(name, value) => setTyped((before) => ({ ...before, [name]: value }))}
        faults={deed.task.failure?.faults}
      />
      <div class="bar end">
        <Button type="submit" busy={deed.task.busy}>
          {g.calls.go}
        </Button>
      </div>
    </form>
  );
}
