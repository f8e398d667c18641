// The rows behind each figure of the plan: what is new, what changes field by field, what is left as it is.

import { useEffect, useState } from "preact/hooks";
import { Diff } from "../editor/history";
import { Button } from "../parts/button";
import { Failure, Loading, Nothing } from "../parts/notes";
import { useTask } from "../parts/task";
import { say, w } from "../words";
import { readRows } from "./api";
import { changedRows } from "./changed";
import { nameColumn } from "./place";
import { hrefOf } from "./steps";
import type { Action, Import, Row } from "./types";

export const PLANNED = ["created", "updated", "unchanged", "parked", "skipped", "absent"] as const;
export type Planned = (typeof PLANNED)[number];

/** What the service calls the rows of each figure. */
const ACTIONS: Readonly<Record<Exclude<Planned, "absent">, Action>> = {
  created: "create",
  updated: "update",
  unchanged: "unchanged",
  parked: "park",
  skipped: "skip",
};
/** So many rows of a kind are shown at once. */
const PAGE = 50;

/** The list of one figure. */
export function PlannedRows({ it, shown }: { it: Import; shown: Planned }) {
  if (it.errors > 0 && it.plan[shown] === 0) {
    return (
      <Nothing title={w.imports.commit.not_yet} icon="warn">
        <p>{w.imports.commit.not_yet_text}</p>
        <a href={hrefOf(it.id, "problems", { level: "error" })}>{w.imports.commit.mend}</a>
      </Nothing>
    );
  }
  if (it.plan[shown] === 0) {
    return (
      <Nothing title={w.imports.commit.none[shown]} icon="check">
        <p>{w.imports.commit.hints[shown]}</p>
      </Nothing>
    );
  }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keys
    <section class="scroll planned" tabIndex={0} aria-label={w.imports.commit.kinds[shown]}>
      <p class="cap pad">{w.imports.commit.hints[shown]}</p>
      {shown === "absent" ? <Absent it={it} /> : <RowList it={it} action={ACTIONS[shown]} />}
    </section>
  );
}

/** Stations that the file does not name: they are told, and nothing else. */
function Absent({ it }: { it: Import }) {
  const more = it.plan.absent - it.absent.length;
  return (
    <ul>
      {it.absent.map(({ station_id, name, code }) => (
        <li key={station_id}>
          <a href={`/staff?station=${station_id}`}>{name}</a> <span class="code">{code}</span>
        </li>
      ))}
      {more > 0 ? <li class="cap">{say(w.imports.commit.more, more)}</li> : null}
    </ul>
  );
}

function RowList({ it, action }: { it: Import; action: Action }) {
  const [rows, setRows] = useState<readonly Row[]>();
  const [next, setNext] = useState<string | null>();
  const task = useTask();
  const read = (cursor?: string | null) =>
    void task.run(async () => {
      const page = await readRows(it.id, { action, limit: PAGE, cursor: cursor ?? null });
      setRows((before) => (cursor ? [...(before ?? []), ...page.items] : page.items));
      setNext(page.next);
    });
  useEffect(() => read(), [it.version]);
  if (!rows)
    return task.failure ? <Failure failure={task.failure} onRetry={() => read()} /> : <Loading rows={5} />;
  return (
    <>
      <ul>
        {rows.map((row) => (
          <One key={row.row} it={it} row={row} />
        ))}
      </ul>
      {next ? (
        <div class="pad">
          <Button look="quiet" busy={task.busy} onClick={() => read(next)}>
            {w.common.more}
          </Button>
        </div>
      ) : null}
    </>
  );
}

function One({ it, row }: { it: Import; row: Row }) {
  const column = nameColumn(it);
  const name = (column === undefined ? "" : row.cells[column]) || say(w.imports.row, row.row);
  return (
    <li>
      <p>
        {row.station ? <a href={`/staff?station=${row.station.id}`}>{row.station.name}</a> : <b>{name}</b>}{" "}
        <a class="cap" href={hrefOf(it.id, "problems", { row: String(row.row) })}>
          {say(w.imports.row, row.row)}
        </a>
      </p>
      {row.action === "update" ? <Diff rows={changedRows(row.changes, row.position)} /> : null}
    </li>
  );
}
