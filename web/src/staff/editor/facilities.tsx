// What a station offers: each thing with its working state, hours, season and number.

import { useState } from "preact/hooks";
import { ofFacility } from "../../offline/page/icon";
import { putFacility } from "../api";
import { moment } from "../format";
import { Refusal } from "../http";
import { Button } from "../parts/button";
import { Faults, faultsOf, Pick, Text } from "../parts/field";
import { Icon } from "../parts/icon";
import { Failure } from "../parts/notes";
import { useTask } from "../parts/task";
import { terms, wordOf } from "../shell";
import type { Facility, Station } from "../types";
import { say, w } from "../words";
import { facilityWords } from "./describe";
import type { TabProps } from "./place";

interface Props extends TabProps {
  /** Called with the station after something was written at once. */
  readonly onWritten: (station: Station) => void;
  /** Called where somebody else was first. */
  readonly onStale: () => void;
}

/** The tab of the facilities. */
export function FacilitiesTab({ station, facts, change, faults, isLocked, onWritten, onStale }: Props) {
  const list = facts.facilities ?? [];
  const put = (code: string, next: Facility | undefined) =>
    change({ facilities: list.flatMap((one) => (one.code === code ? (next ? [next] : []) : [one])) });
  const absent = terms("facility").filter(({ code }) => !list.some((one) => one.code === code));
  // Whoever may not change the facts may still say that something broke.
  const isDirect = isLocked && station?.allowed.includes("facility");
  return (
    <div class="pad stack">
      <Faults faults={faultsOf(faults, "facilities")} id="facilities-fault" />
      {list.length === 0 ? <p class="cap">{w.facilities.none}</p> : null}
      <ul class="facilities">
        {list.map((facility) =>
          isLocked ? (
            <Plain
              key={facility.code}
              facility={facility}
              station={isDirect ? station : undefined}
              onWritten={onWritten}
              onStale={onStale}
            />
          ) : (
            <One key={facility.code} facility={facility} onChange={(next) => put(facility.code, next)} />
          ),
        )}
      </ul>
      {isLocked || absent.length === 0 ? null : (
        <Pick
          label={w.facilities.add}
          name="facilities"
          value=""
          none={w.facilities.choose}
          choices={absent}
          onPick={(code) => code && change({ facilities: [...list, { code, working: "ok" }] })}
        />
      )}
    </div>
  );
}

function Head({ facility }: { facility: Facility }) {
  const isBroken = facility.working === "broken";
  return (
    <span class={isBroken ? "st notice" : "st open"}>
      <Icon name={ofFacility(facility.code)} />
      {wordOf("facility", facility.code)}
      <small>
        {isBroken ? w.facilities.broken : w.facilities.works}
        {isBroken && facility.broken_since
          ? ` · ${say(w.facilities.since, moment(facility.broken_since))}`
          : ""}
      </small>
    </span>
  );
}

/** A facility in a draft. */
function One({ facility, onChange }: { facility: Facility; onChange: (next: Facility | undefined) => void }) {
  const isBroken = facility.working === "broken";
  const word = wordOf("facility", facility.code);
  const set = (part: Partial<Facility>) => onChange({ ...facility, ...part });
  const [from = "", to = ""] = (facility.season ?? "").split("/");
  const season = (first: string, last: string) => set({ season: first || last ? `${first}/${last}` : null });
  const { broken_since: _, ...rest } = facility;
  return (
    <li>
      <div class="bar">
        <Head facility={facility} />
        <Button
          look="quiet small"
          label={say(isBroken ? w.facilities.mend_one : w.facilities.break_one, word)}
          onClick={() => onChange({ ...rest, working: isBroken ? "ok" : "broken" })}
        >
          {isBroken ? w.facilities.mend : w.facilities.break}
        </Button>
        <Button
          look="plain small"
          label={say(w.facilities.remove_one, word)}
          onClick={() => onChange(undefined)}
        >
          {w.common.remove}
        </Button>
      </div>
      <details>
        <summary>{w.facilities.more}</summary>
        <div class="two">
          <Text
            label={w.facilities.count}
            name="count"
            inputmode="numeric"
            value={String(facility.count ?? "")}
            onInput={(text) => set({ count: /^\d{1,4}$/.test(text) ? Number(text) : null })}
          />
          <Text
            label={w.fields.hours}
            name="hours_of"
            value={facility.hours ?? ""}
            onInput={(text) => set({ hours: text || null })}
            max={500}
          />
          <Text
            label={w.facilities.season_from}
            name="season"
            placeholder="11-15"
            value={from}
            onInput={(text) => season(text, to)}
            max={5}
          />
          <Text
            label={w.facilities.season_to}
            name="season"
            placeholder="03-15"
            value={to}
            onInput={(text) => season(from, text)}
            max={5}
          />
        </div>
        <Text
          label={w.facilities.note}
          name="note"
          value={facility.note ?? ""}
          onInput={(text) => set({ note: text || null })}
          max={200}
        />
      </details>
    </li>
  );
}

/** A facility that may only be told to be broken or mended. */
function Plain({
  facility,
  station,
  onWritten,
  onStale,
}: {
  facility: Facility;
  station: Station | undefined;
  onWritten: (station: Station) => void;
  onStale: () => void;
}) {
  const task = useTask();
  const [note, setNote] = useState(facility.note ?? "");
  const isBroken = facility.working === "broken";
  const word = wordOf("facility", facility.code);
  const { broken_since: _, ...rest } = facility;
  const tell = () =>
    void task.run(async () => {
      if (!station) return;
      const next: Facility = { ...rest, working: isBroken ? "ok" : "broken", note: note.trim() || null };
      try {
        onWritten(await putFacility(station.id, station.version, next));
      } catch (cause) {
        if (cause instanceof Refusal && cause.status === 412) onStale();
        throw cause;
      }
    });
  return (
    <li>
      <div class="bar">
        <Head facility={facility} />
        {station ? (
          <Button
            look="quiet small"
            busy={task.busy}
            label={say(isBroken ? w.facilities.mend_one : w.facilities.break_one, word)}
            onClick={tell}
          >
            {isBroken ? w.facilities.mend : w.facilities.break}
          </Button>
        ) : null}
      </div>
      {station ? (
        <details>
          <summary>{w.facilities.note}</summary>
          <Text
            label={say(w.facilities.note_of, word)}
            name={`note-${facility.code}`}
            value={note}
            onInput={setNote}
            max={200}
          />
        </details>
      ) : (
        <p class="cap">{facilityWords(facility)}</p>
      )}
      <Failure failure={task.failure} />
    </li>
  );
}
