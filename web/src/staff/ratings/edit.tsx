// Writing the next version of the rules, beginning with the newest one.

import { useState } from "preact/hooks";
import { Button } from "../parts/button";
import { Text } from "../parts/field";
import { Failure } from "../parts/notes";
import { useTask } from "../parts/task";
import { say, w } from "../words";
import { type Clause, type Level, type RulesVersion, type RulesVersions, writeRules } from "./api";

interface Props {
  readonly newest: RulesVersion;
  readonly measures: RulesVersions["measures"];
  readonly onCancel: () => void;
  readonly onSaved: (told: RulesVersions) => void;
}

/** The form. */
export function EditRules({ newest, measures, onCancel, onSaved }: Props) {
  const [clauses, setClauses] = useState<readonly Clause[]>(newest.rules.clauses);
  const [levels, setLevels] = useState<readonly Level[]>(newest.rules.levels);
  const [note, setNote] = useState("");
  const task = useTask();
  const put = (at: number, patch: Partial<Clause>) =>
    setClauses(clauses.map((clause, i) => (i === at ? { ...clause, ...patch } : clause)));
  const submit = (event: Event) => {
    event.preventDefault();
    void task.run(async () => onSaved(await writeRules(newest.version, { clauses, levels }, note)));
  };
  const add = () => {
    const first = measures[0]?.code ?? "area_m2";
    const blank: Clause = {
      code: freeCode(clauses),
      zh: "",
      en: "",
      measure: first,
      target: 0,
      points: 5,
      cap: null,
    };
    setClauses([...clauses, blank]);
  };
  return (
    <form class="panel pad stack rules-edit" onSubmit={submit}>
      <Failure failure={task.failure} />
      <div class="scroll">
        <table class="roomy">
          <thead>
            <tr>
              <th scope="col">{w.ratings.clause_zh}</th>
              <th scope="col">{w.ratings.clause_en}</th>
              <th scope="col">{w.ratings.measure}</th>
              <th scope="col">{w.ratings.target}</th>
              <th scope="col">{w.ratings.worth}</th>
              <th scope="col">{w.ratings.cap}</th>
              <th scope="col">
                <span class="vh">{w.common.remove}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {clauses.map((clause, i) => (
              <ClauseRow
                key={clause.code}
                clause={clause}
                measures={measures}
                onChange={(patch) => put(i, patch)}
                onRemove={() => setClauses(clauses.filter((_, at) => at !== i))}
              />
            ))}
          </tbody>
        </table>
      </div>
      <Button look="quiet" icon="plus" onClick={add}>
        {w.ratings.add}
      </Button>
      <LevelFields levels={levels} onChange={setLevels} />
      <Text
        label={w.ratings.note}
        name="note"
        value={note}
        onInput={setNote}
        max={500}
        faults={task.failure?.faults}
      />
      <div class="bar">
        <Button type="submit" busy={task.busy}>
          {say(w.ratings.save, newest.version + 1)}
        </Button>
        <Button look="quiet" onClick={onCancel}>
          {w.common.cancel}
        </Button>
      </div>
    </form>
  );
}

/** A code that no clause has. */
function freeCode(clauses: readonly Clause[]): string {
  for (let n = clauses.length + 1; ; n++) {
    if (!clauses.some(({ code }) => code === `clause_${n}`)) return `clause_${n}`;
  }
}

interface RowProps {
  readonly clause: Clause;
  readonly measures: RulesVersions["measures"];
  readonly onChange: (patch: Partial<Clause>) => void;
  readonly onRemove: () => void;
}

function ClauseRow({ clause, measures, onChange, onRemove }: RowProps) {
  const { code, zh, en, measure, target, points, cap } = clause;
  const named = (what: string) => `${what} ${code}`;
  return (
    <tr>
      <td class="words">
        <input
          class="input"
          aria-label={named(w.ratings.clause_zh)}
          value={zh}
          maxLength={120}
          onInput={(e) => onChange({ zh: e.currentTarget.value })}
        />
      </td>
      <td class="words">
        <input
          class="input"
          aria-label={named(w.ratings.clause_en)}
          value={en}
          maxLength={120}
          onInput={(e) => onChange({ en: e.currentTarget.value })}
        />
      </td>
      <td>
        <select
          class="input"
          aria-label={named(w.ratings.measure)}
          value={measure}
          onChange={(e) => onChange({ measure: e.currentTarget.value })}
        >
          {measures.map((m) => (
            <option key={m.code} value={m.code} selected={m.code === measure}>
              {m.words}
            </option>
          ))}
        </select>
      </td>
      <td>
        <Figure
          label={named(w.ratings.target)}
          value={target}
          onChange={(next) => onChange({ target: next })}
        />
      </td>
      <td>
        <Figure
          label={named(w.ratings.worth)}
          value={points}
          onChange={(next) => onChange({ points: next })}
        />
      </td>
      <td>
        <select
          class="input"
          aria-label={named(w.ratings.cap)}
          value={cap ?? ""}
          onChange={(e) =>
            onChange({ cap: e.currentTarget.value === "" ? null : Number(e.currentTarget.value) })
          }
        >
          <option value="">{w.ratings.no_cap}</option>
          {[0, 1, 2, 3, 4].map((n) => (
            <option key={n} value={n} selected={n === cap}>
              {n}
            </option>
          ))}
        </select>
      </td>
      <td>
        <Button look="plain bad small" label={named(w.common.remove)} onClick={onRemove}>
          {w.common.remove}
        </Button>
      </td>
    </tr>
  );
}

function Figure({
  label,
  value,
  onChange,
}: {
  label: string;
  value: number;
  onChange: (value: number) => void;
}) {
  return (
    <input
      class="input"
      type="number"
      step="any"
      aria-label={label}
      value={value}
      onInput={(event) => {
        const read = event.currentTarget.valueAsNumber;
        if (Number.isFinite(read)) onChange(read);
      }}
    />
  );
}

function LevelFields({
  levels,
  onChange,
}: {
  levels: readonly Level[];
  onChange: (levels: readonly Level[]) => void;
}) {
  const put = (stars: number, patch: Partial<Level>) =>
    onChange(levels.map((level) => (level.stars === stars ? { ...level, ...patch } : level)));
  return (
    <table class="roomy">
      <thead>
        <tr>
          <th scope="col">{w.ratings.levels}</th>
          <th scope="col">{w.ratings.level_points}</th>
          <th scope="col">{w.ratings.level_known}</th>
        </tr>
      </thead>
      <tbody>
        {levels.map(({ stars, points, known }) => (
          <tr key={stars}>
            <td>{say(w.ratings.star_n, stars)}</td>
            <td>
              <Figure
                label={`${w.ratings.level_points} ${stars}`}
                value={points}
                onChange={(next) => put(stars, { points: next })}
              />
            </td>
            <td>
              <Figure
                label={`${w.ratings.level_known} ${stars}`}
                value={known}
                onChange={(next) => put(stars, { known: next })}
              />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
