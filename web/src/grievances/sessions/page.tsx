// Sessions: all of them, or the one that the address names.

import { useEffect, useState } from "preact/hooks";
import { Button } from "../../staff/parts/button";
import { Failure, Loading, Nothing } from "../../staff/parts/notes";
import { districtName } from "../../staff/shell";
import { listSessions } from "../api";
import { Head } from "../parts/head";
import { learn } from "../parts/known";
import { useList } from "../parts/list";
import { dayWords } from "../parts/time";
import { g, w } from "../words";
import { NewSession } from "./new";
import { One } from "./one";
import type { Session } from "./types";

/** The screen; `rest` is the session's id. */
export function Sessions({ rest }: { rest: string }) {
  useEffect(() => void learn(), []);
  return rest ? <One id={rest} /> : <All />;
}

function All() {
  const [isNew, setNew] = useState(false);
  const list = useList<Session>("sessions", (cursor) => listSessions(cursor));
  return (
    <>
      <Head title={g.sessions.title}>
        <Button icon="plus" onClick={() => setNew(true)}>
          {g.sessions.new}
        </Button>
      </Head>
      <Failure failure={list.failure} onRetry={list.renew} />
      <section class="panel tbl" aria-busy={list.busy}>
        {!list.rows && !list.failure ? <Loading rows={5} /> : null}
        {list.rows?.length === 0 ? (
          <Nothing title={g.sessions.none} icon="user">
            <p>{g.sessions.none_text}</p>
          </Nothing>
        ) : null}
        {list.rows && list.rows.length > 0 ? <Table rows={list.rows} /> : null}
        {list.next ? (
          <div class="pages">
            <Button look="quiet" busy={list.busy} onClick={list.more}>
              {w.common.more}
            </Button>
          </div>
        ) : null}
      </section>
      {isNew ? <NewSession onClose={() => setNew(false)} /> : null}
    </>
  );
}

function Table({ rows }: { rows: readonly Session[] }) {
  return (
    <div class="scroll">
      <table class="roomy">
        <thead>
          <tr>
            <th scope="col">{g.sessions.date}</th>
            <th scope="col">{g.sessions.kind}</th>
            <th scope="col">{g.sessions.leader}</th>
            <th scope="col">{g.sessions.unit}</th>
            <th scope="col">{g.sessions.district}</th>
            <th scope="col" class="n">
              {g.sessions.cases}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((session) => (
            <tr key={session.id}>
              <td>
                <a href={`/grievances/sessions/${session.id}`}>{dayWords(session.date)}</a>
              </td>
              <td>{g.sessions.kinds[session.kind]}</td>
              <td class="text">{session.leader}</td>
              <td class="text">{session.unit ?? "–"}</td>
              <td>{session.district ? districtName(session.district) : "–"}</td>
              <td class="n">{session.cases}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
