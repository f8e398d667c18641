// Subjects: the closed list that intake sets, so that the words stay sealed; a theme has measures of its own.

import { useEffect, useState } from "preact/hooks";
import { Button } from "../../staff/parts/button";
import { Icon } from "../../staff/parts/icon";
import { useLoaded } from "../../staff/parts/loaded";
import { Done, Failure, Loading, Nothing } from "../../staff/parts/notes";
import { useTask } from "../../staff/parts/task";
import { listSubjects, putSubjects } from "../api";
import { subjects } from "../parts/known";
import type { Subject } from "../types";
import { g, say } from "../words";

/** The part of the screen. */
export function Subjects() {
  const loaded = useLoaded("subjects", listSubjects);
  const [rows, setRows] = useState<readonly Subject[]>();
  const [isSaved, setSaved] = useState(false);
  const task = useTask();
  useEffect(() => {
    if (loaded.value) setRows(loaded.value.items);
  }, [loaded.value]);
  const put = (at: number, change: Partial<Subject>) => {
    setSaved(false);
    setRows((before) => before?.map((row, i) => (i === at ? { ...row, ...change } : row)));
  };
  const save = async () => {
    const clean = (rows ?? []).filter(({ code, name }) => code.trim() || name.trim());
    const isDone = await task.run(async () => {
      const { items } = await putSubjects(clean);
      subjects.value = items;
      setRows(items);
    });
    setSaved(isDone);
  };
  return (
    <>
      <Failure failure={loaded.failure} onRetry={loaded.renew} />
      <Failure failure={task.failure} />
      {isSaved ? <Done>{g.settings.saved}</Done> : null}
      <section class="panel tbl">
        {!rows && !loaded.failure ? <Loading rows={5} /> : null}
        {rows?.length === 0 ? <Nothing title={g.settings.none_subjects} icon="flag" /> : null}
        {rows && rows.length > 0 ? (
          <Table rows={rows} put={put} remove={(at) => setRows(rows.filter((_, i) => i !== at))} />
        ) : null}
        {rows ? (
          <div class="pages">
            <Button
              look="quiet"
              icon="plus"
              onClick={() =>
                setRows([...rows, { code: "", name: "", theme: false, measures: null, active: true }])
              }
            >
              {g.settings.new_subject}
            </Button>
            <Button busy={task.busy} onClick={() => void save()}>
              {g.settings.save_all}
            </Button>
          </div>
        ) : null}
      </section>
    </>
  );
}

interface TableProps {
  readonly rows: readonly Subject[];
  readonly put: (at: number, change: Partial<Subject>) => void;
  readonly remove: (at: number) => void;
}

function Table({ rows, put, remove }: TableProps) {
  return (
    <div class="scroll">
      <table class="many">
        <thead>
          <tr>
            <th scope="col">{g.settings.code}</th>
            <th scope="col">{g.settings.name}</th>
            <th scope="col">{g.settings.theme}</th>
            <th scope="col">{g.settings.measures}</th>
            <th scope="col">
              <span class="vh">{g.settings.remove}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            <Line
              key={`${at} ${rows.length}`}
              row={row}
              at={at}
              put={(change) => put(at, change)}
              remove={() => remove(at)}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface LineProps {
  readonly row: Subject;
  readonly at: number;
  readonly put: (change: Partial<Subject>) => void;
  readonly remove: () => void;
}

function Line({ row, at, put, remove }: LineProps) {
  const label = (word: string) => `${say(g.sessions.row, at + 1)} ${word}`;
  return (
    <tr>
      <td>
        <input
          class="input"
          aria-label={label(g.settings.code)}
          value={row.code}
          maxLength={40}
          onInput={(event) => put({ code: event.currentTarget.value })}
        />
      </td>
      <td>
        <input
          class="input"
          aria-label={label(g.settings.name)}
          value={row.name}
          maxLength={60}
          onInput={(event) => put({ name: event.currentTarget.value })}
        />
      </td>
      <td>
        <label class="check">
          <input
            type="checkbox"
            checked={row.theme}
            onChange={(event) => put({ theme: event.currentTarget.checked })}
          />
          <span>{g.settings.theme}</span>
        </label>
      </td>
      <td class="wide">
        <textarea
          class="input"
          rows={2}
          aria-label={label(g.settings.measures)}
          value={row.measures ?? ""}
          disabled={!row.theme}
          maxLength={2000}
          onInput={(event) => put({ measures: event.currentTarget.value || null })}
        />
      </td>
      <td>
        <button type="button" class="bare" aria-label={say(g.sessions.remove_row, at + 1)} onClick={remove}>
          <Icon name="close" />
        </button>
      </td>
    </tr>
  );
}
