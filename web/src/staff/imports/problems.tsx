// Step 3: the sheet with what is wrong in it, mended in place. Which rows are shown stands in the address.

import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { Button } from "../parts/button";
import { Icon } from "../parts/icon";
import { Failure, Loading, Nothing } from "../parts/notes";
import { here } from "../route";
import { say, w, wordIn } from "../words";
import { Dock } from "./dock";
import { Grid } from "./grid";
import { PinDialog } from "./pin";
import { nameColumn } from "./place";
import { nextFaulty, RowStore } from "./rows";
import { Side } from "./side";
import { correct, current } from "./state";
import { hrefOf, type RowFilter, readFilter, writeFilter } from "./steps";
import type { Correction, Import, Row } from "./types";

/** The cell that the keys act on: a row by its number in the sheet, and a column; -1 is the number of the row. */
export interface Active {
  readonly row: number;
  readonly column: number;
}

/** The column of a row's first problem; the number of the row where it is about the whole of it. */
export function faultyColumn(row: Row): number {
  const worst = row.problems.find(({ level }) => level === "error") ?? row.problems[0];
  return typeof worst?.column === "number" ? worst.column : -1;
}

/** The step of the problems. */
export function ProblemsStep({ it, isLocked }: { it: Import; isLocked: boolean }) {
  const filter = readFilter(here.value.searchParams);
  const store = useMemo(() => new RowStore(it.id, filter), [it.id]);
  const [active, setActive] = useState<Active>();
  const [pending, setPending] = useState<ReadonlyMap<string, string>>(new Map());
  const [pinning, setPinning] = useState<Row>();
  const [goal, setGoal] = useState(0);
  useEffect(() => {
    setActive(undefined);
    void store.show(filter);
  }, [JSON.stringify(filter)]);
  useEffect(() => () => store.close(), []);
  const rows = store.items.value;
  useEffect(() => setActive(kept(active, rows, setGoal)), [rows]);
  const put = async (body: Correction) => {
    const isDone = await correct(body);
    await store.renew();
    return isDone;
  };
  const edit = async (row: number, column: number, value: string | null) => {
    const key = `${row}:${column}`;
    if (value !== null) setPending((before) => new Map(before).set(key, value));
    await put({ fixes: [{ row, column, value }] });
    setPending((before) => new Map([...before].filter(([other]) => other !== key)));
  };
  const toNext = () => {
    const at = rows.findIndex(({ row }) => row === active?.row);
    // At first the cell that is shown was chosen by nobody, so it is the next one.
    const column = goal === 0 ? (active?.column ?? 0) - 1 : (active?.column ?? -1);
    const next = nextFaulty(rows, { at, column });
    const row = next && rows[next.at];
    if (!row) return;
    setActive({ row: row.row, column: next.column });
    setGoal((before) => before + 1);
  };
  const row = rows.find((one) => one.row === active?.row);
  return (
    <div class="wiz problems">
      <Side it={it} filter={filter} />
      <section class="panel sheet-panel" aria-label={w.imports.problems.sheet}>
        <Bar it={it} filter={filter} total={store.total.value} onNext={toNext} />
        <Failure failure={store.failure.value} onRetry={() => void store.renew()} />
        {store.total.value === undefined && !store.failure.value ? <Loading rows={12} /> : null}
        {store.total.value === 0 ? <Empty it={it} filter={filter} /> : null}
        {rows.length > 0 && store.total.value !== undefined ? (
          <>
            <Grid
              it={it}
              store={store}
              active={active}
              goal={goal}
              pending={pending}
              isLocked={isLocked}
              onActive={setActive}
              onEdit={(cell, value) => void edit(cell.row, cell.column, value)}
              onNext={toNext}
            />
            <Dock
              it={it}
              row={row}
              active={active}
              isLocked={isLocked}
              onPut={put}
              onEdit={edit}
              onPin={setPinning}
            />
          </>
        ) : null}
      </section>
      {pinning ? <PinRow row={pinning} it={it} onPut={put} onClose={() => setPinning(undefined)} /> : null}
    </div>
  );
}

