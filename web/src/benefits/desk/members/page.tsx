// The members: found by an exact name or number, listed by union and district; one with his cards.

import { useState } from "preact/hooks";
import { filtersOf, setFilters } from "../../../staff/list/address";
import { ListFrame, Table } from "../../../staff/list/frame";
import { useList } from "../../../staff/list/use-list";
import { Button } from "../../../staff/parts/button";
import { Pick, Text } from "../../../staff/parts/field";
import { may } from "../../../staff/session";
import { districtName, districts, terms, wordOf } from "../../../staff/shell";
import { createMember, LISTS } from "../api";
import { Head } from "../parts/head";
import { State } from "../parts/state";
import { hrefOf } from "../route";
import type { Member } from "../types";
import { b, say } from "../words";
import { Edit } from "./edit";
import { One } from "./one";

const FILTERS = ["district", "union", "state", "trade"] as const;

/** The screen; `rest` is a member, or nothing. */
export function Members({ rest }: { rest: string }) {
  return rest ? <One id={rest} /> : <List />;
}

function List() {
  const filters = filtersOf(FILTERS);
  // Who is looked for stays out of the address, where it would be kept.
  const [sought, setSought] = useState<{ name?: string; phone?: string }>({});
  const list = useList<Member>(LISTS.members, { ...filters, ...sought, limit: 50 });
  const [isNew, setNew] = useState(false);
  return (
    <>
      <Head title={b.members.title}>
        {may("member_manage") ? (
          <>
            <a class="btn quiet" href={hrefOf("roster")}>
              {b.roster.title}
            </a>
            <Button onClick={() => setNew(true)}>{b.members.new}</Button>
          </>
        ) : null}
      </Head>
      <Find onFind={setSought} isNarrow={Boolean(sought.name || sought.phone)} />
      <div class="bar wrap filters">
        <Pick
          label={b.common.district}
          name="district"
          value={filters.district}
          none={b.common.all}
          choices={districts.map(({ adcode, name }) => ({ code: adcode, word: name }))}
          onPick={(district) => setFilters({ district })}
        />
        <Pick
          label={b.members.trade}
          name="trade"
          value={filters.trade}
          none={b.common.all}
          choices={terms("trade")}
          onPick={(trade) => setFilters({ trade })}
        />
        <Pick
          label={b.common.state}
          name="state"
          value={filters.state}
          none={b.common.all}
          choices={Object.entries(b.members.states).map(([code, word]) => ({ code, word }))}
          onPick={(state) => setFilters({ state })}
        />
      </div>
      <ListFrame list={list} none={b.members.none} icon="user" text={b.members.none_text}>
        {(rows) => <Rows rows={rows} />}
      </ListFrame>
      {isNew ? (
        <Edit member={undefined} save={createMember} onSaved={list.renew} onClose={() => setNew(false)} />
      ) : null}
    </>
  );
}

function Rows({ rows }: { rows: readonly Member[] }) {
  return (
    <Table
      columns={[
        b.members.number,
        b.members.name,
        b.members.phone,
        b.members.id,
        b.members.union,
        b.members.trade,
        b.common.district,
        b.common.state,
        [b.members.cards, "n"],
      ]}
    >
      {rows.map((row) => (
        <tr key={row.id}>
          <td>{row.number ?? b.common.none}</td>
          <td class="text">
            <a href={hrefOf("members", row.id)}>{row.name ?? b.members.erased}</a>
          </td>
          <td>{row.phone_end ? say(b.members.end, { n: row.phone_end }) : b.common.none}</td>
          <td>{row.id_end ? say(b.members.end, { n: row.id_end }) : b.common.none}</td>
          <td class="text">{row.union_name}</td>
          <td>{row.trade ? wordOf("trade", row.trade) : b.common.none}</td>
          <td>{districtName(row.district)}</td>
          <td>
            <State state={row.state} words={b.members.states} />
          </td>
          <td class="n">{row.cards.length}</td>
        </tr>
      ))}
    </Table>
  );
}

interface FindProps {
  readonly onFind: (sought: { name?: string; phone?: string }) => void;
  readonly isNarrow: boolean;
}

function Find({ onFind, isNarrow }: FindProps) {
  const [name, setName] = useState("");
  const [phone, setPhone] = useState("");
  const find = (event: Event) => {
    event.preventDefault();
    onFind({
      ...(name.trim() ? { name: name.trim() } : {}),
      ...(phone.trim() ? { phone: phone.trim() } : {}),
    });
  };
  const clear = () => {
    setName("");
    setPhone("");
    onFind({});
  };
  return (
    <form class="bar wrap filters" onSubmit={find}>
      <Text
        label={b.members.find_name}
        name="name"
        value={name}
        onInput={setName}
        max={40}
        autocomplete="off"
      />
      <Text
        label={b.members.find_phone}
        name="phone"
        value={phone}
        onInput={setPhone}
        inputmode="tel"
        max={24}
        autocomplete="off"
      />
      <Button type="submit" look="quiet">
        {b.members.find}
      </Button>
      {isNarrow ? (
        <Button look="plain" onClick={clear}>
          {b.members.clear}
        </Button>
      ) : null}
    </form>
  );
}
