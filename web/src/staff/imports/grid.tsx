// The sheet as a grid that is walked and mended by keys. Only the rows in view are drawn, so that thousands stay
// smooth.

import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { say, w } from "../words";
import { Cell, type Editing, RowHead } from "./cell";
import { letterOf } from "./columns";
import { moved, OVER_ROWS, ROW_REM, type Walk, walkOf, widthOf } from "./layout";
import type { Active } from "./problems";
import type { RowStore } from "./rows";
import type { Import, Row } from "./types";

interface Props {
  readonly it: Import;
  readonly store: RowStore;
  readonly active: Active | undefined;
  /** Rises when the active cell shall come into view and take the focus. */
  readonly goal: number;
  /** Texts that are on their way to the service, by `row:column`. */
  readonly pending: ReadonlyMap<string, string>;
  readonly isLocked: boolean;
  readonly onActive: (cell: Active) => void;
  readonly onEdit: (cell: Active, value: string) => void;
  readonly onNext: () => void;
}

/** The grid. */
export function Grid(props: Props) {
  const { it, store, active, goal, isLocked, onActive, onEdit, onNext } = props;
  const box = useRef<HTMLDivElement>(null);
  const [editing, setEditing] = useState<Editing>();
  const { first, last, row_px, toRow } = useWindow(box, store);
  const rows = store.items.value;
  const total = store.total.value ?? rows.length;
  const hasFocus = useRef(false);
  const at = rows.findIndex(({ row }) => row === active?.row);
  useLayoutEffect(() => {
    if (active && !editing && hasFocus.current) focusOn(box.current, active);
  }, [active, editing, first]);
  useEffect(() => {
    if (active) bringIntoView(box.current, active);
  }, [active]);
  useEffect(() => {
    if (goal === 0 || at < 0 || !active) return;
    hasFocus.current = true;
    toRow(at);
    focusOn(box.current, active);
  }, [goal]);
  const go = (walk: Walk) => {
    const next = moved(
      at,
      active?.column ?? 0,
      walk,
      rows.length,
      it.headings.length,
      Math.max(1, last - first - 2 * OVER_ROWS),
    );
    const row = rows[next.at];
    if (!row) return;
    hasFocus.current = true;
    toRow(next.at);
    onActive({ row: row.row, column: next.column });
  };
  const begin = (text?: string) => {
    const row = rows[at];
    if (isLocked || !row || !active || active.column < 0) return;
    setEditing({ ...active, text: text ?? row.cells[active.column] ?? "", isWhole: text === undefined });
  };
  const finish = (text: string | undefined, walk?: Walk) => {
    const row = rows.find((one) => one.row === editing?.row);
    setEditing(undefined);
    if (editing && row && text !== undefined && isNew(row, editing.column, text)) onEdit(editing, text);
    if (walk) go(walk);
  };
  const press = (event: KeyboardEvent) => {
    if (editing || event.ctrlKey || event.metaKey || event.altKey) return;
    const walk = walkOf(event);
    if (walk) go(walk);
    else if (event.key === "F8") onNext();
    else if (event.key === "Enter" || event.key === "F2") begin();
    else if (event.key === "Delete" || event.key === "Backspace") begin("");
    else if (event.key.length === 1 && !event.isComposing) begin(event.key);
    else return;
    event.preventDefault();
  };
  return (
    <div
      class="cells"
      ref={box}
      onFocusIn={() => {
        hasFocus.current = true;
      }}
      onFocusOut={(event) => {
        if (event.relatedTarget) hasFocus.current = false;
      }}
    >
      <table
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table that is walked by keys
        role="grid"
        aria-label={w.imports.problems.grid}
        aria-rowcount={total + 1}
        aria-colcount={it.headings.length + 1}
        aria-readonly={isLocked}
        onKeyDown={press}
        onDblClick={() => begin()}
      >
        <Columns it={it} />
        <tbody>
          <Gap rows={first} row_px={row_px} />
          {rows.slice(first, last).map((row, i) => (
            <Line
              key={row.row}
              {...props}
              row={row}
              at={first + i}
              editing={editing}
              onFinish={finish}
              onActive={onActive}
            />
          ))}
          <Gap rows={Math.max(0, total - Math.min(last, rows.length))} row_px={row_px} />
        </tbody>
      </table>
    </div>
  );
}

/** Whether a text corrects a cell. What a formula came to is a correction even where it is written as it stands. */
function isNew(row: Row, column: number, text: string): boolean {
  const isFormula = row.problems.some(
    (problem) => problem.column === column && problem.code === "formula_cell",
  );
  return isFormula || text !== (row.cells[column] ?? "");
}