/** The active cell after the rows changed: the same row, or the one that moved up into its place. */
function kept(
  active: Active | undefined,
  rows: readonly Row[],
  see: (change: (n: number) => number) => void,
) {
  if (active && rows.some(({ row }) => row === active.row)) return active;
  const next = active ? rows.find(({ row }) => row > active.row) : rows.find((row) => faultyColumn(row) >= 0);
  const row = next ?? (active ? rows.at(-1) : rows[0]);
  if (active && row) see((n) => n + 1);
  return row && { row: row.row, column: faultyColumn(row) };
}

interface BarProps {
  readonly it: Import;
  readonly filter: RowFilter;
  readonly total: number | undefined;
  readonly onNext: () => void;
}

/** What is shown, as chips to take away, and the way to the next problem. */
function Bar({ it, filter, total, onNext }: BarProps) {
  const without = (part: Partial<RowFilter>) =>
    hrefOf(it.id, "problems", writeFilter({ ...filter, ...part }));
  return (
    <header class="bar wrap sheet-bar">
      <h2>{w.imports.problems.title}</h2>
      {filter.levels.map((level) => (
        <Chip
          key={level}
          word={w.imports.levels[level]}
          href={without({ levels: filter.levels.filter((other) => other !== level) })}
        />
      ))}
      {filter.code ? <Chip word={wordIn(w.imports.kinds, filter.code)} href={without({ code: "" })} /> : null}
      {filter.row === undefined ? null : (
        <Chip word={say(w.imports.row, filter.row)} href={without({ row: undefined })} />
      )}
      <span class="cap" role="status">
        {total === undefined ? "" : say(w.imports.problems.shown, { n: total, of: it.rows })}
      </span>
      <Button look="quiet small" icon="next" disabled={!total} onClick={onNext} title="F8">
        {w.imports.problems.next}
      </Button>
    </header>
  );
}

function Chip({ word, href }: { word: string; href: string }) {
  return (
    <a class="chip on" href={href} aria-label={say(w.imports.problems.unfilter, word)}>
      {word}
      <Icon name="close" />
    </a>
  );
}

function Empty({ it, filter }: { it: Import; filter: RowFilter }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // The last row of a kind was mended, and the cell that had the focus is gone.
    if (document.activeElement === document.body) box.current?.querySelector("a")?.focus();
  }, []);
  const isFiltered = filter.levels.length > 0 || filter.code !== "" || filter.row !== undefined;
  return (
    <div ref={box}>
      <Nothing title={isFiltered ? w.imports.problems.none : w.imports.problems.no_rows} icon="check">
        {isFiltered ? <a href={hrefOf(it.id, "problems")}>{w.imports.problems.show_all}</a> : null}
        <a href={hrefOf(it.id, "duplicates")}>{say(w.imports.forth, w.imports.steps.duplicates)}</a>
      </Nothing>
    </div>
  );
}

interface PinRowProps {
  readonly row: Row;
  readonly it: Import;
  readonly onPut: (body: Correction) => Promise<boolean>;
  readonly onClose: () => void;
}

/** A position by hand for a row of the sheet. */
function PinRow({ row, it, onPut, onClose }: PinRowProps) {
  const textOf = (field: string) => {
    const column = it.headings.find(({ fields }) => fields.includes(field))?.column;
    return column === undefined ? "" : (row.cells[column] ?? "");
  };
  const name = nameColumn(it);
  return (
    <PinDialog
      title={say(
        w.imports.pin.title,
        (name === undefined ? "" : row.cells[name]) || say(w.imports.row, row.row),
      )}
      address={textOf("address") || null}
      district={null}
      before={row.position ?? undefined}
      go={w.imports.pin.put}
      onPin={async ({ lat, lon }) => {
        const isDone = await onPut({ pins: [{ row: row.row, lat, lon, crs: "wgs84" }] });
        if (!isDone && !current.value) throw new Error("the import is gone");
      }}
      onClose={onClose}
    />
  );
}
