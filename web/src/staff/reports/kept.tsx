// How a station keeps its posted hours: the rate with what it is made of, and its definition one tap away.

import { useEffect, useState } from "preact/hooks";
import { Icon } from "../parts/icon";
import { Failure } from "../parts/notes";
import { useTask } from "../parts/task";
import { say, w } from "../words";
import { readPromise } from "./api";
import type { Detail, PromiseKept } from "./types";

/** The panel. */
export function Kept({ station, locked }: { station: string; locked: Detail["locked"] }) {
  const [kept, setKept] = useState<PromiseKept>();
  const task = useTask();
  useEffect(() => void task.run(async () => setKept(await readPromise(station))), [station]);
  const { times, marks_at: marks, days } = locked;
  return (
    <section class="panel pad stack">
      <h2>{w.reports.kept}</h2>
      <Failure failure={task.failure} />
      {kept ? <Rate kept={kept} /> : null}
      {times >= marks ? (
        <p class="stage current">
          <Icon name="warn" />
          {w.reports.marked}
        </p>
      ) : null}
      <p class="cap">{say(w.reports.locked, { days, times, marks })}</p>
    </section>
  );
}

function Rate({ kept }: { kept: PromiseKept }) {
  const { rate, open, of, days, least_days: least } = kept;
  return (
    <>
      <p class="figure">
        {rate === null ? null : <b>{`${(rate * 100).toFixed(0)} %`}</b>}{" "}
        {of > 0 ? say(w.reports.kept_of, { open, of }) : w.reports.kept_none}
      </p>
      {rate === null && of > 0 ? <p class="cap">{say(w.reports.kept_few, { days, least })}</p> : null}
      <details>
        <summary>{w.reports.kept_how}</summary>
        <p>{kept.definition}</p>
      </details>
    </>
  );
}
