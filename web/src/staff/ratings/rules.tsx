// The rules in their versions: what they ask for, what is other than before, and writing the next one.

import { useEffect, useState } from "preact/hooks";
import { moment } from "../format";
import { Button } from "../parts/button";
import { Head } from "../parts/head";
import { Done, Failure, Loading } from "../parts/notes";
import { useTask } from "../parts/task";
import { here } from "../route";
import { say, w } from "../words";
import { type Clause, type Level, type RulesVersion, type RulesVersions, readRules } from "./api";
import { EditRules } from "./edit";
import { clauseWords, differences } from "./figures";
import { mayWrite, Tabs } from "./page";

/** The screen. */
export function RulesScreen() {
  const [told, setTold] = useState<RulesVersions>();
  const [isEditing, setEditing] = useState(false);
  const [isSaved, setSaved] = useState(false);
  const task = useTask();
  const load = () => void task.run(async () => setTold(await readRules()));
  useEffect(load, []);
  const wanted = Number(here.value.searchParams.get("version"));
  const shown = told?.items.find((v) => v.version === wanted) ?? told?.items[0];
  const other = Number(here.value.searchParams.get("with"));
  const compared = told?.items.find((v) => v.version === other);
  const newest = told?.items[0];
  return (
    <>
      <Head title={w.ratings.rules}>
        {newest && mayWrite() && !isEditing ? (
          <Button onClick={() => setEditing(true)}>{w.ratings.edit}</Button>
        ) : null}
      </Head>
      <Tabs now="rules" />
      <Failure failure={task.failure} onRetry={load} />
      {isSaved ? <Done>{w.ratings.saved}</Done> : null}
      {!told && !task.failure ? <Loading rows={6} /> : null}
      {told && newest && isEditing ? (
        <EditRules
          newest={newest}
          measures={told.measures}
          onCancel={() => setEditing(false)}
          onSaved={(next) => {
            setTold(next);
            setEditing(false);
            setSaved(true);
          }}
        />
      ) : null}
      {told && shown && !isEditing ? (
        <div class="round">
          <section class="panel tbl">
            {compared && compared !== shown ? <Diff before={compared} after={shown} /> : null}
            <ClauseTable clauses={shown.rules.clauses} measures={told.measures} />
            <LevelTable levels={shown.rules.levels} />
            <p class="cap pad">{w.ratings.unknown_rule}</p>
          </section>
          <aside class="panel pad stack">
            <h2>{w.ratings.versions}</h2>
            <Versions items={told.items} shown={shown} compared={compared} />
          </aside>
        </div>
      ) : null}
    </>
  );
}

function Versions(props: {
  items: readonly RulesVersion[];
  shown: RulesVersion;
  compared: RulesVersion | undefined;
}) {
  const { items, shown, compared } = props;
  const address = (version: number, other?: number) =>
    `/staff/ratings/rules?version=${version}${other ? `&with=${other}` : ""}`;
  return (
    <ul class="stack">
      {items.map((one) => (
        <li key={one.version}>
          <a href={address(one.version)} aria-current={one.version === shown.version ? "true" : undefined}>
            {say(w.ratings.version_line, {
              n: one.version,
              at: moment(one.created),
              by: one.by ? (one.by.name ?? w.people.erased) : w.ratings.shipped,
            })}
          </a>
          {one.note ? <p class="prose">{one.note}</p> : null}
          {one.version === shown.version ? null : (
            <p>
              <a
                href={address(shown.version, one.version)}
                aria-current={one === compared ? "true" : undefined}
              >
                {say(w.ratings.compare, one.version)}
              </a>
            </p>
          )}
        </li>
      ))}
    </ul>
  );
}

function Diff({ before, after }: { before: RulesVersion; after: RulesVersion }) {
  const found = differences(before.rules, after.rules);
  return (
    <div class="scroll diff-rules">
      <table class="roomy">
        <caption>{say(w.ratings.compare, before.version)}</caption>
        <thead>
          <tr>
            <th scope="col">{w.ratings.clause}</th>
            <th scope="col">{w.ratings.was}</th>
            <th scope="col">{w.ratings.is}</th>
          </tr>
        </thead>
        <tbody>
          {found.length === 0 ? (
            <tr>
              <td colSpan={3}>{w.ratings.no_changes}</td>
            </tr>
          ) : null}
          {found.map(({ what, before, after }) => (
            <tr key={what}>
              <td class="text">{what}</td>
              <td class="text was">{before}</td>
              <td class="text">{after}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function ClauseTable({
  clauses,
  measures,
}: {
  clauses: readonly Clause[];
  measures: RulesVersions["measures"];
}) {
  return (
    <div class="scroll">
      <table class="roomy">
        <thead>
          <tr>
            <th scope="col">{w.ratings.clause}</th>
            <th scope="col">{w.ratings.measure}</th>
            <th scope="col" class="n">
              {w.ratings.target}
            </th>
            <th scope="col" class="n">
              {w.ratings.worth}
            </th>
            <th scope="col" class="n">
              {w.ratings.cap}
            </th>
          </tr>
        </thead>
        <tbody>
          {clauses.map((clause) => (
            <tr key={clause.code}>
              <td class="text">{clauseWords(clause)}</td>
              <td class="text">{measures.find((m) => m.code === clause.measure)?.words ?? clause.measure}</td>
              <td class="n">{clause.target}</td>
              <td class="n">{clause.points}</td>
              <td class="n">{clause.cap ?? "–"}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function LevelTable({ levels }: { levels: readonly Level[] }) {
  return (
    <table class="roomy">
      <caption class="vh">{w.ratings.levels}</caption>
      <thead>
        <tr>
          <th scope="col">{w.ratings.levels}</th>
          <th scope="col" class="n">
            {w.ratings.level_points}
          </th>
          <th scope="col" class="n">
            {w.ratings.level_known}
          </th>
        </tr>
      </thead>
      <tbody>
        {levels.map((level) => (
          <tr key={level.stars}>
            <td>{say(w.ratings.star_n, level.stars)}</td>
            <td class="n">{level.points}</td>
            <td class="n">{level.known}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
