// The panel beside the table: one station in tabs, what is changed in it, and what is done with it.

import { useEffect, useRef, useState } from "preact/hooks";
import { changeStation, createStation, readStation } from "../api";
import { Refusal } from "../http";
import { StationNotices } from "../notices/station";
import { Button } from "../parts/button";
import { Text } from "../parts/field";
import { Icon } from "../parts/icon";
import { Failure, Loading } from "../parts/notes";
import { useTask } from "../parts/task";
import { renewQueues } from "../rail";
import { Stage } from "../registry/columns";
import { load, open, replaceRow } from "../registry/list";
import { here } from "../route";
import type { Facts, Station } from "../types";
import { say, w } from "../words";
import { AccessTab } from "./access";
import { BasicsTab } from "./basics";
import { Conflict } from "./conflict";
import { change, drafts, explain, keep, NEW, patchOf } from "./drafts";
import { FacilitiesTab } from "./facilities";
import { HistoryTab } from "./history";
import { HoursTab } from "./hours";
import { Life } from "./life";
import { PlaceTab } from "./place";
import { TABS, type Tab, Tabs, tabOfFault } from "./tabs";

/** What the editor opens: a station, or a new one. */
export function Editor({ id }: { id: string }) {
  const [station, setStation] = useState<Station>();
  const [theirs, setTheirs] = useState<Station>();
  const reading = useTask();
  const isNew = id === NEW;
  const read = () => void reading.run(async () => setStation(await readStation(id)));
  useEffect(() => {
    if (!isNew) read();
  }, []);
  const written = (next: Station) => {
    setStation(next);
    replaceRow(next);
  };
  if (!isNew && !station) {
    return (
      <aside class="panel edit" aria-label={w.editor.label}>
        <header class="bar">
          <Close />
        </header>
        {reading.failure ? <Failure failure={reading.failure} onRetry={read} /> : <Loading rows={10} />}
      </aside>
    );
  }
  const stale = async () => setTheirs(await readStation(id));
  const draft = drafts.value.get(id);
  return (
    <aside class="panel edit" aria-label={w.editor.label}>
      <Top station={station} facts={{ ...station, ...draft?.values }} />
      {theirs && draft?.base ? (
        <Conflict
          base={draft.base}
          values={draft.values}
          theirs={theirs}
          onGoOn={(values) => {
            written(theirs);
            keep(id, { base: theirs, values, reason: draft.reason });
            setTheirs(undefined);
          }}
          onReload={() => {
            written(theirs);
            keep(id, undefined);
            setTheirs(undefined);
          }}
        />
      ) : (
        <Body
          id={id}
          station={station}
          onWritten={written}
          onStale={async () => {
            if (drafts.value.has(id)) await stale();
            else read();
          }}
        />
      )}
    </aside>
  );
}

function Close() {
  return (
    <button type="button" class="bare" aria-label={w.editor.close} onClick={() => open("")}>
      <Icon name="close" />
    </button>
  );
}

function Top({ station, facts }: { station: Station | undefined; facts: Partial<Facts> }) {
  return (
    <header class="bar">
      <h2>
        {facts.name || (station ? station.name : w.editor.new)}
        {station ? <Stage status={station.status} /> : null}
      </h2>
      {station && ["open", "suspended"].includes(station.status) ? (
        <a class="btn plain small" href={`/staff/ratings?station=${station.id}`}>
          {station.rating ? "★".repeat(station.rating) : w.ratings.in_editor}
          {station.rating ? <span class="vh">{w.ratings.in_editor}</span> : null}
        </a>
      ) : null}
      <Close />
    </header>
  );
}

interface BodyProps {
  readonly id: string;
  readonly station: Station | undefined;
  readonly onWritten: (station: Station) => void;
  readonly onStale: () => Promise<void>;
}

