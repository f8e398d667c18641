// Who wants to join the union: the list with its filters in the address, and one request to see to.

import { useEffect, useState } from "preact/hooks";
import { moment } from "../format";
import { Button } from "../parts/button";
import { Pick, Text } from "../parts/field";
import { Head } from "../parts/head";
import { Failure, Loading, Nothing } from "../parts/notes";
import { useTask } from "../parts/task";
import { go, here } from "../route";
import { ownDistricts } from "../session";
import { districtName, wordOf } from "../shell";
import { say, w } from "../words";
import { type Asked, CHOSEN, exportOf, type Join, listJoins } from "./api";
import { One } from "./one";

const STATES = [...CHOSEN, "erased"] as const;

function askedOf(url: URL): Asked {
  const said = (name: string) => url.searchParams.get(name) ?? "";
  return { state: said("state"), district: said("district"), phone: said("phone") };
}

function addressOf(asked: Asked): string {
  const said = Object.entries(asked).filter(([, value]) => value);
  return `/staff/joins${said.length > 0 ? `?${new URLSearchParams(said)}` : ""}`;
}

/** The screen. */
export function Joins() {
  const asked = askedOf(here.value);
  const [rows, setRows] = useState<readonly Join[]>();
  const [next, setNext] = useState<string | null>(null);
  const [chosen, setChosen] = useState<Join>();
  const task = useTask();
  const load = (cursor?: string | null) =>
    void task.run(async () => {
      const page = await listJoins(asked, cursor);
      setRows((before) => (cursor ? [...(before ?? []), ...page.items] : page.items));
      setNext(page.next);
    });
  useEffect(() => {
    setRows(undefined);
    load();
  }, [JSON.stringify(asked)]);
  const changed = (join: Join) => {
    setChosen(join);
    setRows((before) => before?.map((row) => (row.id === join.id ? join : row)));
  };
  return (
    <>
      <Head title={w.joins.title} note={w.joins.lead}>
        <a class="btn quiet" href={exportOf(asked, "xlsx")} download title={w.joins.export_note}>
          {w.joins.export_xlsx}
        </a>
        <a class="btn quiet" href={exportOf(asked, "csv")} download title={w.joins.export_note}>
          {w.joins.export_csv}
        </a>
      </Head>
      <States asked={asked} />
      <Filters asked={asked} />
      <Failure failure={task.failure} onRetry={() => load()} />
      <section class="panel tbl">
        {!rows && !task.failure ? <Loading rows={6} /> : null}
        {rows?.length === 0 ? (
          <Nothing title={w.joins.none} icon="join">
            <p>{w.joins.none_text}</p>
          </Nothing>
        ) : null}
        {rows && rows.length > 0 ? <Table rows={rows} onChoose={setChosen} /> : null}
        {next ? (
          <div class="pages">
            <Button look="quiet" busy={task.busy} onClick={() => load(next)}>
              {w.common.more}
            </Button>
          </div>
        ) : null}
      </section>
      {chosen ? (
        <One key={chosen.id} join={chosen} onChange={changed} onClose={() => setChosen(undefined)} />
      ) : null}
    </>
  );
}

function States({ asked }: { asked: Asked }) {
  return (
    <nav class="chips" aria-label={w.joins.state}>
      {(["", ...STATES] as const).map((code) => (
        <a
          key={code}
          class={asked.state === code ? "chip on" : "chip"}
          aria-current={asked.state === code ? "page" : undefined}
          href={addressOf({ ...asked, state: code })}
        >
          {code ? w.joins.states[code] : w.joins.all}
        </a>
      ))}
    </nav>
  );
}

function Filters({ asked }: { asked: Asked }) {
  const [phone, setPhone] = useState(asked.phone);
  const find = (event: Event) => {
    event.preventDefault();
    go(addressOf({ ...asked, phone: phone.trim() }));
  };
  return (
    <form class="bar wrap filters" onSubmit={find}>
      <Pick
        label={w.fields.district}
        name="district"
        value={asked.district}
        none={w.joins.all}
        choices={ownDistricts.value.map(({ adcode }) => ({ code: adcode, word: districtName(adcode) }))}
        onPick={(district) => go(addressOf({ ...asked, district }), true)}
      />
      <Text
        label={w.joins.find}
        name="phone"
        value={phone}
        inputmode="tel"
        placeholder={w.joins.phone_hint}
        onInput={setPhone}
      />
      <Button type="submit" look="quiet" icon="search">
        {w.joins.find}
      </Button>
    </form>
  );
}

function Table({ rows, onChoose }: { rows: readonly Join[]; onChoose: (join: Join) => void }) {
  return (
    <div class="scroll">
      <table class="roomy">
        <thead>
          <tr>
            <th scope="col">{w.joins.name}</th>
            <th scope="col">{w.joins.phone}</th>
            <th scope="col">{w.joins.unit}</th>
            <th scope="col">{w.joins.from}</th>
            <th scope="col">{w.joins.state}</th>
            <th scope="col">{w.joins.came}</th>
            <th scope="col">{w.joins.number}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((join) => (
            <Row key={join.id} join={join} onChoose={onChoose} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ join, onChoose }: { join: Join; onChoose: (join: Join) => void }) {
  const { name, phone, unit, trade, station, district } = join;
  return (
    <tr>
      <td>{name ?? w.joins.erased}</td>
      <td>
        {phone ? <a href={`tel:${phone}`}>{phone}</a> : "–"}
        {join.same_phone > 0 ? <small>{say(w.joins.same_phone, join.same_phone)}</small> : null}
      </td>
      <td class="text">
        {unit ?? "–"}
        {trade ? <small>{wordOf("trade", trade)}</small> : null}
      </td>
      <td>
        {station?.name ?? "–"}
        <small>{district ? districtName(district) : w.joins.city}</small>
      </td>
      <td>
        {w.joins.states[join.state]}
        {join.note ? <small>{join.note}</small> : null}
      </td>
      <td>{moment(join.created)}</td>
      <td>
        {join.state === "erased" ? (
          join.number
        ) : (
          <Button look="plain" label={`${w.joins.open} ${join.number}`} onClick={() => onChoose(join)}>
            {join.number}
          </Button>
        )}
      </td>
    </tr>
  );
}
