// A cell of the sheet: its text, what is wrong with it by colour, shape and word, and the field to mend it.

import { useLayoutEffect, useRef } from "preact/hooks";
import { Icon } from "../parts/icon";
import { say, w } from "../words";
import type { Walk } from "./layout";
import type { Active } from "./problems";
import { worst } from "./rows";
import type { Level, Row } from "./types";

/** A cell that is being mended. */
export interface Editing extends Active {
  /** What stands in the field at first. */
  readonly text: string;
  /** Whether that is the whole of the cell, to be replaced or changed. */
  readonly isWhole: boolean;
}

const LOOKS: Readonly<Record<Level, string>> = { error: "e", warning: "w", info: "n", ok: "" };

function Mark({ level }: { level: Level | undefined }) {
  if (!level || level === "ok") return null;
  return (
    <>
      <Icon name={level === "error" ? "warn" : "info"} />
      <span class="vh">{w.imports.levels[level]}</span>
    </>
  );
}

/** The number of a row, with what is wrong with the whole of it. */
export function RowHead({ row, isOn, onActivate }: { row: Row; isOn: boolean; onActivate: () => void }) {
  const level = worst(row, null)?.level;
  return (
    <th
      scope="row"
      id={`cell-${row.row}-0`}
      class={`${level ? LOOKS[level] : ""}${isOn ? " sel" : ""}`}
      tabIndex={isOn ? 0 : -1}
      aria-colindex={1}
      aria-describedby={isOn ? "dock" : undefined}
      onFocus={onActivate}
      onClick={onActivate}
    >
      <Mark level={level} />
      {row.row}
      {row.action === "skip" ? <span class="vh">{w.imports.problems.is_skipped}</span> : null}
    </th>
  );
}

interface CellProps {
  readonly row: Row;
  readonly column: number;
  readonly heading: string;
  /** The text that is on its way to the service. */
  readonly pending: string | undefined;
  readonly isOn: boolean;
  readonly editing: Editing | undefined;
  readonly onActivate: () => void;
  readonly onFinish: (text: string | undefined, walk?: Walk) => void;
}

/** A cell. */
export function Cell({ row, column, heading, pending, isOn, editing, onActivate, onFinish }: CellProps) {
  const problem = pending === undefined ? worst(row, column) : undefined;
  const text = pending ?? row.cells[column] ?? "";
  const isCorrected = String(column) in row.original;
  const looks = [problem ? LOOKS[problem.level] : "", isOn ? "sel" : "", isCorrected ? "corrected" : ""];
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid around it takes the keys of all cells
    <td
      // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a cell of a grid that is walked by keys
      role="gridcell"
      id={`cell-${row.row}-${column + 1}`}
      class={`${looks.filter(Boolean).join(" ")}${pending === undefined ? "" : " pending"}`}
      tabIndex={isOn && !editing ? 0 : -1}
      aria-colindex={column + 2}
      aria-invalid={problem?.level === "error" ? "true" : undefined}
      aria-selected={isOn}
      aria-describedby={isOn && problem ? "dock" : undefined}
      title={text.length > 16 ? text : undefined}
      onFocus={editing ? undefined : onActivate}
      onClick={editing ? undefined : onActivate}
    >
      {editing ? (
        <CellField
          editing={editing}
          label={say(w.imports.problems.cell, { row: row.row, heading })}
          onFinish={onFinish}
        />
      ) : (
        <>
          <Mark level={problem?.level} />
          {text || (problem ? <em>{w.imports.problems.empty_cell}</em> : "")}
          {isCorrected ? <span class="vh">{w.imports.problems.corrected}</span> : null}
        </>
      )}
    </td>
  );
}

/** The steps that end the mending of a cell. */
const ENDS: Readonly<Record<string, Walk>> = {
  Enter: { rows: 1, columns: 0 },
  Tab: { rows: 0, columns: 1 },
  ArrowDown: { rows: 1, columns: 0 },
  ArrowUp: { rows: -1, columns: 0 },
};
const BACK: Readonly<Record<string, Walk>> = {
  Enter: { rows: -1, columns: 0 },
  Tab: { rows: 0, columns: -1 },
};

function CellField({
  editing,
  label,
  onFinish,
}: {
  editing: Editing;
  label: string;
  onFinish: (text: string | undefined, walk?: Walk) => void;
}) {
  const field = useRef<HTMLInputElement>(null);
  const isOver = useRef(false);
  const finish = (text: string | undefined, walk?: Walk) => {
    if (isOver.current) return;
    isOver.current = true;
    onFinish(text, walk);
  };
  useLayoutEffect(() => {
    field.current?.focus();
    if (editing.isWhole) field.current?.select();
    else field.current?.setSelectionRange(editing.text.length, editing.text.length);
  }, []);
  return (
    <input
      ref={field}
      class="cell-field"
      aria-label={label}
      defaultValue={editing.text}
      maxLength={2000}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.isComposing) return;
        const walk = event.shiftKey ? (BACK[event.key] ?? ENDS[event.key]) : ENDS[event.key];
        if (event.key === "Escape") finish(undefined);
        else if (walk) finish(event.currentTarget.value, walk);
        else return;
        event.preventDefault();
      }}
      onBlur={(event) => finish(event.currentTarget.value)}
    />
  );
}