function Body({ id, station, onWritten, onStale }: BodyProps) {
  const saving = useTask();
  const panel = useRef<HTMLDivElement>(null);
  const draft = drafts.value.get(id);
  const facts: Partial<Facts> = { ...station, ...draft?.values };
  const asked = here.value.searchParams.get("tab") as Tab | null;
  const tab = asked && TABS.includes(asked) ? asked : station ? "place" : "basics";
  const isLocked = station ? !station.allowed.includes("edit") : false;
  const faults = saving.failure?.faults;
  const wasSaved = async () => {
    if (!draft) return;
    if (station) {
      const base = draft.base ?? station;
      const next = await changeStation(id, base.version, patchOf(draft, base));
      keep(id, undefined);
      onWritten(next);
    } else {
      const next = await createStation(patchOf(draft, undefined) as never);
      keep(id, undefined);
      open(next.id);
    }
    void load();
    void renewQueues();
  };
  const save = () =>
    void saving.run(async () => {
      try {
        await wasSaved();
      } catch (cause) {
        if (!(cause instanceof Refusal)) throw cause;
        if (cause.status === 412) return onStale();
        const first = cause.faults[0];
        if (first && tabOfFault(first.field)) open(id, tabOfFault(first.field));
        throw cause;
      }
    });
  const props = {
    station,
    facts,
    change: (fields: Partial<Facts>) => change(id, station, fields),
    faults,
    isLocked,
  };
  return (
    <>
      {station?.marked ? (
        <p class="note bad">
          <Icon name="lock" />
          <span>
            {say(w.editor.marked, station.marked.locked_reports)}{" "}
            <a href={`/staff/reports?state=all&kind=locked&station=${id}`}>{w.editor.marked_see}</a>
          </span>
        </p>
      ) : null}
      <Tabs id={id} tab={tab} isNew={!station} faults={faults} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keys */}
      <div class="tab" id="tab" role="tabpanel" tabIndex={0} aria-labelledby={`tab-${tab}`} ref={panel}>
        <Failure failure={saving.failure} />
        {tab === "place" ? <PlaceTab {...props} /> : null}
        {tab === "hours" ? <HoursTab {...props} /> : null}
        {tab === "facilities" ? (
          <FacilitiesTab {...props} onWritten={onWritten} onStale={() => void onStale()} />
        ) : null}
        {tab === "access" ? <AccessTab {...props} /> : null}
        {tab === "basics" ? <BasicsTab {...props} /> : null}
        {tab === "history" && station ? <HistoryTab station={station} onWritten={onWritten} /> : null}
        {tab === "notices" && station ? (
          <StationNotices station={station} onWritten={() => void load()} />
        ) : null}
      </div>
      <footer>
        {draft ? (
          <Save
            id={id}
            reason={draft.reason}
            count={Object.keys(draft.values).length}
            busy={saving.busy}
            onSave={save}
            isNew={!station}
            onUndo={() => {
              keep(id, undefined);
              saving.clear();
            }}
          />
        ) : null}
        {station ? (
          <Life
            station={station}
            isDirty={draft !== undefined}
            onWritten={onWritten}
            onStale={() => void onStale()}
          />
        ) : null}
        {isLocked ? <p class="cap">{w.editor.locked}</p> : null}
      </footer>
    </>
  );
}

interface SaveProps {
  readonly id: string;
  readonly reason: string;
  readonly count: number;
  readonly busy: boolean;
  readonly isNew: boolean;
  readonly onSave: () => void;
  readonly onUndo: () => void;
}

function Save({ id, reason, count, busy, isNew, onSave, onUndo }: SaveProps) {
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        onSave();
      }}
    >
      {isNew ? null : (
        <Text
          label={w.editor.reason}
          name="reason"
          value={reason}
          onInput={(text) => explain(id, text)}
          max={500}
        />
      )}
      <div class="bar">
        <Button type="submit" busy={busy}>
          {isNew ? w.editor.create : say(w.editor.save, count)}
        </Button>
        <Button look="quiet" icon="undo" onClick={onUndo}>
          {w.editor.undo}
        </Button>
      </div>
    </form>
  );
}
