// The route sheet on paper: one row for each station, with boxes to tick and room to write.

import { useEffect, useState } from "preact/hooks";
import { Button } from "../parts/button";
import { Head } from "../parts/head";
import { MapPicture } from "../parts/map-picture";
import { Failure, Loading } from "../parts/notes";
import { useTask } from "../parts/task";
import { say, w } from "../words";
import { readSheet, type Sheet } from "./api";
import { dayOf, scopeWords } from "./list";
import { WalkMap } from "./walk-map";

/** Pixels of a map that is 3.2 cm wide: 200 an inch, and letters of 5 points. */
const MAP_SIZE = 256;

/** The sheet, and the button that prints it. */
export function Paper({ id }: { id: string }) {
  const [sheet, setSheet] = useState<Sheet>();
  const task = useTask();
  const load = () => void task.run(async () => setSheet(await readSheet(id)));
  useEffect(load, [id]);
  return (
    <div class="paper">
      <div class="off-paper">
        <Head title={w.rounds.print}>
          <a class="btn quiet" href={`/staff/rounds/${id}`}>
            {w.common.close}
          </a>
          <Button icon="print" disabled={!sheet} onClick={() => print()}>
            {w.rounds.print}
          </Button>
        </Head>
        <Failure failure={task.failure} onRetry={load} />
      </div>
      {sheet ? <Page sheet={sheet} /> : task.failure ? null : <Loading rows={8} />}
    </div>
  );
}

function Page({ sheet }: { sheet: Sheet }) {
  const { round, questions, stations } = sheet;
  return (
    <article class="sheet">
      <header>
        <div>
          <h2>{round.name}</h2>
          <p>
            {scopeWords(round.scope)} ·{" "}
            {say(w.rounds.from_to, { from: dayOf(round.first_day), to: dayOf(round.last_day) })}
          </p>
          <p>
            {w.rounds.inspector}
            {w.common.colon}
            {round.inspector?.name ?? "____________"} · {say(w.rounds.stations, stations.length)}
          </p>
          <ol class="legend">
            {questions.map(({ code, text }) => (
              <li key={code}>{text}</li>
            ))}
          </ol>
        </div>
        <WalkMap stops={stations} />
      </header>
      <table>
        <thead>
          <tr>
            <th scope="col">{w.rounds.rank}</th>
            <th scope="col">{w.rounds.station}</th>
            <th scope="col">{w.rounds.on_map}</th>
            <th scope="col">{w.rounds.door}</th>
            <th scope="col">{say(w.rounds.questions_n, questions.length)}</th>
            <th scope="col">{w.rounds.what}</th>
          </tr>
        </thead>
        <tbody>
          {stations.map((station) => (
            <tr key={station.id}>
              <td>{station.rank}</td>
              <td>
                <b>{station.name}</b>
                {station.code ? ` ${station.code}` : ""}
                <br />
                {station.address ?? "–"}
                <br />
                {station.hours ?? w.rounds.hours_unknown}
                {station.findings.map((finding) => (
                  <p key={finding.id} class="before">
                    <Box /> {finding.text}
                    {w.common.comma}
                    {say(w.rounds.due_on, dayOf(finding.due))}
                  </p>
                ))}
              </td>
              <td class="map">
                <MapPicture station={station} size={MAP_SIZE} />
              </td>
              <td>
                <Box /> {w.rounds.door_open}
                <br />
                <Box /> {w.rounds.door_shut}
                <br />
                ___:___
              </td>
              <td class="boxes">
                {questions.map(({ code, text }, i) => (
                  <span key={code} title={text}>
                    {i + 1} <Box />
                  </span>
                ))}
              </td>
              <td class="room" />
            </tr>
          ))}
        </tbody>
      </table>
    </article>
  );
}

/** A box to tick on paper. */
function Box() {
  return <i class="box" aria-hidden="true" />;
}
