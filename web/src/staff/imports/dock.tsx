// Below the sheet: what is wrong with the cell or row that is chosen, and what can be done about it at once.

import { Button } from "../parts/button";
import { Icon } from "../parts/icon";
import { useTask } from "../parts/task";
import { say, w } from "../words";
import { readRows } from "./api";
import { letterOf } from "./columns";
import type { Active } from "./problems";
import { isAbout, worst } from "./rows";
import { hrefOf } from "./steps";
import type { Correction, Import, Problem, Row } from "./types";

/** So many rows are mended alike at once. */
const MOST_ALIKE = 5_000;

interface Props {
  readonly it: Import;
  readonly row: Row | undefined;
  readonly active: Active | undefined;
  readonly isLocked: boolean;
  readonly onPut: (body: Correction) => Promise<boolean>;
  readonly onEdit: (row: number, column: number, value: string | null) => Promise<void>;
  readonly onPin: (row: Row) => void;
}

/** The problems of a place: of the cell, else of the row, else of its other cells. */
export function problemsAt(row: Row, column: number): readonly Problem[] {
  const at = (wanted: number | null) => row.problems.filter((problem) => isAbout(problem, wanted));
  const own = column < 0 ? [] : at(column);
  if (own.length > 0) return own;
  return column < 0 ? row.problems : at(null);
}

/** The column of a problem that is shown at another cell than its own. */
export function placeOf(it: Import, { column }: Problem, active: Active): string {
  if (typeof column !== "number" || column === active.column) return "";
  const heading = it.headings.find((one) => one.column === column);
  return say(w.imports.columns.of, heading?.heading || letterOf(column));
}

/** The panel. */
export function Dock({ it, row, active, isLocked, onPut, onEdit, onPin }: Props) {
  if (!row || !active) return <div class="dock" id="dock" />;
  const found = problemsAt(row, active.column);
  const level = worst(row, active.column < 0 ? null : active.column)?.level ?? found[0]?.level ?? "ok";
  const heading = it.headings.find(({ column }) => column === active.column);
  const where = heading
    ? say(w.imports.problems.at, { row: row.row, column: letterOf(heading.column), heading: heading.heading })
    : say(w.imports.row, row.row);
  const original = row.original[String(active.column)];
  return (
    <section class={`dock ${level}`} id="dock" aria-live="polite" aria-label={w.imports.problems.dock}>
      <div class="dock-text">
        {found.length > 0 ? null : <b>{where}</b>}
        {found.length > 0 ? (
          found.map((problem) => (
            <p key={problem.code + problem.detail}>
              <Icon name={problem.level === "error" ? "warn" : "info"} />
              <span>
                {placeOf(it, problem, active)}
                {problem.detail}
              </span>
            </p>
          ))
        ) : (
          <Fine row={row} />
        )}
        {original === undefined ? null : (
          <p class="cap">
            {say(w.imports.problems.was, original || w.imports.problems.empty_cell)}{" "}
            {isLocked ? null : (
              <button type="button" class="link" onClick={() => void onEdit(row.row, active.column, null)}>
                {w.imports.problems.restore}
              </button>
            )}
          </p>
        )}
      </div>
      {isLocked ? null : <Deeds it={it} row={row} found={found} onPut={onPut} onPin={onPin} />}
    </section>
  );
}

/** What becomes of a row with nothing to say about the place. */
function Fine({ row }: { row: Row }) {
  const others = row.problems.filter(({ level }) => level === "error" || level === "warning").length;
  return (
    <p>
      <Icon name={others > 0 ? "info" : "check"} />
      <span>
        {others > 0
          ? say(w.imports.problems.elsewhere, others)
          : say(w.imports.actions[row.action], row.changes.length)}
      </span>
    </p>
  );
}

interface DeedsProps {
  readonly it: Import;
  readonly row: Row;
  readonly found: readonly Problem[];
  readonly onPut: (body: Correction) => Promise<boolean>;
  readonly onPin: (row: Row) => void;
}

function Deeds({ it, row, found, onPut, onPin }: DeedsProps) {
  const task = useTask();
  const offered = found.flatMap((problem) =>
    (problem.suggestions ?? []).map((suggestion, i) => ({ problem, suggestion, isFirst: i === 0 })),
  );
  const isSkipped = row.action === "skip";
  const canPin = row.pins !== null || row.position !== null || row.action === "park" || found.some(isOfPlace);
  const fix = (fixes: readonly { column: number; value: string }[]) =>
    onPut({ fixes: fixes.map((one) => ({ row: row.row, ...one })) });
  const alike = found.find(
    ({ code, suggestions }) => suggestions?.length === 1 && (countOf(it, code) ?? 0) > 1,
  );
  return (
    <div class="bar wrap dock-deeds">
      {alike ? (
        <Button
          busy={task.busy}
          onClick={() => void task.run(async () => onPut({ fixes: await fixesOf(it, alike.code) }))}
        >
          {say(w.imports.problems.alike, countOf(it, alike.code) ?? 0)}
        </Button>
      ) : null}
      {offered.map(({ suggestion, isFirst }) => (
        <Button
          key={suggestion.label}
          look={isFirst && !alike ? "" : "quiet"}
          onClick={() => void fix(suggestion.fixes)}
        >
          {suggestion.label}
        </Button>
      ))}
      {found.some(({ code }) => OF_PAIRS.includes(code)) ? (
        <a class="btn quiet" href={hrefOf(it.id, "duplicates")}>
          {w.imports.problems.pairs}
        </a>
      ) : null}
      {canPin && !isSkipped ? (
        <Button look="quiet" icon="pin" onClick={() => onPin(row)}>
          {w.imports.problems.pin}
        </Button>
      ) : null}
      <Button look="plain" onClick={() => void onPut({ skips: [{ row: row.row, skip: !isSkipped }] })}>
        {isSkipped ? w.imports.problems.unskip : w.imports.problems.skip}
      </Button>
    </div>
  );
}

/** Problems that are decided side by side. */
const OF_PAIRS = ["same_point", "similar_name", "same_address", "code_twice"];
/** Problems that a pin puts right. */
const OF_PLACE = [
  "parked",
  "position_missing",
  "swapped",
  "not_degrees",
  "out_of_range",
  "position_zero",
  "district_differs",
  "crs_differs",
];

function isOfPlace({ code }: Problem): boolean {
  return OF_PLACE.includes(code);
}

function countOf(it: Import, code: string): number | undefined {
  return it.codes.find((one) => one.code === code)?.count;
}

/** What the only suggestions for a kind of problem write into a row. */
export function singleFixes({ row, problems }: Row, code: string) {
  const only = problems.filter((problem) => problem.code === code && problem.suggestions?.length === 1);
  const fixes = only.flatMap(({ suggestions }) => suggestions?.[0]?.fixes ?? []);
  return fixes.map((fix) => ({ row, ...fix }));
}

/** The one suggestion of each row with a kind of problem. */
async function fixesOf(it: Import, code: string) {
  const fixes: { row: number; column: number; value: string }[] = [];
  let cursor: string | null | undefined = null;
  do {
    const answer: Awaited<ReturnType<typeof readRows>> = await readRows(it.id, { code, limit: 200, cursor });
    for (const row of answer.items) {
      fixes.push(...singleFixes(row, code));
    }
    cursor = answer.next;
  } while (cursor && fixes.length < MOST_ALIKE);
  return fixes;
}
