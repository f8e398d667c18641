// Planning a round: which stations, by a filter, in which order they are walked, between which days, by whom.

import { useEffect, useState } from "preact/hooks";
import { listAccounts } from "../api";
import { dateOf, distance, midnight } from "../format";
import { Button } from "../parts/button";
import { Check, Checks, Pick, Text } from "../parts/field";
import { Head } from "../parts/head";
import { useLoaded } from "../parts/loaded";
import { Failure } from "../parts/notes";
import { useTask } from "../parts/task";
import { go } from "../route";
import { ownDistricts, session } from "../session";

import { now_ms, terms } from "../shell";
import { say, w } from "../words";
import { type Chosen, planRound, previewRound } from "./api";
import { StopTable } from "./round";
import { WalkMap } from "./walk-map";

interface Filter {
  readonly hosts: readonly string[];
  readonly unconfirmed: string;
  readonly uninspected: string;
  readonly findings: boolean;
}

const EMPTY: Filter = { hosts: [], unconfirmed: "", uninspected: "", findings: false };
const DAYS = ["30", "90", "180", "365"];

function chosenOf(scope: string, filter: Filter): Chosen {
  return {
    scope,
    filter: {
      hosts: filter.hosts,
      ...(filter.unconfirmed ? { unconfirmed_days: Number(filter.unconfirmed) } : {}),
      ...(filter.uninspected ? { uninspected_days: Number(filter.uninspected) } : {}),
      has_findings: filter.findings,
    },
  };
}

/** The scopes that somebody may plan in: his districts, and the whole city where he has it. */
function scopes(): readonly { code: string; word: string }[] {
  const own = ownDistricts.value.map(({ adcode, name }) => ({ code: adcode, word: name }));
  const wide = (session.value?.permissions.inspection_plan ?? []).find((prefix) => prefix.length <= 4);
  return wide === undefined ? own : [{ code: wide, word: w.rounds.whole_city }, ...own];
}

/** The screen. */
export function PlanRound() {
  const choices = scopes();
  const [scope, setScope] = useState(choices[0]?.code ?? "");
  const [filter, setFilter] = useState(EMPTY);
  const [name, setName] = useState("");
  const [days, setDays] = useState({ first: dateOf(now_ms()), last: dateOf(midnight(14)) });
  const [inspector, setInspector] = useState("");
  const [note, setNote] = useState("");
  const [people, setPeople] = useState<readonly { code: string; word: string }[]>([]);
  const task = useTask();
  const faults = task.failure?.faults;
  const looking = useLoaded(JSON.stringify([scope, filter]), () => previewRound(chosenOf(scope, filter)));
  const found = looking.value;
  useEffect(() => {
    void inspectors().then(setPeople);
  }, []);
  const submit = (event: Event) => {
    event.preventDefault();
    void task.run(async () => {
      const round = await planRound({
        ...chosenOf(scope, filter),
        name: name.trim(),
        first_day: days.first,
        last_day: days.last,
        ...(inspector ? { inspector } : {}),
        ...(note.trim() ? { note: note.trim() } : {}),
      });
      go(`/staff/rounds/${round.id}`);
    });
  };
  return (
    <>
      <Head title={w.rounds.plan}>
        <a class="btn quiet" href="/staff/rounds">
          {w.common.cancel}
        </a>
      </Head>
      <div class="round">
        <section class="panel tbl">
          {found ? <StopTable stops={found.stops} /> : null}
          {looking.failure ? (
            <p class="note">{looking.failure.faults.map((f) => f.detail).join(" ") || w.failures.fault}</p>
          ) : null}
        </section>
        <form class="panel pad stack" onSubmit={submit}>
          <Failure failure={task.failure} />
          <Text
            label={w.rounds.name}
            name="name"
            value={name}
            onInput={setName}
            faults={faults}
            max={60}
            required
          />
          <Pick
            label={w.rounds.scope}
            name="scope"
            value={scope}
            choices={choices}
            onPick={setScope}
            faults={faults}
          />
          <FilterFields filter={filter} onChange={setFilter} />
          {found ? (
            <div role="status" class="stack">
              <b>{say(w.rounds.chosen, found.stops.length)}</b>
              <WalkMap stops={found.stops} />
              <p class="cap">
                {say(w.rounds.length, distance(found.length_m))} {w.rounds.order_text}
              </p>
            </div>
          ) : null}
          <div class="two dates">
            <Text
              label={w.rounds.first_day}
              name="first_day"
              type="date"
              value={days.first}
              onInput={(first) => setDays({ ...days, first })}
              faults={faults}
              required
            />
            <Text
              label={w.rounds.last_day}
              name="last_day"
              type="date"
              value={days.last}
              onInput={(last) => setDays({ ...days, last })}
              faults={faults}
              required
            />
          </div>
          <Pick
            label={w.rounds.inspector}
            name="inspector"
            value={inspector}
            none={w.rounds.nobody}
            choices={people}
            onPick={setInspector}
            faults={faults}
          />
          <Text
            label={w.rounds.note}
            name="note"
            value={note}
            onInput={setNote}
            lines={2}
            max={500}
            faults={faults}
          />
          <Button type="submit" busy={task.busy} disabled={!found}>
            {w.rounds.plan_it}
          </Button>
        </form>
      </div>
    </>
  );
}

function FilterFields({ filter, onChange }: { filter: Filter; onChange: (filter: Filter) => void }) {
  const days = DAYS.map((code) => ({ code, word: say(w.rounds.n_days, code) }));
  return (
    <>
      <Pick
        label={w.rounds.uninspected}
        name="uninspected_days"
        value={filter.uninspected}
        none={w.rounds.any}
        choices={days}
        onPick={(uninspected) => onChange({ ...filter, uninspected })}
      />
      <Pick
        label={w.rounds.unconfirmed}
        name="unconfirmed_days"
        value={filter.unconfirmed}
        none={w.rounds.any}
        choices={days}
        onPick={(unconfirmed) => onChange({ ...filter, unconfirmed })}
      />
      <Check
        label={w.rounds.with_findings}
        on={filter.findings}
        onChange={(findings) => onChange({ ...filter, findings })}
      />
      <details>
        <summary>{w.rounds.hosts}</summary>
        <Checks
          label={w.rounds.hosts}
          name="hosts"
          values={filter.hosts}
          choices={terms("host")}
          onChange={(hosts) => onChange({ ...filter, hosts })}
        />
      </details>
    </>
  );
}

/** Who may walk a round: the inspectors that one sees, and oneself. */
async function inspectors(): Promise<{ code: string; word: string }[]> {
  const page = await listAccounts({ role: "inspector" }).catch(() => ({ items: [] }));
  const own = session.value?.account;
  const found = page.items.map(({ id, name }) => ({ code: id, word: name ?? w.people.erased }));
  if (own && !found.some(({ code }) => code === own.id)) found.push({ code: own.id, word: own.name ?? "" });
  return found;
}
