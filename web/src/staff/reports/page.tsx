// Reports by workers: the queue by last day with its filters in the address, and one of them in full.

import { useEffect, useState } from "preact/hooks";
import { day } from "../format";
import { Button } from "../parts/button";
import { Pick } from "../parts/field";
import { Head } from "../parts/head";
import { Failure, Loading, Nothing } from "../parts/notes";
import { useTask } from "../parts/task";
import { go, here } from "../route";
import { ownDistricts } from "../session";
import { districtName, instantOf } from "../shell";
import { say, w } from "../words";
import { listReports } from "./api";
import { One } from "./one";
import { KINDS, type Queue, type Report } from "./types";
import { kindWords, ownerWords, Standing } from "./words";

const FILTERS = ["state", "kind", "district", "station", "owner", "overdue"] as const;
type Filter = (typeof FILTERS)[number];
type Asked = Readonly<Record<Filter, string>>;

/** What the address asks for; open reports where it asks for nothing. */
export function askedOf(url: URL): Asked {
  const said = (name: Filter) => url.searchParams.get(name) ?? "";
  const asked = Object.fromEntries(FILTERS.map((name) => [name, said(name)])) as Record<Filter, string>;
  return { ...asked, state: asked.state || "open" };
}

function set(name: Filter, value: string): void {
  const url = new URL(here.value);
  if (value) url.searchParams.set(name, value);
  else url.searchParams.delete(name);
  go(url, true);
}

/** The screen: the queue, or the report that the address names. */
export function Reports() {
  const [, , , id] = here.value.pathname.split("/");
  return id ? <One key={id} id={id} /> : <Waiting />;
}

function Waiting() {
  const asked = askedOf(here.value);
  const [page, setPage] = useState<Queue>();
  const [rows, setRows] = useState<readonly Report[]>([]);
  const task = useTask();
  const load = (cursor?: string | null) =>
    void task.run(async () => {
      const state = asked.state === "all" ? undefined : asked.state;
      const answer = await listReports({ ...asked, state, cursor });
      setPage(answer);
      setRows(cursor ? [...rows, ...answer.items] : answer.items);
    });
  useEffect(() => {
    setPage(undefined);
    load();
  }, [JSON.stringify(asked)]);
  return (
    <>
      <Head title={w.reports.title} />
      <States asked={asked} counts={page?.counts} />
      <Filters asked={asked} />
      <Failure failure={task.failure} onRetry={() => load()} />
      <section class="panel tbl">
        {!page && !task.failure ? <Loading rows={8} /> : null}
        {page && rows.length === 0 ? (
          <Nothing title={w.reports.none} icon="check">
            <p>{w.reports.none_text}</p>
          </Nothing>
        ) : null}
        {page && rows.length > 0 ? <Table rows={rows} /> : null}
        {page?.next ? (
          <div class="pages">
            <Button look="quiet" busy={task.busy} onClick={() => load(page.next)}>
              {w.common.more}
            </Button>
          </div>
        ) : null}
      </section>
    </>
  );
}

function States({ asked, counts }: { asked: Asked; counts: Queue["counts"] | undefined }) {
  const count = { open: counts?.open, answered: counts?.answered, all: undefined };
  return (
    <nav class="chips" aria-label={w.reports.state}>
      {(["open", "answered", "all"] as const).map((code) => (
        <a
          key={code}
          class={asked.state === code && !asked.overdue ? "chip on" : "chip"}
          aria-current={asked.state === code && !asked.overdue ? "page" : undefined}
          href={addressOf({ ...asked, state: code, overdue: "" })}
        >
          {code === "all" ? w.reports.all : w.reports.states[code]} {count[code]}
        </a>
      ))}
      <a
        class={asked.overdue ? "chip on" : "chip"}
        aria-current={asked.overdue ? "page" : undefined}
        href={addressOf({ ...asked, state: "open", overdue: "true" })}
      >
        {say(w.reports.overdue, counts?.overdue ?? "")}
      </a>
    </nav>
  );
}

function addressOf(asked: Asked): string {
  const said = FILTERS.filter((name) => asked[name] && !(name === "state" && asked.state === "open"));
  const parameters = new URLSearchParams(said.map((name) => [name, asked[name]]));
  return `/staff/reports${parameters.size > 0 ? `?${parameters}` : ""}`;
}

function Filters({ asked }: { asked: Asked }) {
  return (
    <div class="bar wrap filters">
      <Pick
        label={w.reports.kind}
        name="kind"
        value={asked.kind}
        none={w.reports.any}
        choices={KINDS.map((code) => ({ code, word: w.reports.kinds[code] }))}
        onPick={(value) => set("kind", value)}
      />
      <Pick
        label={w.fields.district}
        name="district"
        value={asked.district}
        none={w.reports.any}
        choices={ownDistricts.value.map(({ adcode }) => ({ code: adcode, word: districtName(adcode) }))}
        onPick={(value) => set("district", value)}
      />
      <Pick
        label={w.reports.owner}
        name="owner"
        value={asked.owner}
        none={w.reports.any}
        choices={[
          { code: "me", word: w.reports.owner_me },
          { code: "none", word: w.reports.owner_none },
        ]}
        onPick={(value) => set("owner", value)}
      />
      {asked.station ? (
        <Button look="plain" icon="close" onClick={() => set("station", "")}>
          {w.reports.station}
        </Button>
      ) : null}
    </div>
  );
}

function Table({ rows }: { rows: readonly Report[] }) {
  return (
    <div class="scroll">
      <table class="roomy">
        <thead>
          <tr>
            <th scope="col">{w.reports.due}</th>
            <th scope="col">{w.reports.state}</th>
            <th scope="col">{w.reports.kind}</th>
            <th scope="col">{w.reports.station}</th>
            <th scope="col">{w.reports.said}</th>
            <th scope="col">{w.reports.owner}</th>
            <th scope="col">{w.reports.number}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((report) => (
            <tr key={report.id}>
              <td>{day(instantOf(`${report.due}T00:00`) ?? "")}</td>
              <td>
                <Standing report={report} />
              </td>
              <td>
                {kindWords(report)}
                {report.state === "open" && report.together > 1 ? (
                  <small>{say(w.reports.together, report.together)}</small>
                ) : null}
              </td>
              <td>{report.station.name}</td>
              <td class="text">{report.text ?? "–"}</td>
              <td>{ownerWords(report)}</td>
              <td>
                <a href={`/staff/reports/${report.id}`}>{report.number}</a>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
