// The table of stations: sorted by its heads, walked by keys, chosen by boxes.

import { signal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { drafts } from "../editor/drafts";
import { Icon } from "../parts/icon";
import type { Station } from "../types";
import { say, w } from "../words";
import { COLUMNS, type Column, columnWord } from "./columns";
import { sortedBy } from "./filters";
import { choose, chooseBetween, chosen, filter, filters, open, opened, register } from "./list";

/** The row that the keys act on. */
export const current = signal("");

/** Moves the row that the keys act on by so many rows. */
export function step(by: number): void {
  const ids = (register.value?.items ?? []).map(({ id }) => id);
  if (ids.length === 0) return;
  const at = ids.indexOf(current.value);
  const next = at < 0 ? 0 : Math.min(ids.length - 1, Math.max(0, at + by));
  current.value = ids[next] ?? "";
  document.querySelector<HTMLElement>(`[data-row="${CSS.escape(current.value)}"]`)?.focus();
}

/** The table. */
export function Table({ shown }: { shown: readonly string[] }) {
  const rows = register.value?.items ?? [];
  const columns = COLUMNS.filter(({ name }) => shown.includes(name));
  const last = useRef("");
  const touch = (id: string, on: boolean, isRange: boolean) => {
    if (isRange && last.current) chooseBetween(last.current, id, on);
    else choose(id, on);
    last.current = id;
  };
  const areAll = rows.length > 0 && rows.every(({ id }) => chosen.value.has(id));
  const all = (on: boolean) => {
    chosen.value = new Set(on ? rows.map(({ id }) => id) : []);
  };
  return (
    <table>
      <caption class="vh">{w.registry.caption}</caption>
      <thead>
        <tr>
          <th class="tick">
            <input
              type="checkbox"
              aria-label={w.registry.all}
              checked={areAll}
              onChange={(event) => all(event.currentTarget.checked)}
            />
          </th>
          {columns.map((column) => (
            <Head key={column.name} column={column} />
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={row.id} row={row} columns={columns} onTouch={touch} isFirst={row === rows[0]} />
        ))}
      </tbody>
    </table>
  );
}

function Head({ column: { name, sort, isFigure, givesWay } }: { column: Column }) {
  const { sort: by, isDescending } = filters.value;
  const isOn = sort !== undefined && sort === by;
  const order = isOn ? (isDescending ? "descending" : "ascending") : undefined;
  const className = [isFigure ? "n" : "", givesWay ? "gives" : ""].join(" ");
  return (
    <th class={className} aria-sort={order} scope="col">
      {sort ? (
        <button type="button" class="sort" onClick={() => filter(sortedBy(filters.value, sort))}>
          {columnWord(name)}
          <span aria-hidden="true">{isOn ? (isDescending ? "↓" : "↑") : ""}</span>
        </button>
      ) : (
        columnWord(name)
      )}
    </th>
  );
}

interface RowProps {
  readonly row: Station;
  readonly columns: readonly Column[];
  readonly onTouch: (id: string, on: boolean, isRange: boolean) => void;
  readonly isFirst: boolean;
}

function Row({ row, columns, onTouch, isFirst }: RowProps) {
  const { id, name } = row;
  const isOn = chosen.value.has(id);
  const isOpen = opened.value === id;
  const isCurrent =
    current.value === id || (isFirst && !register.value?.items.some((r) => r.id === current.value));
  const pick = (event: MouseEvent) => {
    if (event.target instanceof Element && event.target.closest("input, a, button, label")) return;
    current.value = id;
    if (event.shiftKey) onTouch(id, !isOn, true);
    else open(id);
  };
  return (
    <tr
      data-row={id}
      tabIndex={isCurrent ? 0 : -1}
      aria-selected={isOn || isOpen ? "true" : undefined}
      class={isOpen ? "opened" : undefined}
      onFocus={() => {
        current.value = id;
      }}
      onClick={pick}
    >
      <td class="tick">
        <input
          type="checkbox"
          tabIndex={-1}
          aria-label={say(w.registry.one, name)}
          checked={isOn}
          onClick={(event) => onTouch(id, event.currentTarget.checked, event.shiftKey)}
        />
      </td>
      {columns.map((column) => (
        <td
          key={column.name}
          class={`c-${column.name}${column.isFigure ? " n" : ""}${column.givesWay ? " gives" : ""}`}
        >
          {column.draw(row)}
          {column.name === "name" && drafts.value.has(id) ? (
            <small class="unsaved">
              <Icon name="draw" />
              {w.editor.unsaved}
            </small>
          ) : null}
        </td>
      ))}
    </tr>
  );
}
