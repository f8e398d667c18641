// Step 4: rows that may be another row or a registered station: side by side, and decided by a person.

import { useEffect, useState } from "preact/hooks";
import { distance } from "../format";
import { Icon } from "../parts/icon";
import { Failure, Loading, Nothing } from "../parts/notes";
import { useTask } from "../parts/task";
import { go, here } from "../route";
import { say, w, wordIn } from "../words";
import { readRows } from "./api";
import { Facts } from "./facts";
import { Marks } from "./marks";
import { otherOf, type Side, sideOfRow } from "./sides";
import { correct } from "./state";
import { hrefOf, isOpen } from "./steps";
import { DECISIONS, type Decision, type Duplicate, type Import } from "./types";

/** A word for a pair in the address. */
export function keyOf({ row, other_row, station_id }: Duplicate): string {
  return `${row}-${other_row ?? station_id ?? ""}`;
}

/** The step of the duplicates. */
export function DuplicatesStep({ it, isLocked }: { it: Import; isLocked: boolean }) {
  const asked = here.value.searchParams.get("pair");
  const open = it.duplicates.filter(isOpen);
  const shown = it.duplicates.find((pair) => keyOf(pair) === asked) ?? open[0] ?? it.duplicates[0];
  if (!shown) {
    return (
      <section class="panel grow">
        <Nothing title={w.imports.duplicates.none} icon="check">
          <p>{w.imports.duplicates.none_text}</p>
        </Nothing>
      </section>
    );
  }
  const decide = async (decision: Decision | null) => {
    const { row, other_row, station_id } = shown;
    const other = typeof other_row === "number" ? { other_row } : { station_id: station_id ?? "" };
    const next = open.find((pair) => pair !== shown);
    const isDone = await correct({ decisions: [{ row, ...other, decision }] });
    if (isDone && decision && shown.decision === null)
      go(hrefOf(it.id, "duplicates", { pair: keyOf(next ?? shown) }), true);
  };
  return (
    <div class="wiz pairs">
      <nav class="panel kinds" aria-label={w.imports.duplicates.list}>
        <h2>{say(w.imports.duplicates.count, { open: open.length, n: it.duplicates.length })}</h2>
        <ul>
          {it.duplicates.map((pair) => (
            <li key={keyOf(pair)}>
              <a
                href={hrefOf(it.id, "duplicates", { pair: keyOf(pair) })}
                aria-current={pair === shown ? "true" : undefined}
                class={pair.decision ? "fine" : "mid"}
              >
                <Icon name={pair.decision ? "check" : "info"} />
                <span>
                  {say(w.imports.duplicates.pair, { row: pair.row, other: otherName(pair) })}
                  <small>
                    {pair.decision
                      ? w.imports.duplicates.decided[pair.decision]
                      : wordIn(w.imports.duplicates.reasons, pair.reason)}
                  </small>
                </span>
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <PairCard key={keyOf(shown)} it={it} pair={shown} isLocked={isLocked} onDecide={decide} />
    </div>
  );
}

/** What can be decided: two rows are folded into one, or not; two with one code are not two stations. */
function choicesOf({ other_row, reason }: Duplicate): readonly Decision[] {
  if (typeof other_row !== "number") return DECISIONS;
  return reason === "code" ? ["same"] : ["same", "different"];
}

function otherName({ other_row, station_name }: Duplicate): string {
  return typeof other_row === "number" ? say(w.imports.row, other_row) : (station_name ?? "–");
}

interface CardProps {
  readonly it: Import;
  readonly pair: Duplicate;
  readonly isLocked: boolean;
  readonly onDecide: (decision: Decision | null) => Promise<void>;
}

function PairCard({ it, pair, isLocked, onDecide }: CardProps) {
  const [sides, setSides] = useState<readonly [Side, Side]>();
  const task = useTask();
  const read = () =>
    void task.run(async () => {
      const { items } = await readRows(it.id, { row: pair.row });
      const [own] = items;
      if (own) setSides([sideOfRow(it, own), await otherOf(it, pair)]);
    });
  useEffect(read, [it.version]);
  const isRow = typeof pair.other_row === "number";
  return (
    <section class="panel pair" aria-labelledby="pair">
      <header class="step-head">
        <h2 id="pair">{say(w.imports.duplicates.question, { row: pair.row, other: otherName(pair) })}</h2>
        <p class="cap">
          {wordIn(w.imports.duplicates.reasons, pair.reason)}
          {typeof pair.distance_m === "number"
            ? ` · ${say(w.imports.duplicates.apart, distance(pair.distance_m))}`
            : null}
        </p>
      </header>
      <Failure failure={task.failure} onRetry={read} />
      {sides ? <Both sides={sides} /> : task.failure ? null : <Loading rows={6} />}
      <fieldset class="decide" disabled={isLocked}>
        <legend class="vh">{w.imports.duplicates.decide}</legend>
        {choicesOf(pair).map((decision) => (
          <label key={decision} class={pair.decision === decision ? "choice on" : "choice"}>
            <input
              type="radio"
              name={`decision-${keyOf(pair)}`}
              checked={pair.decision === decision}
              onChange={() => void onDecide(decision)}
            />
            <span>
              <b>{w.imports.duplicates.choices[decision]}</b>
              <small>
                {say(
                  isRow ? w.imports.duplicates.means_row[decision] : w.imports.duplicates.means[decision],
                  {
                    row: pair.row,
                    other: otherName(pair),
                  },
                )}
              </small>
            </span>
          </label>
        ))}
      </fieldset>
      {pair.reason === "code" && !pair.decision ? (
        <p class="pad cap">
          {w.imports.duplicates.one_code}{" "}
          <a href={hrefOf(it.id, "problems", { code: "code_twice" })}>{w.imports.duplicates.mend_code}</a>
        </p>
      ) : null}
      {pair.decision && !isLocked ? (
        <p class="pad cap">
          <button type="button" class="link" onClick={() => void onDecide(null)}>
            {w.imports.duplicates.again}
          </button>
        </p>
      ) : null}
    </section>
  );
}

/** The facts of both, and where they are. */
function Both({ sides }: { sides: readonly [Side, Side] }) {
  const marks = sides.flatMap(({ place, title }, i) =>
    place
      ? [{ key: String(i), place, label: title, look: i === 0 ? "own" : "other", text: i === 0 ? "A" : "B" }]
      : [],
  );
  return (
    <div class="both">
      <Facts sides={sides} />
      {marks.length > 0 ? (
        <Marks
          label={w.imports.duplicates.map}
          shown={{
            marks,
            line: ["0", "1"],
            view: marks.map(({ place }) => `${place.lon},${place.lat}`).join(" "),
          }}
          onPick={() => undefined}
        />
      ) : null}
    </div>
  );
}
