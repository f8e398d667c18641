// Sessions: all of them, or the one that the address names.

import { useEffect, useState } from "preact/hooks";
import { ListFrame, Table } from "../../staff/list/frame";
import { useList } from "../../staff/list/use-list";
import { Button } from "../../staff/parts/button";
import { districtName } from "../../staff/shell";
import { BASE } from "../api";
import { Head } from "../parts/head";
import { learn } from "../parts/known";
import { dayWords } from "../parts/time";
import { g } from "../words";
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
  const list = useList<Session>(`${BASE}/sessions`, { limit: 50 });
  return (
    <>
      <Head title={g.sessions.title}>
        <Button icon="plus" onClick={() => setNew(true)}>
          {g.sessions.new}
        </Button>
      </Head>
      <ListFrame list={list} none={g.sessions.none} text={g.sessions.none_text} icon="user">
        {(rows) => <Days rows={rows} />}
      </ListFrame>
      {isNew ? <NewSession onClose={() => setNew(false)} /> : null}
    </>
  );
}

function Days({ rows }: { rows: readonly Session[] }) {
  const { date, kind, leader, unit, district, cases } = g.sessions;
  return (
    <Table columns={[date, kind, leader, unit, district, [cases, "n"]]}>
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
    </Table>
  );
}
