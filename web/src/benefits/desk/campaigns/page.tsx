// The campaigns: a list by state, one with its terms and steps, a new one.

import { useEffect } from "preact/hooks";
import { moment } from "../../../staff/format";
import { filtersOf } from "../../../staff/list/address";
import { Chips } from "../../../staff/list/chips";
import { ListFrame, Table } from "../../../staff/list/frame";
import { useList } from "../../../staff/list/use-list";
import { go } from "../../../staff/route";
import { may } from "../../../staff/session";
import { districtName } from "../../../staff/shell";
import { yuan } from "../../phone/money";
import { LISTS } from "../api";
import { Bar } from "../parts/bar";
import { Head } from "../parts/head";
import { State } from "../parts/state";
import { hrefOf } from "../route";
import type { Campaign } from "../types";
import { b, say } from "../words";
import { Editor } from "./editor";
import { One } from "./one";

const STATES = ["", "draft", "running", "upcoming", "ended"] as const;

/** The screen; `rest` is a campaign, `new`, or nothing. */
export function Campaigns({ rest }: { rest: string }) {
  if (rest === "new") return <New />;
  return rest ? <One id={rest} /> : <List />;
}

function New() {
  return (
    <>
      <Head title={b.campaigns.new} />
      <Editor campaign={undefined} onSaved={({ id }) => go(hrefOf("campaigns", id), true)} />
    </>
  );
}

function List() {
  const { state } = filtersOf(["state"]);
  const list = useList<Campaign>(LISTS.campaigns, { state, limit: 50 });
  useEffect(() => document.getElementById("main")?.scrollTo(0, 0), [state]);
  return (
    <>
      <Head title={b.campaigns.title}>
        {may("benefit_manage") ? (
          <a class="btn" href={hrefOf("campaigns", "new")}>
            {b.campaigns.new}
          </a>
        ) : null}
      </Head>
      <Chips
        label={b.common.filter}
        chips={STATES.map((code) => ({
          key: code,
          word: code ? b.campaigns.states[code] : b.common.all,
          href: code ? `${hrefOf("campaigns")}?state=${code}` : hrefOf("campaigns"),
          on: state === code,
        }))}
      />
      <ListFrame list={list} none={b.campaigns.none} icon="ticket" text={b.campaigns.none_text}>
        {(rows) => (
          <Table
            columns={[
              b.common.name,
              b.common.state,
              b.campaigns.when,
              [b.campaigns.worth, "n"],
              b.campaigns.issued,
              [b.campaigns.redeemed, "n"],
              b.campaigns.spent,
            ]}
          >
            {rows.map((row) => (
              <Row key={row.id} row={row} />
            ))}
          </Table>
        )}
      </ListFrame>
    </>
  );
}

function Row({ row }: { row: Campaign }) {
  const { id, name, project, district, state, mode, issued, stock, spent_fen, budget_fen } = row;
  const under = [project, district ? districtName(district) : b.common.whole_city, b.campaigns.modes[mode]];
  return (
    <tr>
      <td class="text">
        <a href={hrefOf("campaigns", id)}>{name}</a>
        <small>{under.filter(Boolean).join(" · ")}</small>
      </td>
      <td>
        <State state={state} words={b.campaigns.states} />
      </td>
      <td>
        {moment(row.opens_at)} – {moment(row.closes_at)}
      </td>
      <td class="n">{say(b.common.yuan, { n: yuan(row.face_fen) })}</td>
      <td>
        {say(b.common.of, { n: issued, m: stock })}
        <Bar part={issued} whole={stock} />
      </td>
      <td class="n">{row.redeemed}</td>
      <td>
        {say(b.common.of, { n: yuan(spent_fen), m: yuan(budget_fen) })}
        <Bar part={spent_fen} whole={budget_fen} />
      </td>
    </tr>
  );
}
