// Call-backs: the answered cases on the left, the one that is called on the right.

import { useEffect } from "preact/hooks";
import { MoreButton } from "../../staff/list/frame";
import { useList } from "../../staff/list/use-list";
import { Failure, Loading, Nothing } from "../../staff/parts/notes";
import { BASE } from "../api";
import { Head } from "../parts/head";
import { learn } from "../parts/known";
import { DueTag, StateTag } from "../parts/state";
import type { Row } from "../types";
import { g, say } from "../words";
import { Call } from "./call";

/** The screen; `rest` is the case that is called. */
export function Calls({ rest }: { rest: string }) {
  const answered = useList<Row>(BASE, { limit: 100, state: "answered" });
  const asked = useList<Row>(BASE, { limit: 100, state: "called_back" });
  useEffect(() => void learn(), []);
  const renew = () => {
    answered.renew();
    asked.renew();
  };
  const isEmpty = answered.items?.length === 0 && asked.items?.length === 0;
  return (
    <>
      <Head title={g.calls.title} note={g.calls.note} />
      <Failure failure={answered.failure ?? asked.failure} onRetry={renew} />
      <div class="calls">
        <section class="panel waiting-list">
          {!answered.items && !answered.failure ? <Loading rows={6} /> : null}
          {isEmpty ? (
            <Nothing title={g.calls.none} icon="check">
              <p>{g.calls.none_text}</p>
            </Nothing>
          ) : null}
          <Waiting title={g.calls.waiting} rows={answered.items} chosen={rest} />
          <MoreButton list={answered} />
          <Waiting title={g.calls.asked} rows={asked.items} chosen={rest} />
          <MoreButton list={asked} />
        </section>
        {rest ? (
          <Call key={rest} id={rest} onDone={renew} />
        ) : (
          <section class="panel">
            <Nothing title={g.calls.choose} icon="call" />
          </section>
        )}
      </div>
    </>
  );
}

function Waiting(props: { title: string; rows: readonly Row[] | undefined; chosen: string }) {
  const { title, rows, chosen } = props;
  if (!rows || rows.length === 0) return null;
  return (
    <>
      <h2>{say(title, rows.length)}</h2>
      <ul>
        {rows.map((row) => (
          <li key={row.id}>
            <a href={`/grievances/calls/${row.id}`} aria-current={chosen === row.id ? "true" : undefined}>
              <b>{row.number}</b>
              <StateTag state={row.state} round={row.round} />
              <span class="text">{row.summary ?? row.category.name}</span>
              <DueTag due={row.due} />
            </a>
          </li>
        ))}
      </ul>
    </>
  );
}
