// One session: who was there, the minutes, the cases, and the grid in which many more are taken down at once.

import { useEffect, useState } from "preact/hooks";
import { MoreButton } from "../../staff/list/frame";
import { useList } from "../../staff/list/use-list";
import { Button } from "../../staff/parts/button";
import { Text } from "../../staff/parts/field";
import { Icon } from "../../staff/parts/icon";
import { Done, Failure, Loading } from "../../staff/parts/notes";
import { useTask } from "../../staff/parts/task";
import { districtName } from "../../staff/shell";
import { BASE, changeSession, readSessionDay } from "../api";
import { Paper } from "../intake/slip";
import { Head } from "../parts/head";
import { CaseTable } from "../parts/rows";
import { dayWords } from "../parts/time";
import type { Receipt, Row } from "../types";
import { g, say } from "../words";
import { Grid } from "./rows";
import type { WholeSession } from "./types";

/** The session of an id. */
export function One({ id }: { id: string }) {
  const [session, setSession] = useState<WholeSession>();
  const [receipts, setReceipts] = useState<readonly Receipt[]>();
  const cases = useList<Row>(BASE, { limit: 100, session: id });
  const task = useTask();
  const load = () => void task.run(async () => setSession(await readSessionDay(id)));
  useEffect(load, [id]);
  const taken = (made: readonly Receipt[]) => {
    setReceipts(made);
    cases.renew();
    load();
  };
  return (
    <>
      <Head
        title={session ? `${g.sessions.kinds[session.kind]} · ${dayWords(session.date)}` : g.sessions.title}
        note={session ? [session.leader, session.unit].filter(Boolean).join(" · ") : undefined}
      >
        <a class="btn quiet" href="/grievances/sessions">
          {g.sessions.back}
        </a>
      </Head>
      <Failure failure={task.failure} onRetry={load} />
      {!session && !task.failure ? <Loading rows={6} /> : null}
      {session ? (
        <>
          <p class="cap">
            {[
              session.district ? districtName(session.district) : "",
              ...session.departments.map(({ name }) => name),
            ]
              .filter(Boolean)
              .join(" · ")}
          </p>
          {receipts ? <Receipts receipts={receipts} onMore={() => setReceipts(undefined)} /> : null}
          <Grid session={session} onTaken={taken} />
          <Minutes session={session} onChange={setSession} />
          <section class="panel tbl" aria-busy={cases.busy}>
            <h2 class="pad">{g.sessions.taken}</h2>
            <Failure failure={cases.failure} onRetry={cases.renew} />
            {cases.items?.length === 0 ? <p class="pad cap">{g.sessions.taken_none}</p> : null}
            {cases.items && cases.items.length > 0 ? <CaseTable rows={cases.items} /> : null}
            <MoreButton list={cases} />
          </section>
        </>
      ) : null}
    </>
  );
}

function Minutes({ session, onChange }: { session: WholeSession; onChange: (next: WholeSession) => void }) {
  const [text, setText] = useState(session.minutes ?? "");
  const [isSaved, setSaved] = useState(false);
  const task = useTask();
  const send = async (event: Event) => {
    event.preventDefault();
    setSaved(false);
    const change = async () => onChange(await changeSession(session, { minutes: text.trim() || null }));
    setSaved(await task.run(change));
  };
  return (
    <form class="panel pad stack" onSubmit={send}>
      <Failure failure={task.failure} />
      {isSaved ? <Done>{g.sessions.saved}</Done> : null}
      <Text
        label={g.sessions.minutes}
        name="minutes"
        value={text}
        onInput={setText}
        lines={5}
        max={5000}
        faults={task.failure?.faults}
      />
      <div class="bar end">
        <Button type="submit" look="quiet" busy={task.busy}>
          {g.sessions.minutes_save}
        </Button>
      </div>
    </form>
  );
}

/** The receipts of what was just taken down. They are shown once, so they stay until somebody puts them away. */
function Receipts({ receipts, onMore }: { receipts: readonly Receipt[]; onMore: () => void }) {
  return (
    <section class="panel pad stack" aria-label={g.sessions.receipts_label}>
      <div class="bar no-print">
        <p class="note" role="status">
          <Icon name="warn" />
          <span>{say(g.sessions.receipts, receipts.length)}</span>
        </p>
        <Button icon="print" onClick={() => print()}>
          {g.sessions.print}
        </Button>
        <Button look="quiet" onClick={onMore}>
          {g.sessions.more}
        </Button>
      </div>
      <div class="papers">
        {receipts.map((receipt) => (
          <Paper key={receipt.number} receipt={receipt} />
        ))}
      </div>
    </section>
  );
}
