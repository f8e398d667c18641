// The ledger: every case of a time with all its dates, by filters in the address, and as a workbook.

import { useEffect, useState } from "preact/hooks";
import { query } from "../../staff/http";
import { ListFrame, Table } from "../../staff/list/frame";
import { useList } from "../../staff/list/use-list";
import { Button } from "../../staff/parts/button";
import { Pick, Text } from "../../staff/parts/field";
import { go, here } from "../../staff/route";
import { BASE } from "../api";
import { Head } from "../parts/head";
import { learn } from "../parts/known";
import { choicesOf } from "../queue/narrow";
import { caseHref } from "../route";
import { g } from "../words";
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
  const list = useList<LedgerRow>(`${BASE}/ledger`, { format: "json", limit: 100, ...asked });
  useEffect(() => void learn(), []);
  return (
    <>
      <Head title={g.ledger.title}>
        <a class="btn quiet" href={`${BASE}/ledger${query({ format: "xlsx", ...asked })}`} download="">
          {g.ledger.export}
        </a>
      </Head>
      <Filters key={JSON.stringify(asked)} asked={asked} />
      <ListFrame list={list} none={g.ledger.none} text={g.ledger.none_text} icon="list" rows={8}>
        {(rows) => <Entries rows={rows} />}
      </ListFrame>
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

function Entries({ rows }: { rows: readonly LedgerRow[] }) {
  return (
    <Table look="ledger" columns={COLUMNS.map((column) => g.ledger.columns[column])}>
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
    </Table>
  );
}
