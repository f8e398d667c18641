// The notices of one station, in the editor.

import { useEffect, useState } from "preact/hooks";
import { announceAt, listNotices } from "../api";
import { Button } from "../parts/button";
import { Failure, Loading } from "../parts/notes";
import { useTask } from "../parts/task";
import { renewQueues } from "../rail";
import { wordOf } from "../shell";
import type { Notice, Station } from "../types";
import { say, w } from "../words";
import { Announce } from "./announce";
import { effectWords, Standing, spanWords } from "./item";
import { Withdraw } from "./withdraw";

/** The tab of the notices. */
export function StationNotices({ station, onWritten }: { station: Station; onWritten: () => void }) {
  const [items, setItems] = useState<readonly Notice[]>();
  const [gone, setGone] = useState<Notice>();
  const task = useTask();
  const load = () =>
    void task.run(async () => setItems((await listNotices({ when: "all", station: station.id })).items));
  useEffect(load, [station.id]);
  const written = () => {
    load();
    onWritten();
    void renewQueues();
  };
  if (!items) return task.failure ? <Failure failure={task.failure} onRetry={load} /> : <Loading rows={4} />;
  const mayWrite = station.allowed.includes("notice");
  const facilities = station.facilities.map(({ code }) => ({ code, word: wordOf("facility", code) }));
  return (
    <div class="pad stack">
      {mayWrite ? (
        <section class="stack">
          <h3>{w.notices.new}</h3>
          <Announce
            facilities={facilities}
            onAnnounce={async (body) => {
              await announceAt(station.id, body);
              written();
            }}
          />
        </section>
      ) : null}
      <section class="stack">
        <h3>{w.notices.those}</h3>
        {items.length === 0 ? <p class="cap">{w.notices.none_here}</p> : null}
        <ul class="notices">
          {items.map((notice) => (
            <li key={notice.id}>
              <p class="bar">
                <b>{effectWords(notice)}</b>
                <Standing notice={notice} />
              </p>
              <p class="cap">{spanWords(notice)}</p>
              <p>{notice.reason}</p>
              {mayWrite && !notice.withdrawn && notice.station ? (
                <Button
                  look="quiet small"
                  icon="undo"
                  label={say(w.notices.withdraw_one, notice.reason)}
                  onClick={() => setGone(notice)}
                >
                  {w.notices.withdraw}
                </Button>
              ) : null}
            </li>
          ))}
        </ul>
      </section>
      {gone ? <Withdraw notice={gone} onDone={written} onClose={() => setGone(undefined)} /> : null}
    </div>
  );
}
