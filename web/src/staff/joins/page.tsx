// Who wants to join the union: the list with its filters in the address, and one request to see to.

import { useState } from "preact/hooks";
import { moment } from "../format";
import { addressWith, filtersOf, setFilters } from "../list/address";
import { Chips } from "../list/chips";
import { DistrictFilter, FilterBar } from "../list/filters";
import { ListFrame, Table } from "../list/frame";
import { useList } from "../list/use-list";
import { Button } from "../parts/button";
import { Text } from "../parts/field";
import { Head } from "../parts/head";
import { districtName, wordOf } from "../shell";
import { say, w } from "../words";
import { CHOSEN, exportOf, type Join, PATH } from "./api";
import { One } from "./one";

/** The screen. */
export function Joins() {
  const asked = filtersOf(["state", "district", "phone"]);
  const list = useList<Join>(PATH, asked);
  const [chosen, setChosen] = useState<Join>();
  const changed = (join: Join) => {
    setChosen(join);
    list.change((row) => (row.id === join.id ? join : row));
  };
  const states = ["", ...CHOSEN, "erased"] as const;
  return (
    <>
      <Head title={w.joins.title} note={w.joins.lead}>
        {(["xlsx", "csv"] as const).map((format) => (
          <a
            key={format}
            class="btn quiet"
            href={exportOf(asked, format)}
            download
            title={w.joins.export_note}
          >
            {w.joins[`export_${format}`]}
          </a>
        ))}
      </Head>
      <Chips
        label={w.joins.state}
        chips={states.map((code) => ({
          key: code,
          word: code ? w.joins.states[code] : w.joins.all,
          href: addressWith({ state: code }),
          on: asked.state === code,
        }))}
      />
      <FilterBar>
        <DistrictFilter none={w.joins.all} />
        <Find phone={asked.phone} />
      </FilterBar>
      <ListFrame list={list} none={w.joins.none} text={w.joins.none_text} icon="join">
        {(rows) => (
          <Table
            columns={[
              w.joins.name,
              w.joins.phone,
              w.joins.unit,
              w.joins.from,
              w.joins.state,
              w.joins.came,
              w.joins.number,
            ]}
          >
            {rows.map((join) => (
              <Row key={join.id} join={join} onChoose={setChosen} />
            ))}
          </Table>
        )}
      </ListFrame>
      {chosen ? (
        <One key={chosen.id} join={chosen} onChange={changed} onClose={() => setChosen(undefined)} />
      ) : null}
    </>
  );
}

/** A whole number of a telephone, which is asked for once it is written. */
function Find({ phone }: { phone: string }) {
  const [text, setText] = useState(phone);
  const find = (event: Event) => {
    event.preventDefault();
    setFilters({ phone: text.trim() });
  };
  return (
    <form class="bar wrap filters" onSubmit={find}>
      <Text
        label={w.joins.find}
        name="phone"
        value={text}
        inputmode="tel"
        placeholder={w.joins.phone_hint}
        onInput={setText}
      />
      <Button type="submit" look="quiet" icon="search">
        {w.joins.find}
      </Button>
    </form>
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