/** The part of the rows that is in view, with some around it. */
function useWindow(box: { readonly current: HTMLDivElement | null }, store: RowStore) {
  const row_px = ROW_REM * Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  const [span, setSpan] = useState({ first: 0, last: 60 });
  const measure = () => {
    const view = box.current;
    if (!view) return;
    const first = Math.max(0, Math.floor(view.scrollTop / row_px) - OVER_ROWS);
    const last = Math.ceil((view.scrollTop + view.clientHeight) / row_px) + OVER_ROWS;
    setSpan((before) => (before.first === first && before.last === last ? before : { first, last }));
    void store.need(last);
  };
  useEffect(() => {
    const view = box.current;
    if (!view) return;
    measure();
    const watch = new ResizeObserver(measure);
    watch.observe(view);
    view.addEventListener("scroll", measure, { passive: true });
    return () => {
      watch.disconnect();
      view.removeEventListener("scroll", measure);
    };
  }, []);
  const toRow = (at: number) => {
    const view = box.current;
    if (!view) return;
    const head = view.querySelector("thead")?.clientHeight ?? 0;
    const [top, bottom] = [at * row_px, (at + 1) * row_px + head];
    if (top < view.scrollTop) view.scrollTop = top;
    else if (bottom > view.scrollTop + view.clientHeight) view.scrollTop = bottom - view.clientHeight;
    measure();
  };
  return { ...span, row_px, toRow };
}

function cellOf(box: HTMLElement | null, { row, column }: Active): HTMLElement | null | undefined {
  return box?.querySelector<HTMLElement>(`#cell-${row}-${column + 1}`);
}

/** Scrolls the sheet sideways until a cell is in view. */
function bringIntoView(box: HTMLElement | null, active: Active): void {
  const cell = cellOf(box, active);
  if (!box || !cell || active.column < 0) return;
  const head = box.querySelector<HTMLElement>("thead th")?.offsetWidth ?? 0;
  const [left, right] = [cell.offsetLeft - head, cell.offsetLeft + cell.offsetWidth];
  if (left < box.scrollLeft) box.scrollLeft = left;
  else if (right > box.scrollLeft + box.clientWidth) box.scrollLeft = right - box.clientWidth;
}

/** Gives the focus to a cell, if it is drawn. */
function focusOn(box: HTMLElement | null, active: Active): void {
  cellOf(box, active)?.focus({ preventScroll: true });
}

function Gap({ rows, row_px }: { rows: number; row_px: number }) {
  if (rows === 0) return null;
  // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a row of a grid is no stop for the focus; this one only takes room
  return <tr aria-hidden="true" class="gap" style={{ height: `${rows * row_px}px` }} />;
}

function Columns({ it }: { it: Import }) {
  return (
    <>
      <colgroup>
        <col style={{ width: "4.25rem" }} />
        {it.headings.map((heading) => (
          <col key={heading.column} style={{ width: `${widthOf(heading)}rem` }} />
        ))}
      </colgroup>
      <thead>
        <tr aria-rowindex={1}>
          <th scope="col" aria-colindex={1}>
            {w.imports.problems.line}
          </th>
          {it.headings.map(({ column, heading, fields }) => (
            <th
              key={column}
              scope="col"
              aria-colindex={column + 2}
              class={fields.length === 0 ? "unread" : undefined}
            >
              {heading || w.imports.columns.no_heading}
              <small>{letterOf(column)}</small>
            </th>
          ))}
        </tr>
      </thead>
    </>
  );
}

interface LineProps extends Props {
  readonly row: Row;
  readonly at: number;
  readonly editing: Editing | undefined;
  readonly onFinish: (text: string | undefined, walk?: Walk) => void;
}

function Line({ row, at, it, active, editing, pending, onActive, onFinish }: LineProps) {
  const isOn = active?.row === row.row;
  const activate = (column: number) => () => onActive({ row: row.row, column });
  return (
    <tr
      aria-rowindex={at + 2}
      class={row.action === "skip" ? "skipped" : undefined}
      aria-label={say(w.imports.row, row.row)}
    >
      <RowHead row={row} isOn={isOn && active.column === -1} onActivate={activate(-1)} />
      {it.headings.map(({ column, heading }) => (
        <Cell
          key={column}
          row={row}
          column={column}
          heading={heading || letterOf(column)}
          pending={pending.get(`${row.row}:${column}`)}
          isOn={isOn && active.column === column}
          editing={editing?.row === row.row && editing.column === column ? editing : undefined}
          onActivate={activate(column)}
          onFinish={onFinish}
        />
      ))}
    </tr>
  );
}
