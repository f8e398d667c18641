// Step 5: what will happen, what still stands in the way, the commit with its progress, the result, and its undoing.

import { useState } from "preact/hooks";
import { Button } from "../parts/button";
import { Ask, type Question } from "../parts/dialog";
import { Check } from "../parts/field";
import { Icon } from "../parts/icon";
import { useTask } from "../parts/task";
import { renewQueues } from "../rail";
import { go, here } from "../route";
import { may } from "../session";
import { say, w } from "../words";
import { commitImport, discardImport } from "./api";
import { PLANNED, type Planned, PlannedRows } from "./planned";
import { Result } from "./result";
import { change, correct, current, underWay } from "./state";
import { hrefOf, stepFor } from "./steps";
import type { Import } from "./types";

/** The step of the commit. */
export function CommitStep({ it }: { it: Import; isLocked: boolean }) {
  if (it.state === "committing") return <Progress it={it} />;
  if (it.state !== "planned") return <Result it={it} />;
  const asked = here.value.searchParams.get("show");
  const shown =
    PLANNED.find((name) => name === asked) ?? PLANNED.find((name) => it.plan[name] > 0) ?? "created";
  return (
    <div class="wiz commit">
      <div class="side">
        <Deciding it={it} />
      </div>
      <section class="panel tbl" aria-labelledby="planned">
        <h2 id="planned" class="vh">
          {w.imports.commit.will}
        </h2>
        <nav class="plan" aria-labelledby="planned">
          {PLANNED.map((name) => (
            <Figure key={name} it={it} name={name} isOn={name === shown} />
          ))}
        </nav>
        <PlannedRows key={shown} it={it} shown={shown} />
      </section>
    </div>
  );
}

function Figure({ it, name, isOn }: { it: Import; name: Planned; isOn: boolean }) {
  return (
    <a
      href={hrefOf(it.id, "commit", { show: name })}
      aria-current={isOn ? "true" : undefined}
      class={it.plan[name] === 0 ? "zero" : undefined}
    >
      <b>{it.plan[name]}</b>
      <span>{w.imports.commit.kinds[name]}</span>
    </a>
  );
}

/** What is decided before the commit. */
function Deciding({ it }: { it: Import }) {
  const [question, setQuestion] = useState<Question>();
  const [isPublic, setPublic] = useState(it.options.publish);
  const committing = useTask();
  const { created, updated, parked } = it.plan;
  const isNothing = created + updated + parked === 0;
  const isBlocked = it.blocked.length > 0;
  const discard: Question = {
    title: say(w.imports.commit.discard_title, it.file_name),
    text: <p>{w.imports.commit.discard_text}</p>,
    go: w.imports.commit.discard,
    reason: "no",
    run: async () => {
      const { id, version } = current.value ?? it;
      await discardImport(id, version);
      go("/staff/imports");
    },
  };
  const commit = () =>
    void committing.run(async () => {
      await change((now) => commitImport(now.id, now.version));
      void renewQueues();
    });
  return (
    <>
      {it.failed ? (
        <p class="note bad" role="alert">
          <Icon name="warn" />
          {it.failed.detail}
        </p>
      ) : null}
      {isBlocked ? <Blocked it={it} /> : null}
      <section class="panel block" aria-labelledby="go">
        <h2 id="go">{isBlocked ? w.imports.commit.later : w.imports.commit.ready}</h2>
        {may("station_publish") ? (
          <div>
            <Check
              label={w.imports.commit.publish}
              on={isPublic}
              onChange={(publish) => {
                setPublic(publish);
                // The box shows at once what was asked for, and what holds where that is refused.
                void correct({ publish }).then((isDone) => isDone || setPublic(it.options.publish));
              }}
            />
            <p class="hint">{w.imports.commit.publish_hint}</p>
          </div>
        ) : (
          <p class="hint">{w.imports.commit.drafts}</p>
        )}
        <p>{w.imports.commit.promise}</p>
        <Button disabled={isBlocked} busy={committing.busy || underWay.value > 0} onClick={commit}>
          {isNothing ? w.imports.commit.go_none : say(w.imports.commit.go, created + updated + parked)}
        </Button>
        <Button look="plain bad" onClick={() => setQuestion(discard)}>
          {w.imports.commit.discard}
        </Button>
      </section>
      {question ? <Ask question={question} onClose={() => setQuestion(undefined)} /> : null}
    </>
  );
}

/** What stands in the way, each with a link to where it is put right. */
function Blocked({ it }: { it: Import }) {
  return (
    <section class="panel block blocked" aria-labelledby="blocked">
      <h2 id="blocked">
        <Icon name="warn" />
        {say(w.imports.commit.blocked, it.blocked.length)}
      </h2>
      <ul>
        {it.blocked.map(({ code, detail }) => {
          const { step, more } = stepFor(code);
          return (
            <li key={code}>
              <p>{detail}</p>
              <a class="btn quiet small" href={hrefOf(it.id, step, more)}>
                {say(w.imports.commit.to, w.imports.steps[step])}
              </a>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** How far the commit has come. It goes on when the page is left. */
function Progress({ it }: { it: Import }) {
  const { done, of } = it.progress ?? { done: 0, of: 0 };
  return (
    <section class="panel block alone" aria-labelledby="progress">
      <h2 id="progress">{w.imports.commit.writing}</h2>
      <progress value={of > 0 ? done : undefined} max={Math.max(1, of)} aria-labelledby="progress" />
      <p role="status">{of > 0 ? say(w.imports.commit.progress, { done, of }) : w.common.working}</p>
      <p class="hint">{w.imports.commit.may_leave}</p>
    </section>
  );
}
