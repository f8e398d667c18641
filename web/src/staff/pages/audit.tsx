// Every write, newest first, for auditors; and the proof that nothing in it was changed.

import { useEffect, useState } from "preact/hooks";
import { readAudit, verifyAudit } from "../api";
import { moment } from "../format";
import { Button } from "../parts/button";
import { Pick, Text } from "../parts/field";
import { Head } from "../parts/head";
import { Icon } from "../parts/icon";
import { Failure, Loading, Nothing } from "../parts/notes";
import { useTask } from "../parts/task";
import type { AuditPage, AuditRow, Verified } from "../person";
import { go, here } from "../route";
import { districtName, districts, instantOf } from "../shell";
import { say, w, wordIn } from "../words";

const FILTERS = ["action", "object", "account", "district", "from", "to"] as const;
type Filter = (typeof FILTERS)[number];

/** What the address asks for. */
function askedOf(url: URL): Readonly<Record<Filter, string>> {
  return Object.fromEntries(FILTERS.map((name) => [name, url.searchParams.get(name) ?? ""])) as Record<
    Filter,
    string
  >;
}

/** The screen of the audit. */
export function Audit() {
  const asked = askedOf(here.value);
  const [page, setPage] = useState<AuditPage>();
  const [rows, setRows] = useState<readonly AuditRow[]>([]);
  const task = useTask();
  const load = (cursor?: string | null) =>
    void task.run(async () => {
      const times = { from: instantOf(asked.from), to: instantOf(asked.to) };
      const answer = await readAudit({ ...asked, ...times, cursor });
      setPage(answer);
      setRows(cursor ? [...rows, ...answer.items] : answer.items);
    });
  const question = JSON.stringify(asked);
  useEffect(() => {
    const timer = setTimeout(() => load(), 250);
    return () => clearTimeout(timer);
  }, [question]);
  const set = (name: Filter, value: string) => {
    const url = new URL(here.value);
    if (value) url.searchParams.set(name, value);
    else url.searchParams.delete(name);
    go(url, true);
  };
  return (
    <>
      <Head title={w.nav.audit} note={page ? say(w.audit.rows, page.head.seq) : undefined} />
      <Verify />
      <div class="bar wrap filters">
        <Pick
          label={w.audit.action}
          name="action"
          value={asked.action}
          none={w.audit.any}
          choices={Object.entries(w.audit_actions).map(([code, word]) => ({ code, word }))}
          onPick={(value) => set("action", value)}
        />
        <Pick
          label={w.fields.district}
          name="district"
          value={asked.district}
          none={w.audit.any}
          choices={districts.map(({ adcode, name }) => ({ code: adcode, word: name }))}
          onPick={(value) => set("district", value)}
        />
        <Text
          label={w.audit.from}
          name="from"
          type="datetime-local"
          value={asked.from}
          onInput={(value) => set("from", value)}
        />
        <Text
          label={w.audit.to}
          name="to"
          type="datetime-local"
          value={asked.to}
          onInput={(value) => set("to", value)}
        />
        {asked.object || asked.account ? (
          <Button
            look="plain"
            icon="close"
            onClick={() => {
              set("object", "");
              set("account", "");
            }}
          >
            {w.audit.all}
          </Button>
        ) : null}
      </div>
      <Failure failure={task.failure} onRetry={() => load()} />
      <section class="panel tbl">
        {!page && !task.failure ? <Loading rows={10} /> : null}
        {page && rows.length === 0 ? <Nothing title={w.audit.none} icon="search" /> : null}
        {rows.length > 0 ? <Table rows={rows} onPick={set} /> : null}
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

function Table({
  rows,
  onPick,
}: {
  rows: readonly AuditRow[];
  onPick: (name: Filter, value: string) => void;
}) {
  return (
    <div class="scroll">
      <table class="roomy">
        <thead>
          <tr>
            <th scope="col" class="n">
              {w.audit.seq}
            </th>
            <th scope="col">{w.audit.at}</th>
            <th scope="col">{w.audit.by}</th>
            <th scope="col">{w.audit.action}</th>
            <th scope="col">{w.audit.object}</th>
            <th scope="col">{w.fields.district}</th>
            <th scope="col">{w.audit.detail}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.seq}>
              <td class="n">{row.seq}</td>
              <td>{moment(row.at)}</td>
              <td>
                {row.by ? (
                  <button type="button" class="link" onClick={() => onPick("account", row.by?.id ?? "")}>
                    {row.by.name ?? w.people.erased}
                  </button>
                ) : (
                  wordIn(w.vias, row.via)
                )}
              </td>
              <td>{wordIn(w.audit_actions, row.action)}</td>
              <td>
                <button type="button" class="link code" onClick={() => onPick("object", row.object.id)}>
                  {wordIn(w.objects, row.object.kind)} {shortId(row.object.id)}
                </button>
              </td>
              <td>{row.district ? districtName(row.district) : "–"}</td>
              <td class="text">
                <Detail row={row} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The end of an id, by which one tells one from another. */
function shortId(id: string): string {
  return id.length > 12 ? `…${id.slice(-6)}` : id;
}

function Detail({ row }: { row: AuditRow }) {
  return (
    <details>
      <summary>{w.audit.show}</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keys */}
      <pre tabIndex={0}>{JSON.stringify(row.detail, null, 1)}</pre>
      <p class="cap">
        {w.audit.hash} <code>{row.hash}</code>
      </p>
    </details>
  );
}

function Verify() {
  const [result, setResult] = useState<Verified>();
  const task = useTask();
  const run = () => void task.run(async () => setResult(await verifyAudit()));
  return (
    <div class="bar wrap verify">
      <Button look="quiet" icon="check" busy={task.busy} onClick={run}>
        {w.audit.verify}
      </Button>
      <Failure failure={task.failure} />
      {result ? (
        <div class={result.ok ? "note good" : "note bad"} role="status">
          <Icon name={result.ok ? "check" : "warn"} />
          <div>
            <b>
              {say(result.ok ? w.audit.whole : w.audit.broken, {
                rows: result.rows,
                faults: result.count,
              })}
            </b>
            {result.head.at ? <p>{say(w.audit.signed, moment(result.head.at))}</p> : null}
            <ul>
              {result.faults.map(({ seq, what, detail }) => (
                <li key={`${seq}-${what}`}>
                  {say(w.audit.fault, seq)} {detail}
                </li>
              ))}
            </ul>
          </div>
        </div>
      ) : null}
    </div>
  );
}
