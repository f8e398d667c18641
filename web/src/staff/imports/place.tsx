// Step 2: in which coordinate system the numbers are written: what speaks for each, and where each would put them.

import { useEffect, useState } from "preact/hooks";
import type { Datum } from "../../datum";
import { geodesic_m } from "../../offline/geodesy";
import { DATUMS, type Place } from "../editor/position";
import { distance } from "../format";
import { Button } from "../parts/button";
import { Icon } from "../parts/icon";
import { Failure, Loading } from "../parts/notes";
import { useTask } from "../parts/task";
import { say, w } from "../words";
import { readRows } from "./api";
import { keepSystem } from "./drop";
import { EvidenceTable } from "./evidence";
import { Marks } from "./marks";
import type { Mark } from "./marks-map";
import { correct, underWay } from "./state";
import type { Import, Pair, Row } from "./types";

/** So many rows are offered for a look. */
const SAMPLES = 12;
/** So many rows are asked for, to choose the samples from. */
const LOOKED_AT = 200;

/** The step of the coordinate system. */
export function PlaceStep({ it, isLocked }: { it: Import; isLocked: boolean }) {
  // While it is in doubt the one that fits best is proposed; nothing is read so until somebody confirms it.
  const proposed = it.crs.doubtful && !it.options.crs_confirmed ? it.crs.best : it.options.crs;
  const [chosen, setChosen] = useState<Datum>(proposed);
  useEffect(() => setChosen(proposed), [proposed]);
  const isDecided = chosen === it.options.crs && (it.options.crs_confirmed || !it.crs.doubtful);
  const decide = () => void correct({ crs: keepSystem(chosen), crs_confirmed: true });
  return (
    <div class="wiz place">
      <section class="panel evidence" aria-labelledby="evidence">
        <h2 id="evidence">{w.imports.place.title}</h2>
        {it.crs.doubtful && !it.options.crs_confirmed ? (
          <p class="note">
            <Icon name="warn" />
            <span>
              {say(w.imports.place.doubtful, {
                declared: w.imports.systems[it.crs.declared].name,
                best: w.imports.systems[it.crs.best].name,
              })}
              {it.crs.p === null ? null : ` ${chance(it.crs.p)}`}
            </span>
          </p>
        ) : null}
        <EvidenceTable crs={it.crs} chosen={chosen} onChoose={setChosen} isLocked={isLocked} />
        <p class="cap">{w.imports.place.how}</p>
        {isDecided ? (
          <p class="note good" role="status">
            <Icon name="check" />
            {say(it.options.crs_confirmed ? w.imports.place.confirmed : w.imports.place.plain, {
              system: w.imports.systems[chosen].name,
            })}
          </p>
        ) : (
          <Button disabled={isLocked} busy={underWay.value > 0} onClick={decide}>
            {say(w.imports.place.confirm, w.imports.systems[chosen].name)}
          </Button>
        )}
      </section>
      <Samples it={it} chosen={chosen} onChoose={setChosen} />
    </div>
  );
}

/** How likely so much speaks for another system by chance alone. */
function chance(p: number): string {
  return say(w.imports.place.chance, p < 0.001 ? "0.1 %" : `${(p * 100).toFixed(1)} %`);
}

const placeOf = ([lon, lat]: Pair): Place => ({ lon, lat });

/** Rows spread over the sheet, those with a registered code first: they can be compared with what is there. */
export function samplesOf(rows: readonly Row[], most: number): readonly Row[] {
  const pinned = rows.filter(({ pins }) => pins);
  const known = pinned.filter(({ station }) => station);
  const pool = known.length >= 3 ? known : pinned;
  const step = Math.max(1, Math.floor(pool.length / most));
  return pool.filter((_, i) => i % step === 0).slice(0, most);
}

interface SamplesProps {
  readonly it: Import;
  readonly chosen: Datum;
  readonly onChoose: (crs: Datum) => void;
}

/** The three pins of one row after another, on the map. */
function Samples({ it, chosen, onChoose }: SamplesProps) {
  const [rows, setRows] = useState<readonly Row[]>();
  const [at, setAt] = useState(0);
  const task = useTask();
  const read = () =>
    void task.run(async () => {
      const { items } = await readRows(it.id, { limit: LOOKED_AT });
      setRows(samplesOf(items, SAMPLES));
    });
  useEffect(read, [it.version]);
  const row = rows?.[Math.min(at, rows.length - 1)];
  const name = nameColumn(it);
  return (
    <section class="panel looked" aria-labelledby="looked">
      <header class="bar">
        <h2 id="looked">{w.imports.place.look}</h2>
        {rows && row ? (
          <>
            <Button look="quiet small" disabled={at === 0} onClick={() => setAt(at - 1)}>
              {w.imports.place.before}
            </Button>
            <span class="cap" role="status">
              {say(w.imports.place.sample, {
                at: Math.min(at, rows.length - 1) + 1,
                of: rows.length,
                row: row.row,
              })}
            </span>
            <Button look="quiet small" disabled={at >= rows.length - 1} onClick={() => setAt(at + 1)}>
              {w.imports.place.next}
            </Button>
          </>
        ) : null}
      </header>
      <Failure failure={task.failure} onRetry={read} />
      {rows && !row ? <p class="pad cap">{w.imports.place.no_samples}</p> : null}
      {!rows && !task.failure ? <Loading rows={6} /> : null}
      {row?.pins ? (
        <>
          <Marks
            label={w.imports.place.map}
            shown={{
              marks: marksOf(row.pins, chosen),
              line: [],
              view: `${row.row}`,
            }}
            onPick={(key) => onChoose(key as Datum)}
          />
          <div class="map-legend">
            <p>
              <b>{(name === undefined ? "" : row.cells[name]) || say(w.imports.row, row.row)}</b>
              {row.station ? (
                <span class="cap"> {say(w.imports.place.registered, row.station.name)}</span>
              ) : null}
            </p>
            <ul>
              {DATUMS.map((datum) => (
                <Legend key={datum} datum={datum} row={row} chosen={chosen} />
              ))}
            </ul>
          </div>
        </>
      ) : null}
    </section>
  );
}

function marksOf(pins: Readonly<Record<Datum, Pair>>, chosen: Datum): readonly Mark[] {
  return DATUMS.map((datum) => ({
    key: datum,
    place: placeOf(pins[datum]),
    label: say(w.imports.place.mark, w.imports.systems[datum].name),
    look: `${datum}${datum === chosen ? " on" : ""}`,
    text: w.imports.systems[datum].letter,
  }));
}

/** The column that feeds the name. */
export function nameColumn(it: Import): number | undefined {
  return it.headings.find(({ fields }) => fields.includes("name"))?.column;
}

function Legend({ datum, row, chosen }: { datum: Datum; row: Row; chosen: Datum }) {
  if (!row.pins) return null;
  const far = geodesic_m(placeOf(row.pins[datum]), placeOf(row.pins[chosen]));
  return (
    <li>
      <span class={`mark still ${datum}`} aria-hidden="true">
        <span>{w.imports.systems[datum].letter}</span>
      </span>
      <span>
        {w.imports.systems[datum].name}
        <small>
          {datum === chosen ? w.imports.place.this_one : say(w.imports.place.apart, distance(far))}
        </small>
      </span>
    </li>
  );
}
