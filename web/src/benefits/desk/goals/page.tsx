// The goals: target beside what was reached, each with how it is counted; and savings that others report.

import { useState } from "preact/hooks";
import { useList } from "../../../staff/list/use-list";
import { Button } from "../../../staff/parts/button";
import { Ask, type Question } from "../../../staff/parts/dialog";
import { Pick, Text } from "../../../staff/parts/field";
import { Failure, Loading, Nothing } from "../../../staff/parts/notes";
import { may } from "../../../staff/session";
import { yuan } from "../../phone/money";
import { LISTS, removeGoal, saveGoal } from "../api";
import { amount, whole } from "../parts/amounts";
import { Bar } from "../parts/bar";
import { choices, editOf, Figure, Form } from "../parts/form";
import { Head } from "../parts/head";
import { type Goal, MEASURES, type Measure } from "../types";
import { b, say } from "../words";
import { Savings } from "./savings";

/** Whether a measure is money. */
export function isMoney(measure: Measure): boolean {
  return measure.endsWith("_fen");
}

/** A figure of a measure as people read it. */
export function figureOf(measure: Measure, figure: number): string {
  return isMoney(measure) ? yuan(figure) : yuan(figure * 100);
}

/** The share of a target in percent, with one decimal. */
export function percentOf({ actual, target }: Pick<Goal, "actual" | "target">): string {
  return (Math.floor((actual / target) * 1000) / 10).toFixed(1);
}

/** The screen. */
export function Goals() {
  const list = useList<Goal>(LISTS.goals, {});
  const [edited, setEdited] = useState<Goal | "new">();
  const [question, setQuestion] = useState<Question>();
  const can = may("benefit_manage");
  const remove = (goal: Goal) =>
    setQuestion({
      title: b.goals.remove_title,
      text: <p>{`${goal.project} · ${b.goals.measures[goal.measure]}`}</p>,
      go: b.goals.remove,
      reason: "no",
      run: async () => {
        await removeGoal(goal);
        list.renew();
      },
    });
  return (
    <>
      <Head title={b.goals.title}>
        {can ? <Button onClick={() => setEdited("new")}>{b.goals.new}</Button> : null}
      </Head>
      <Failure failure={list.failure} onRetry={list.renew} />
      {!list.items && !list.failure ? <Loading rows={4} /> : null}
      {list.items?.length === 0 ? (
        <section class="panel">
          <Nothing title={b.goals.none} icon="flag">
            <p>{b.goals.none_text}</p>
          </Nothing>
        </section>
      ) : null}
      <section class="cards" aria-label={b.goals.title}>
        {list.items?.map((goal) => (
          <article key={goal.id} class="panel">
            <h2>{`${goal.project} · ${b.goals.measures[goal.measure]}`}</h2>
            <b>{figureOf(goal.measure, goal.actual)}</b>
            <span>
              {say(b.common.of, {
                n: `${percentOf(goal)} %`,
                m: `${b.goals.target} ${figureOf(goal.measure, goal.target)}`,
              })}
            </span>
            <Bar part={goal.actual} whole={goal.target} />
            <span class="cap">{`${goal.from_day} – ${goal.until_day}`}</span>
            <details>
              <summary>{b.goals.how}</summary>
              <p class="cap">{goal.definition}</p>
            </details>
            {can ? (
              <div class="bar">
                <Button look="quiet small" onClick={() => setEdited(goal)}>
                  {b.common.edit}
                </Button>
                <Button look="quiet small" onClick={() => remove(goal)}>
                  {b.goals.remove}
                </Button>
              </div>
            ) : null}
          </article>
        ))}
      </section>
      <Savings can={can} onChanged={list.renew} />
      {edited ? (
        <Edit
          goal={edited === "new" ? undefined : edited}
          onSaved={list.renew}
          onClose={() => setEdited(undefined)}
        />
      ) : null}
      {question ? <Ask question={question} onClose={() => setQuestion(undefined)} /> : null}
    </>
  );
}

interface EditProps {
  readonly goal: Goal | undefined;
  readonly onSaved: () => void;
  readonly onClose: () => void;
}

function Edit({ goal, onSaved, onClose }: EditProps) {
  const [project, setProject] = useState(goal?.project ?? "");
  const [measure, setMeasure] = useState<string>(goal?.measure ?? "cards");
  const [target, setTarget] = useState(goal ? figureOf(goal.measure, goal.target).replaceAll(",", "") : "");
  const [from, setFrom] = useState(goal?.from_day ?? "");
  const [until, setUntil] = useState(goal?.until_day ?? "");
  const save = async () => {
    const isFen = measure.endsWith("_fen");
    await saveGoal(goal, {
      // What a goal counts stays.
      ...(goal ? {} : { project: project.trim(), measure }),
      target: isFen ? amount(target) : (whole(target) ?? 0),
      from_day: from,
      until_day: until,
    });
    onSaved();
  };
  return (
    <Form title={goal ? editOf(goal.project) : b.goals.new} onClose={onClose} save={save}>
      {(faults) => (
        <>
          {goal ? null : (
            <>
              <Text
                label={b.goals.project}
                name="project"
                value={project}
                onInput={setProject}
                required
                max={40}
                faults={faults}
              />
              <Pick
                label={b.goals.measure}
                name="measure"
                value={measure}
                choices={choices(MEASURES, b.goals.measures)}
                onPick={setMeasure}
                faults={faults}
              />
            </>
          )}
          <Figure
            yuan
            label={b.goals.target}
            name="target"
            value={target}
            onInput={setTarget}
            required
            faults={faults}
          />
          <div class="three">
            <Text
              label={b.goals.from}
              name="from_day"
              type="date"
              value={from}
              onInput={setFrom}
              required
              faults={faults}
            />
            <Text
              label={b.goals.until}
              name="until_day"
              type="date"
              value={until}
              onInput={setUntil}
              required
              faults={faults}
            />
          </div>
        </>
      )}
    </Form>
  );
}
