// The ledger: every case of a time with all its dates, by filters in the address, and as a workbook.

import { useEffect, useState } from "preact/hooks";
import { query } from "../../staff/http";
import { Button } from "../../staff/parts/button";
import { Pick, Text } from "../../staff/parts/field";
import { Failure, Loading, Nothing } from "../../staff/parts/notes";
import { go, here } from "../../staff/route";
import { BASE, readLedger } from "../api";
import { Head } from "../parts/head";
import { learn } from "../parts/known";
import { useList } from "../parts/list";
import { choicesOf } from "../queue/narrow";
import { caseHref } from "../route";
import { g, w } from "../words";
import { COLUMNS, cellOf, type LedgerRow } from "./columns";

const FILTERS = ["from", "to", "state", "channel", "kind", "category", "department", "district"] as const;
type Asked = Readonly<Record<(typeof FILTERS)[number], string>>;

/** What an address asks for. */
function askedOf(url: URL): Asked {
  return Object.fromEntries(FILTERS.map((name) => [name, url.searchParams.get(name) ?? ""])) as Asked;
}

const addressOf = (asked: Asked) => `/grievances/ledger${query(asked)}`;

/** The screen. */
export function Ledger() {
  const asked = askedOf(here.value);
  const list = useList<LedgerRow>(JSON.stringify(asked), (cursor) => readLedger({ ...asked, cursor }));
  useEffect(() => void learn(), []);
  return (
    <>
      <Head title={g.ledger.title}>
        <a class="btn quiet" href={`${BASE}/ledger${query({ format: "xlsx", ...asked })}`} download="">
          {g.ledger.export}
        </a>
      </Head>
      <Filters key={JSON.stringify(asked)} asked={asked} />
      <Failure failure={list.failure} onRetry={list.renew} />
      <section class="panel tbl" aria-busy={list.busy}>
        {!list.rows && !list.failure ? <Loading rows={8} /> : null}
        {list.rows?.length === 0 ? (
          <Nothing title={g.ledger.none} icon="list">
            <p>{g.ledger.none_text}</p>
          </Nothing>
        ) : null}
        {list.rows && list.rows.length > 0 ? <Table rows={list.rows} /> : null}
        {list.next ? (
          <div class="pages">
            <Button look="quiet" busy={list.busy} onClick={list.more}>
              {w.common.more}
            </Button>
          </div>
        ) : null}
      </section>
    </>
  );
}

function Filters({ asked }: { asked: Asked }) {
  const [from, setFrom] = useState(asked.from);
  const [to, setTo] = useState(asked.to);
  const send = (event: Event) => {
    event.preventDefault();
    go(addressOf({ ...asked, from, to }));
  };
  return (
    <form class="bar wrap filters" onSubmit={send}>
      <Text label={g.ledger.from} name="from" type="date" value={from} onInput={setFrom} />
      <Text label={g.ledger.to} name="to" type="date" value={to} onInput={setTo} />
      {(["state", "channel", "kind", "category", "department", "district"] as const).map((name) => (
        <Pick
          key={name}
          label={g.columns[name]}
          name={name}
          value={asked[name]}
          none={g.common.any}
          choices={choicesOf(name)}
          onPick={(value) => go(addressOf({ ...asked, from, to, [name]: value }), true)}
        />
      ))}
      <Button type="submit" look="quiet" icon="search">
        {g.ledger.go}
      </Button>
    </form>
  );
}

function Table({ rows }: { rows: readonly LedgerRow[] }) {
  return (
    <section class="scroll" aria-label={g.ledger.title} tabIndex={-1}>
      <table class="ledger">
        <thead>
          <tr>
            {COLUMNS.map((column) => (
              <th key={column} scope="col">
                {g.ledger.columns[column]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={String(row.number)}>
              {COLUMNS.map((column) => (
                <td key={column} class={column === "summary" || column === "unit" ? "text" : ""}>
                  {column === "number" && row.id ? (
                    <a href={caseHref(row.id)}>{cellOf(row, column)}</a>
                  ) : (
                    cellOf(row, column)
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
