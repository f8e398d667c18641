// The list of rounds, and the way to the findings and to a new round.

import { day } from "../format";
import { Chips } from "../list/chips";
import { ListFrame, Table } from "../list/frame";
import { useList } from "../list/use-list";
import { Head } from "../parts/head";
import { Icon } from "../parts/icon";
import { here } from "../route";
import { may } from "../session";
import { districtName } from "../shell";
import { say, w } from "../words";
import type { Round } from "./api";

/** A date as one reads it. */
export const dayOf = (date: string) => day(`${date}T12:00:00+08:00`);

/** The tabs of this part of the page. */
export function Tabs({ now }: { now: "open" | "closed" | "findings" }) {
  const tabs = { open: "", closed: "?state=closed", findings: "/findings" };
  if (!may("inspection_do")) return null;
  const chips = (["open", "closed", "findings"] as const).map((name) => ({
    key: name,
    word: w.rounds.tabs[name],
    href: `/staff/rounds${tabs[name]}`,
    on: name === now,
  }));
  return <Chips label={w.rounds.title} chips={chips} />;
}

/** How far a round is: a bar with its figures. */
export function Progress({ done, of }: { done: number; of: number }) {
  return (
    <span class="progress">
      <progress max={Math.max(1, of)} value={done} aria-label={w.rounds.progress} />
      {done} / {of}
    </span>
  );
}

/** The list. */
export function RoundList() {
  const state = here.value.searchParams.get("state") === "closed" ? "closed" : "open";
  const list = useList<Round>("/api/v1/rounds", { state });
  return (
    <>
      <Head title={w.rounds.title}>
        <a class="btn quiet" href="/staff/walk">
          <Icon name="list" />
          {w.rounds.along}
        </a>
        {may("inspection_plan") ? (
          <a class="btn" href="/staff/rounds/new">
            <Icon name="plus" />
            {w.rounds.plan}
          </a>
        ) : null}
      </Head>
      <Tabs now={state} />
      <ListFrame list={list} none={w.rounds.none} text={w.rounds.none_text} icon="check" rows={5}>
        {(items) => <Rows items={items} />}
      </ListFrame>
    </>
  );
}

/** Whose stations a round is about. */
export function scopeWords(scope: string): string {
  return scope.length === 6 ? districtName(scope) : w.rounds.whole_city;
}

function Rows({ items }: { items: readonly Round[] }) {
  return (
    <Table columns={[w.rounds.name, w.rounds.scope, w.rounds.days, w.rounds.inspector, w.rounds.progress]}>
      {items.map((round) => (
        <tr key={round.id}>
          <td class="text">
            <a href={`/staff/rounds/${round.id}`}>{round.name}</a>
          </td>
          <td>{scopeWords(round.scope)}</td>
          <td>{say(w.rounds.from_to, { from: dayOf(round.first_day), to: dayOf(round.last_day) })}</td>
          <td>{round.inspector ? (round.inspector.name ?? w.people.erased) : w.rounds.nobody}</td>
          <td>
            <Progress done={round.done} of={round.stations} />
          </td>
        </tr>
      ))}
    </Table>
  );
}
