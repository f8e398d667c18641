// The grid: a row for each case, sent together; what is wrong with a row stands in it.

import { useRef, useState } from "preact/hooks";
import { type Fault, newKey } from "../../staff/http";
import { Button } from "../../staff/parts/button";
import { Icon } from "../../staff/parts/icon";
import { Failure } from "../../staff/parts/notes";
import { useTask } from "../../staff/parts/task";
import { takeMany } from "../api";
import { categoryChoices } from "../parts/known";
import { IDENTITIES, type Receipt } from "../types";
import { g, say } from "../words";
import { blank, casesOf, type GridRow, MOST_ROWS, outcomeOf, rowsLeft, written } from "./grid";
import type { Session } from "./types";

const FIRST_ROWS = 5;

/** The grid of a session. */
export function Grid({
  session,
  onTaken,
}: {
  session: Session;
  onTaken: (made: readonly Receipt[]) => void;
}) {
  const unit = session.unit ?? "";
  const [rows, setRows] = useState<readonly GridRow[]>(() =>
    Array.from({ length: FIRST_ROWS }, (_, key) => blank(key, unit)),
  );
  const next = useRef(FIRST_ROWS);
  const form = useRef<HTMLFormElement>(null);
  const sent = useRef({ body: "", key: "" });
  const [refused, setRefused] = useState<ReadonlyMap<number, readonly Fault[]>>(new Map());
  const task = useTask();
  const put = (key: number, change: Partial<GridRow>) =>
    setRows((before) => before.map((row) => (row.key === key ? { ...row, ...change } : row)));
  const add = () => setRows((before) => [...before, blank(next.current++, unit)]);
  const count = written(rows).length;
  const send = (event: Event) => {
    event.preventDefault();
    if (count === 0) return;
    const cases = casesOf(rows, session.kind, session.district);
    const body = JSON.stringify(cases);
    if (sent.current.body !== body) sent.current = { body, key: newKey() };
    void task.run(async () => {
      const { items } = await takeMany(session.id, cases, sent.current.key);
      const { receipts, refused } = outcomeOf(rows, items);
      setRefused(refused);
      setRows(rowsLeft(rows, refused));
      if (receipts.length > 0) onTaken(receipts);
    });
  };
  return (
    <form
      class="panel pad stack"
      ref={form}
      onSubmit={send}
      onKeyDown={(event) => {
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.current?.requestSubmit();
      }}
    >
      <h2>{g.sessions.grid}</h2>
      <p class="cap">{g.sessions.grid_note}</p>
      <Failure failure={task.failure} />
      {refused.size > 0 ? (
        <p class="note bad" role="alert">
          <Icon name="warn" />
          <span>{say(g.sessions.refused, refused.size)}</span>
        </p>
      ) : null}
      <div class="scroll">
        <table class="many">
          <thead>
            <tr>
              <th scope="col">#</th>
              <th scope="col">{g.sessions.what}</th>
              <th scope="col">{g.columns.category}</th>
              <th scope="col">{g.columns.identity}</th>
              <th scope="col">{g.sessions.name}</th>
              <th scope="col">{g.sessions.phone}</th>
              <th scope="col">{g.columns.unit}</th>
              <th scope="col">
                <span class="vh">{g.settings.remove}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row, at) => (
              <Line
                key={row.key}
                row={row}
                at={at}
                faults={(refused.get(row.key) ?? []).map(({ detail }) => detail)}
                put={(change) => put(row.key, change)}
                onRemove={() => setRows((before) => before.filter(({ key }) => key !== row.key))}
              />
            ))}
          </tbody>
        </table>
      </div>
      <div class="bar">
        <Button look="quiet" icon="plus" disabled={rows.length >= MOST_ROWS} onClick={add}>
          {g.sessions.add_row}
        </Button>
        <Button type="submit" busy={task.busy} disabled={count === 0}>
          {count === 0 ? g.sessions.nothing : say(g.sessions.send, count)}
        </Button>
      </div>
    </form>
  );
}

interface LineProps {
  readonly row: GridRow;
  readonly at: number;
  readonly faults: readonly string[];
  readonly put: (change: Partial<GridRow>) => void;
  readonly onRemove: () => void;
}

function Line({ row, at, faults, put, onRemove }: LineProps) {
  const label = (word: string) => `${say(g.sessions.row, at + 1)} ${word}`;
  const isAnonymous = row.identity === "anonymous";
  const cell = (name: "name" | "phone" | "unit", word: string, isShut = false) => (
    <td>
      <input
        class="input"
        aria-label={label(word)}
        value={isShut ? "" : row[name]}
        disabled={isShut}
        maxLength={80}
        onInput={(event) => put({ [name]: event.currentTarget.value })}
      />
    </td>
  );
  return (
    <tr class={faults.length > 0 ? "bad" : ""}>
      <th scope="row">{at + 1}</th>
      <td class="wide">
        <textarea
          class="input"
          rows={2}
          aria-label={label(g.sessions.what)}
          aria-invalid={faults.length > 0 ? "true" : undefined}
          value={row.text}
          maxLength={5000}
          onInput={(event) => put({ text: event.currentTarget.value })}
        />
        {faults.length > 0 ? (
          <p class="fault">
            <Icon name="warn" />
            <span>{faults.join(" ")}</span>
          </p>
        ) : null}
      </td>
      <td>
        <select
          class="input"
          aria-label={label(g.columns.category)}
          value={row.category}
          onChange={(event) => put({ category: event.currentTarget.value })}
        >
          <option value="">–</option>
          {categoryChoices().map(({ code, word }) => (
            <option key={code} value={code} selected={code === row.category}>
              {word}
            </option>
          ))}
        </select>
      </td>
      <td>
        <select
          class="input"
          aria-label={label(g.columns.identity)}
          value={row.identity}
          onChange={(event) => put({ identity: event.currentTarget.value as GridRow["identity"] })}
        >
          {IDENTITIES.map((code) => (
            <option key={code} value={code} selected={code === row.identity}>
              {g.identities[code]}
            </option>
          ))}
        </select>
      </td>
      {cell("name", g.sessions.name, isAnonymous)}
      {cell("phone", g.sessions.phone, isAnonymous)}
      {cell("unit", g.columns.unit)}
      <td>
        <button type="button" class="bare" aria-label={say(g.sessions.remove_row, at + 1)} onClick={onRemove}>
          <Icon name="close" />
        </button>
      </td>
    </tr>
  );
}
