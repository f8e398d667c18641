// One round: how far it is, its stations in the order of the walk, and what can be done with it.

import { useEffect, useState } from "preact/hooks";
import { distance, moment } from "../format";
import { Table } from "../list/frame";
import { Button } from "../parts/button";
import { Ask } from "../parts/dialog";
import { Head } from "../parts/head";
import { Icon } from "../parts/icon";
import { Done, Failure, Loading } from "../parts/notes";
import { useTask } from "../parts/task";
import { may, session } from "../session";
import { forgetRound } from "../walk/store";
import { takeAlong } from "../walk/take";
import { say, w } from "../words";
import { closeRound, type RoundDetail, readRound, type Stop } from "./api";
import { FindingsOf } from "./findings";
import { dayOf, Progress, scopeWords } from "./list";
import { WalkMap } from "./walk-map";

/** The screen. */
export function RoundScreen({ id }: { id: string }) {
  const [round, setRound] = useState<RoundDetail>();
  const [isClosing, setClosing] = useState(false);
  const task = useTask();
  const load = () => void task.run(async () => setRound(await readRound(id)));
  useEffect(load, [id]);
  if (!round) {
    return (
      <>
        <Head title={w.rounds.title} />
        <Failure failure={task.failure} onRetry={load} />
        {task.failure ? null : <Loading rows={6} />}
      </>
    );
  }
  return (
    <>
      <Head title={round.name} note={round.closed ? w.rounds.is_closed : undefined}>
        <a class="btn plain" href="/staff/rounds">
          {w.rounds.title}
        </a>
        <a class="btn quiet" href={`/staff/rounds/${id}/print`}>
          <Icon name="print" />
          {w.rounds.print}
        </a>
        {round.may_change ? (
          <Button look="quiet" onClick={() => setClosing(true)}>
            {w.rounds.close}
          </Button>
        ) : null}
      </Head>
      {round.closed ? null : <TakeAlong round={round} />}
      <div class="round">
        <section class="panel tbl">
          <StopTable stops={round.stops} />
        </section>
        <aside class="panel pad stack">
          <Facts round={round} />
          <WalkMap stops={round.stops} />
          <p class="cap">{say(w.rounds.length, distance(round.length_m))}</p>
          <FindingsOf round={round.id} />
        </aside>
      </div>
      {isClosing ? (
        <Ask
          question={{
            title: w.rounds.close_title,
            text: <p>{say(w.rounds.close_text, { done: round.done, of: round.stations })}</p>,
            go: w.rounds.close,
            reason: "no",
            run: async () => {
              setRound(await closeRound(round));
              await forgetRound(round.id).catch(() => undefined);
            },
          }}
          onClose={() => setClosing(false)}
        />
      ) : null}
    </>
  );
}

/** Keeps the round on this phone, so that it works without a network. */
function TakeAlong({ round }: { round: RoundDetail }) {
  const task = useTask();
  const [isTaken, setTaken] = useState(false);
  const account = session.value?.account.id;
  if (!account || !may("inspection_do")) return null;
  const take = () =>
    void task.run(async () => {
      await takeAlong(round.id, account);
      setTaken(true);
    });
  return (
    <div class="take">
      {task.failure ? (
        <p class="note bad" role="alert">
          <Icon name="warn" />
          {w.rounds.take_failed}
        </p>
      ) : null}
      {isTaken ? <Done>{w.rounds.taken}</Done> : null}
      {isTaken ? (
        <a class="btn" href={`/staff/walk/${round.id}`}>
          {w.rounds.begin}
        </a>
      ) : (
        <Button icon="save" busy={task.busy} onClick={take}>
          {w.rounds.take}
        </Button>
      )}
      <p class="cap">{w.rounds.take_text}</p>
    </div>
  );
}

function Facts({ round }: { round: RoundDetail }) {
  const { first_day, last_day, inspector } = round;
  return (
    <dl class="keys">
      <div>
        <dt>{w.rounds.scope}</dt>
        <dd>{scopeWords(round.scope)}</dd>
      </div>
      <div>
        <dt>{w.rounds.days}</dt>
        <dd>{say(w.rounds.from_to, { from: dayOf(first_day), to: dayOf(last_day) })}</dd>
      </div>
      <div>
        <dt>{w.rounds.inspector}</dt>
        <dd>{inspector ? (inspector.name ?? w.people.erased) : w.rounds.nobody}</dd>
      </div>
      <div>
        <dt>{w.rounds.progress}</dt>
        <dd>
          <Progress done={round.done} of={round.stations} />
        </dd>
      </div>
      {round.note ? (
        <div>
          <dt>{w.rounds.note}</dt>
          <dd class="prose">{round.note}</dd>
        </div>
      ) : null}
    </dl>
  );
}

/** The stations in their order. */
export function StopTable({ stops }: { stops: readonly Stop[] }) {
  return (
    <Table columns={[[w.rounds.rank, "n"], w.rounds.station, w.rounds.address, w.rounds.seen]}>
      {stops.map((stop) => (
        <tr key={stop.id}>
          <td class="n">{stop.rank}</td>
          <td class="text">
            <a href={`/staff?station=${stop.id}`}>{stop.name}</a>
          </td>
          <td class="text">{stop.address ?? "–"}</td>
          <td>
            {stop.inspected ? (
              <span class={stop.inspected.is_open ? "stage open" : "stage current"}>
                <Icon name={stop.inspected.is_open ? "check" : "lock"} />
                {stop.inspected.is_open ? w.rounds.door_open : w.rounds.door_shut} ·{" "}
                {moment(stop.inspected.at)}
              </span>
            ) : (
              <span class="stage plain">{w.rounds.stages.todo}</span>
            )}
          </td>
        </tr>
      ))}
    </Table>
  );
}
