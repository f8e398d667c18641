// The inspector's phone: the rounds that he took along, the stations of one in the order of the walk, and what waits
// to be sent. It is drawn from what the phone keeps, with a network or without.

import { useEffect, useState } from "preact/hooks";
import { Button } from "../parts/button";
import { Icon } from "../parts/icon";
import { Loading, Nothing } from "../parts/notes";
import { useTask } from "../parts/task";
import { readRound } from "../rounds/api";
import { here } from "../route";
import { renewSession, session } from "../session";
import { say, w } from "../words";
import { entries, halt, isSending, renewEntries, sendAll, sendWhenever } from "./send";
import { Station } from "./station";
import type { Entry } from "./store";
import { allTaken, forgetRound, keepOnly, type Taken } from "./store";
import { keepPage, renewSheet } from "./take";

/** The part of the address after `/staff/walk`. */
function parts(): readonly string[] {
  return here.value.pathname.split("/").slice(3).filter(Boolean);
}

/** The screens. */
export function Walk() {
  const [taken, setTaken] = useState<readonly Taken[]>();
  const [failed, setFailed] = useState(false);
  const account = session.value?.account.id;
  const load = () =>
    allTaken()
      .then(setTaken)
      .catch(() => setFailed(true));
  useEffect(() => {
    void load();
    return sendWhenever();
  }, []);
  useEffect(() => {
    if (!account) return;
    void freshen(account).then(load);
    void sendAll(account);
  }, [account]);
  useEffect(() => {
    const back = () => void renewSession();
    addEventListener("online", back);
    return () => removeEventListener("online", back);
  }, []);
  const [round, station] = parts();
  const found = taken?.find((t) => t.id === round);
  const stop = found?.sheet.stations.find((s) => s.id === station);
  return (
    <div class="walk">
      <main id="main">
        {failed ? <Nothing title={w.rounds.no_store} icon="warn" /> : null}
        {!taken && !failed ? <Loading rows={5} /> : null}
        {taken && !found ? <TakenRounds taken={taken} isMissing={round !== undefined} /> : null}
        {found && !stop ? <Round taken={found} /> : null}
        {found && stop ? <Station key={stop.id} taken={found} station={stop} /> : null}
      </main>
    </div>
  );
}

/** Brings what the phone keeps up to date: newer sheets, closed rounds gone, the page of this build. */
async function freshen(account: string): Promise<void> {
  await keepOnly(account);
  const taken = await allTaken();
  for (const { id } of taken) {
    const round = await readRound(id).catch((cause: { status?: number }) =>
      cause.status === 404 ? null : undefined,
    );
    if (round === null || round?.closed) await forgetRound(id);
    else if (round) await renewSheet(id, account).catch(() => undefined);
  }
  if (taken.length > 0) await keepPage().catch(() => undefined);
  await renewEntries();
}

/** What waits, what arrived and what was refused, and the way to send it. */
export function Status({ round }: { round?: string }) {
  const own = entries.value.filter((entry) => !round || entry.round === round);
  const count = (state: Entry["state"]) => own.filter((entry) => entry.state === state).length;
  const [waiting, refused, sent] = [count("waiting"), count("refused"), count("sent")];
  const account = session.value?.account.id;
  return (
    <div class="status" role="status">
      <p>
        {account && halt.value !== "offline" ? null : (
          <b class="off">
            <Icon name="offline" />
            {w.rounds.offline}
          </b>
        )}
        <span class={waiting > 0 ? "waits" : ""}>{say(w.rounds.waiting, waiting)}</span>
        <span>{say(w.rounds.sent, sent)}</span>
        {refused > 0 ? <b class="bad">{say(w.rounds.refused, refused)}</b> : null}
      </p>
      {halt.value === "signed_out" ? <a href="/staff">{w.rounds.sign_in_to_send}</a> : null}
      {waiting > 0 && account ? (
        <Button look="quiet" busy={isSending.value} onClick={() => void sendAll(account)}>
          {w.rounds.send_now}
        </Button>
      ) : null}
    </div>
  );
}

function TakenRounds({ taken, isMissing }: { taken: readonly Taken[]; isMissing: boolean }) {
  return (
    <>
      <header>
        <h1>{w.rounds.along}</h1>
        <a class="btn plain" href="/staff/rounds">
          {w.rounds.title}
        </a>
      </header>
      <Status />
      {isMissing ? <p class="note">{w.rounds.not_along}</p> : null}
      {taken.length === 0 ? (
        <Nothing title={w.rounds.none_along} icon="check">
          <p>{w.rounds.none_along_text}</p>
        </Nothing>
      ) : null}
      <ul class="stops">
        {taken.map(({ id, sheet }) => (
          <li key={id}>
            <a href={`/staff/walk/${id}`}>
              <b>{sheet.round.name}</b>
              <small>{say(w.rounds.stations, sheet.stations.length)}</small>
            </a>
          </li>
        ))}
      </ul>
    </>
  );
}

/** How far a station is in this round, as this phone knows it. */
function stageOf(entry: Entry | undefined, inspected: boolean): { name: string; icon: string } {
  if (entry && !(entry.state === "draft" && entry.form.is_open === undefined)) {
    const icon = { draft: "pause", waiting: "clock", sent: "check", refused: "warn" }[entry.state];
    return { name: entry.state, icon };
  }
  return inspected ? { name: "sent", icon: "check" } : { name: "todo", icon: "next" };
}

function Round({ taken }: { taken: Taken }) {
  const { sheet, id } = taken;
  const task = useTask();
  const own = entries.value.filter((entry) => entry.round === id);
  const rows = sheet.stations.map((station) => {
    const entry = own.filter((e) => e.station === station.id).sort((a, b) => b.changed_ms - a.changed_ms)[0];
    return { station, entry, stage: stageOf(entry, station.inspected !== null) };
  });
  const next = rows.find(({ stage }) => stage.name === "todo" || stage.name === "draft");
  const remove = () =>
    void task.run(async () => {
      if (own.some((entry) => entry.state !== "sent") && !confirm(w.rounds.unsent_stays)) return;
      await forgetRound(id);
      location.assign("/staff/walk");
    });
  return (
    <>
      <header>
        <a class="bare" href="/staff/walk" aria-label={w.rounds.along}>
          <Icon name="back" />
        </a>
        <h1>{sheet.round.name}</h1>
      </header>
      <Status round={id} />
      <ol class="stops">
        {rows.map(({ station, entry, stage }) => (
          <li key={station.id} class={stage.name}>
            <a href={`/staff/walk/${id}/${station.id}`}>
              <em>{station.rank}</em>
              <b>{station.name}</b>
              <small>
                {station.address ?? station.code} · {station.hours ?? w.rounds.hours_unknown}
              </small>
              <span class="stage">
                <Icon name={stage.icon} />
                {w.rounds.stages[stage.name as keyof typeof w.rounds.stages]}
              </span>
              {entry?.state === "refused" ? <small class="bad">{entry.refusal}</small> : null}
            </a>
          </li>
        ))}
      </ol>
      <Button look="plain" onClick={remove}>
        {w.rounds.forget}
      </Button>
      {next ? (
        <footer>
          <a class="btn wide" href={`/staff/walk/${id}/${next.station.id}`}>
            {say(w.rounds.go_on_at, next.station.name)}
          </a>
        </footer>
      ) : null}
    </>
  );
}
