// What became of a station, version by version, and the way back to any of them.

import { useEffect, useState } from "preact/hooks";
import { readHistory, restoreStation } from "../api";
import { distance, moment } from "../format";
import { Button } from "../parts/button";
import { Ask } from "../parts/dialog";
import { Failure, Loading } from "../parts/notes";
import { useTask } from "../parts/task";
import type { Station, Version } from "../types";
import { say, w, wordIn } from "../words";
import { type Row, rowsOf } from "./diff";

interface Props {
  readonly station: Station;
  readonly onWritten: (station: Station) => void;
}

/** The tab of the history. */
export function HistoryTab({ station, onWritten }: Props) {
  const [items, setItems] = useState<readonly Version[]>();
  const [next, setNext] = useState<string | null>(null);
  const [wanted, setWanted] = useState<Version>();
  const task = useTask();
  const load = (cursor?: string | null) =>
    void task.run(async () => {
      const page = await readHistory(station.id, cursor);
      setItems([...(cursor ? (items ?? []) : []), ...page.items]);
      setNext(page.next ?? null);
    });
  useEffect(() => load(), [station.id, station.version]);
  if (!items)
    return task.failure ? <Failure failure={task.failure} onRetry={() => load()} /> : <Loading rows={5} />;
  const canRestore = station.allowed.includes("restore");
  return (
    <div class="pad stack">
      <Failure failure={task.failure} />
      <ol class="history">
        {items.map((version) => (
          <Entry
            key={version.version}
            version={version}
            station={station}
            onRestore={
              canRestore && version.version !== station.version ? () => setWanted(version) : undefined
            }
          />
        ))}
      </ol>
      {next ? (
        <Button look="quiet" busy={task.busy} onClick={() => load(next)}>
          {w.history.older}
        </Button>
      ) : null}
      {wanted ? (
        <Ask
          question={{
            title: say(w.history.restore_title, wanted.version),
            text: <p>{say(w.history.restore_text, { version: wanted.version, at: moment(wanted.at) })}</p>,
            go: w.history.restore,
            reason: "must",
            run: async (reason) =>
              onWritten(await restoreStation(station.id, station.version, wanted.version, reason)),
          }}
          onClose={() => setWanted(undefined)}
        />
      ) : null}
    </div>
  );
}

function Entry({
  version,
  station,
  onRestore,
}: {
  version: Version;
  station: Station;
  onRestore: (() => void) | undefined;
}) {
  const { action, at, by, via, reason, changes } = version;
  return (
    <li>
      <p class="bar">
        <b>{wordIn(w.actions, action)}</b>
        <span class="cap">{say(w.history.version, version.version)}</span>
        {onRestore ? (
          <Button
            look="plain small"
            icon="undo"
            onClick={onRestore}
            label={say(w.history.restore_title, version.version)}
          >
            {w.history.restore}
          </Button>
        ) : null}
      </p>
      <p class="cap">
        {moment(at)} · {by ? (by.name ?? w.people.erased) : wordIn(w.vias, via)}
      </p>
      {reason ? <p class="quote">{reason}</p> : null}
      <Diff rows={rowsOf(changes, station)} />
    </li>
  );
}

/** The changes of a version. */
export function Diff({ rows }: { rows: readonly Row[] }) {
  if (rows.length === 0) return null;
  return (
    <dl class="diff">
      {rows.map((row) => (
        <div key={row.field}>
          <dt>{wordIn(w.fields, row.field)}</dt>
          <dd>
            <Words row={row} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Words({ row }: { row: Row }) {
  if (row.kind === "list") {
    return (
      <ul>
        {row.added.map((word) => (
          <li key={`+${word}`}>
            {w.history.added} <ins>{word}</ins>
          </li>
        ))}
        {row.removed.map((word) => (
          <li key={`-${word}`}>
            {w.history.removed} <del>{word}</del>
          </li>
        ))}
        {row.changed.map(({ name, old, now }) => (
          <li key={name}>
            <del>{old}</del> → <ins>{now}</ins>
          </li>
        ))}
      </ul>
    );
  }
  return (
    <>
      {row.old === "–" ? null : (
        <>
          <del>{row.old}</del> →{" "}
        </>
      )}
      <ins>{row.now}</ins>
      {row.kind === "moved" ? <b> {say(w.place.moved, distance(row.metres))}</b> : null}
    </>
  );
}
