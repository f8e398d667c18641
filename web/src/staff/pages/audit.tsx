// Every write, newest first, for auditors; and the proof that nothing in it was changed.

import { useState } from "preact/hooks";
import { verifyAudit } from "../api";
import { moment } from "../format";
import { filtersOf, setFilters } from "../list/address";
import { DistrictFilter, FilterBar, PickFilter } from "../list/filters";
import { ListFrame, Table } from "../list/frame";
import { useList } from "../list/use-list";
import { Button } from "../parts/button";
import { Text } from "../parts/field";
import { Head } from "../parts/head";
import { Icon } from "../parts/icon";
import { Failure } from "../parts/notes";
import { useTask } from "../parts/task";
import type { AuditPage, AuditRow, Verified } from "../person";
import { districtName, districts, instantOf } from "../shell";
import { say, w, wordIn } from "../words";

const FILTERS = ["action", "object", "account", "district", "from", "to"] as const;

/** The screen of the audit. */
export function Audit() {
  const asked = filtersOf(FILTERS);
  const times = { from: instantOf(asked.from), to: instantOf(asked.to) };
  const list = useList<AuditRow, AuditPage>("/api/v1/audit", { ...asked, ...times, limit: 100 });
  const { page } = list;
  const actions = Object.entries(w.audit_actions).map(([code, word]) => ({ code, word }));
  return (
    <>
      <Head title={w.nav.audit} note={page ? say(w.audit.rows, page.head.seq) : undefined} />
      <Verify />
      <FilterBar>
        <PickFilter label={w.audit.action} name="action" none={w.audit.any} choices={actions} />
        <DistrictFilter none={w.audit.any} of={districts} />
        {(["from", "to"] as const).map((name) => (
          <Text
            key={name}
            label={w.audit[name]}
            name={name}
            type="datetime-local"
            value={asked[name]}
            onInput={(value) => setFilters({ [name]: value })}
          />
        ))}
        {asked.object || asked.account ? (
          <Button look="plain" icon="close" onClick={() => setFilters({ object: "", account: "" })}>
            {w.audit.all}
          </Button>
        ) : null}
      </FilterBar>
      <ListFrame list={list} none={w.audit.none} icon="search" rows={10}>
        {(rows) => <Rows rows={rows} />}
      </ListFrame>
    </>
  );
}

function Rows({ rows }: { rows: readonly AuditRow[] }) {
  return (
    <Table
      columns={[
        [w.audit.seq, "n"],
        w.audit.at,
        w.audit.by,
        w.audit.action,
        w.audit.object,
        w.fields.district,
        w.audit.detail,
      ]}
    >
      {rows.map((row) => (
        <tr key={row.seq}>
          <td class="n">{row.seq}</td>
          <td>{moment(row.at)}</td>
          <td>
            {row.by ? (
              <button type="button" class="link" onClick={() => setFilters({ account: row.by?.id ?? "" })}>
                {row.by.name ?? w.people.erased}
              </button>
            ) : (
              wordIn(w.vias, row.via)
            )}
          </td>
          <td>{wordIn(w.audit_actions, row.action)}</td>
          <td>
            <button type="button" class="link code" onClick={() => setFilters({ object: row.object.id })}>
              {wordIn(w.objects, row.object.kind)} {shortId(row.object.id)}
            </button>
          </td>
          <td>{row.district ? districtName(row.district) : "–"}</td>
          <td class="text">
            <Detail row={row} />
          </td>
        </tr>
      ))}
    </Table>
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
