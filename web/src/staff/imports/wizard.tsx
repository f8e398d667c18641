// One import as a wizard: its steps are addresses, so it can be left and found again.

import type { ComponentType } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { Button } from "../parts/button";
import { Head } from "../parts/head";
import { Icon } from "../parts/icon";
import { Failure, Loading, Nothing } from "../parts/notes";
import { here } from "../route";
import { say, w } from "../words";
import { ColumnsStep } from "./columns";
import { CommitStep } from "./commit";
import { DuplicatesStep } from "./duplicates";
import { End } from "./end";
import { PlaceStep } from "./place";
import { ProblemsStep } from "./problems";
import { current, failure, isOvertaken, load, renew } from "./state";
import { hrefOf, openIn, STEPS, type Step, stepOf } from "./steps";
import type { Import } from "./types";

const DRAWN: Readonly<Record<Step, ComponentType<{ it: Import; isLocked: boolean }>>> = {
  columns: ColumnsStep,
  place: PlaceStep,
  problems: ProblemsStep,
  duplicates: DuplicatesStep,
  commit: CommitStep,
};

/** How often a commit that is under way is asked about. */
const POLL_MS = 700;

/** The screen of one import. */
export function Wizard({ id }: { id: string }) {
  useEffect(() => void load(id), []);
  const it = current.value?.id === id ? current.value : undefined;
  usePolling(it);
  if (!it) return <Unread id={id} />;
  const step = stepOf(here.value.searchParams, it);
  const Drawn = DRAWN[step];
  return (
    <>
      <Head
        title={w.imports.title}
        note={`${say(w.imports.file_rows, { name: it.file_name, n: it.rows })} · ${w.imports.states_text[it.state]}`}
      >
        <a class="btn quiet" href="/staff/imports">
          {it.state === "planned" ? w.imports.later : w.imports.all}
        </a>
      </Head>
      <Stepper it={it} step={step} />
      {isOvertaken.value ? (
        <div class="note" role="alert">
          <Icon name="warn" />
          <span>{w.imports.overtaken}</span>
          <Button
            look="plain small"
            onClick={() => {
              isOvertaken.value = false;
            }}
          >
            {w.imports.understood}
          </Button>
        </div>
      ) : null}
      <Failure
        failure={failure.value}
        {...(failure.value?.status === 0 ? { onRetry: () => void renew(id) } : {})}
      />
      <Drawn it={it} isLocked={it.state !== "planned"} />
      <End it={it} step={step} />
    </>
  );
}

/** While it is being carried out its progress is asked for, also after the page was loaded anew. */
function usePolling(it: Import | undefined): void {
  const isUnderWay = it?.state === "committing";
  useEffect(() => {
    if (!it || !isUnderWay) return;
    const timer = setInterval(() => void renew(it.id), POLL_MS);
    return () => clearInterval(timer);
  }, [it?.id, isUnderWay]);
}

function Unread({ id }: { id: string }) {
  const refusal = failure.value;
  if (refusal?.status === 404 || refusal?.status === 400) {
    return (
      <>
        <Head title={w.imports.title} />
        <Nothing title={w.imports.gone} icon="lock">
          <p>{w.imports.gone_text}</p>
          <a href="/staff/imports">{w.imports.all}</a>
        </Nothing>
      </>
    );
  }
  return (
    <>
      <Head title={w.imports.title} />
      {refusal ? <Failure failure={refusal} onRetry={() => void load(id)} /> : <Loading rows={10} />}
    </>
  );
}

/** The steps, each a link with what is still open in it. */
function Stepper({ it, step }: { it: Import; step: Step }) {
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    list.current?.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [step]);
  return (
    <nav aria-label={w.imports.steps.label}>
      <ol class="stepper" ref={list}>
        <li class="done">
          <span>
            <Icon name="check" />
            {w.imports.steps.file}
          </span>
        </li>
        {STEPS.map((name, i) => (
          <One key={name} it={it} name={name} number={i + 2} isHere={name === step} />
        ))}
      </ol>
    </nav>
  );
}

function One({ it, name, number, isHere }: { it: Import; name: Step; number: number; isHere: boolean }) {
  const open = openIn(name, it);
  const isDone = it.state === "planned" ? open === 0 && name !== "commit" : it.state !== "committing";
  return (
    <li class={[isDone ? "done" : "", isHere ? "here" : ""].join(" ")}>
      <a href={hrefOf(it.id, name)} aria-current={isHere ? "step" : undefined}>
        {isDone ? <Icon name="check" /> : <span class="number">{number}</span>}
        {w.imports.steps[name]}
        {open > 0 && name !== "commit" && !isDone ? <em>{say(w.imports.steps.open, open)}</em> : null}
        {isHere ? <span class="now">{w.imports.steps.now}</span> : null}
      </a>
    </li>
  );
}
