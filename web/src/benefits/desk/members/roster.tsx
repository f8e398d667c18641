// Importing a roster: a file, a trial that says what each row would do, then writing it.

import { useState } from "preact/hooks";
import { Table } from "../../../staff/list/frame";
import { Button } from "../../../staff/parts/button";
import { Text } from "../../../staff/parts/field";
import { Icon } from "../../../staff/parts/icon";
import { Done, Failure, Nothing } from "../../../staff/parts/notes";
import { useTask } from "../../../staff/parts/task";
import { commitRoster, dropRoster, tryRoster } from "../api";
import { District } from "../parts/form";
import { Head } from "../parts/head";
import { hrefOf } from "../route";
import type { Problem, Roster } from "../types";
import { b, say } from "../words";

const COUNTS = ["added", "changed", "unchanged"] as const;

/** The screen. */
export function RosterPage() {
  const [roster, setRoster] = useState<Roster>();
  const [ended, setEnded] = useState("");
  const task = useTask();
  const commit = (it: Roster) =>
    task.run(async () => {
      await commitRoster(it);
      setEnded(say(b.roster.done, { added: it.added, changed: it.changed }));
      setRoster(undefined);
    });
  const drop = (it: Roster) =>
    task.run(async () => {
      await dropRoster(it);
      setEnded(b.roster.dropped);
      setRoster(undefined);
    });
  return (
    <>
      <Head title={b.roster.title}>
        <a class="btn quiet" href={hrefOf("members")}>
          {b.members.title}
        </a>
      </Head>
      {ended ? <Done>{ended}</Done> : null}
      <Failure failure={task.failure} />
      {roster ? (
        <>
          <Outcome roster={roster} />
          <div class="bar">
            <Button
              busy={task.busy}
              disabled={roster.added + roster.changed === 0}
              onClick={() => void commit(roster)}
            >
              {b.roster.commit}
            </Button>
            <Button look="quiet" onClick={() => void drop(roster)}>
              {b.roster.drop}
            </Button>
            <span class="cap">{b.roster.commit_text}</span>
          </div>
        </>
      ) : (
        <Choose
          onTried={(it) => {
            setEnded("");
            setRoster(it);
          }}
        />
      )}
    </>
  );
}

function Choose({ onTried }: { onTried: (roster: Roster) => void }) {
  const [file, setFile] = useState<File>();
  const [union, setUnion] = useState("");
  const [district, setDistrict] = useState("");
  const task = useTask();
  const send = async (event: Event) => {
    event.preventDefault();
    if (!file) return;
    const options = { ...(union.trim() ? { union: union.trim() } : {}), ...(district ? { district } : {}) };
    await task.run(async () => onTried(await tryRoster(file, options)));
  };
  return (
    <form class="panel whole-form" onSubmit={send}>
      <p>{b.roster.lead}</p>
      <Failure failure={task.failure} />
      <div class="field">
        <label for="roster-file">{b.roster.file}</label>
        <input
          id="roster-file"
          name="file"
          class="input"
          type="file"
          accept=".xlsx,.csv"
          required
          aria-describedby="roster-hint"
          onChange={(event) => setFile(event.currentTarget.files?.[0])}
        />
        <p class="hint" id="roster-hint">
          {b.roster.columns}
        </p>
      </div>
      <div class="three">
        <Text
          label={b.roster.union}
          name="union"
          value={union}
          onInput={setUnion}
          max={80}
          faults={task.failure?.faults}
        />
        <District
          label={b.roster.district}
          value={district}
          none={b.common.none}
          onPick={setDistrict}
          faults={task.failure?.faults}
        />
      </div>
      <div class="bar end">
        <Button type="submit" icon="upload" busy={task.busy}>
          {b.roster.try}
        </Button>
      </div>
    </form>
  );
}

function Outcome({ roster }: { roster: Roster }) {
  return (
    <>
      <section class="cards" aria-label={b.roster.result}>
        {COUNTS.map((name) => (
          <div key={name} class="panel">
            <h2>{b.roster[name]}</h2>
            <b>{roster[name]}</b>
            <span class="cap">{say(b.roster.rows, { n: roster.rows })}</span>
          </div>
        ))}
        <div class="panel">
          <h2>{b.roster.problems}</h2>
          <b>{roster.problems.length}</b>
        </div>
      </section>
      <Problems problems={roster.problems} />
    </>
  );
}

const LOOKS = { error: ["current", "warn"], warning: ["coming", "info"], info: ["plain", "info"] } as const;

function Problems({ problems }: { problems: readonly Problem[] }) {
  return (
    <section class="panel tbl" aria-label={b.roster.problems}>
      {problems.length === 0 ? <Nothing title={b.roster.problems_none} icon="check" /> : null}
      {problems.length > 0 ? (
        <Table columns={[[b.roster.row, "n"], b.roster.column, b.common.state, b.roster.what]}>
          {problems.map((problem) => (
            <tr key={`${problem.row} ${problem.column} ${problem.code}`}>
              <td class="n">{problem.row}</td>
              <td>{problem.column ?? b.common.none}</td>
              <td>
                <span class={`stage ${LOOKS[problem.level][0]}`}>
                  <Icon name={LOOKS[problem.level][1]} />
                  {b.roster.levels[problem.level]}
                </span>
              </td>
              <td class="text">{problem.detail}</td>
            </tr>
          ))}
        </Table>
      ) : null}
    </section>
  );
}
