// Longer hours for whole districts in heat, cold or storm: those that run, and beginning one.

import { useState } from "preact/hooks";
import { beginRegime, endRegime } from "../api";
import { Preview } from "../editor/hours";
import { listed } from "../format";
import { ListFrame } from "../list/frame";
import { useList } from "../list/use-list";
import { Button } from "../parts/button";
import { Ask, Dialog } from "../parts/dialog";
import { Checks, Pick, Text } from "../parts/field";
import { Head } from "../parts/head";
import { Icon } from "../parts/icon";
import { Failure } from "../parts/notes";
import { useTask } from "../parts/task";
import { here } from "../route";
import { may, ownDistricts } from "../session";
import { districtName, instantOf, terms, wordOf } from "../shell";
import type { Regime } from "../types";
import { say, w } from "../words";
import { spanWords } from "./item";
import { WhenTabs, whenOf } from "./page";
import { fieldsOf } from "./spans";
import { TimesAndReason } from "./times";

const KINDS = ["heat", "cold", "storm"] as const;
const ICONS = { heat: "cooling", cold: "heating", storm: "rain" } as const;

/** The screen of the regimes. */
export function Regimes() {
  const when = whenOf(here.value);
  const list = useList<Regime>("/api/v1/regimes", { when });
  const [isNew, setNew] = useState(false);
  const [ended, setEnded] = useState<Regime>();
  return (
    <>
      <Head title={w.nav.regimes}>
        {may("regime_write") ? (
          <Button icon="plus" onClick={() => setNew(true)}>
            {w.regimes.begin}
          </Button>
        ) : null}
      </Head>
      <WhenTabs screen="regimes" when={when} />
      <ListFrame list={list} none={w.regimes.none} text={w.regimes.none_text} icon="clock" rows={4}>
        {(items) => (
          <ul class="notices pad">
            {items.map((regime) => (
              <li key={regime.id}>
                <One regime={regime} onEnd={() => setEnded(regime)} />
              </li>
            ))}
          </ul>
        )}
      </ListFrame>
      {isNew ? (
        <Begin
          onClose={() => setNew(false)}
          onDone={() => {
            setNew(false);
            list.renew();
          }}
        />
      ) : null}
      {ended ? (
        <Ask
          question={{
            title: w.regimes.end_title,
            text: <p>{say(w.regimes.end_text, w.regimes.kinds[ended.kind])}</p>,
            go: w.regimes.end,
            reason: "no",
            run: async () => {
              await endRegime(ended);
              list.renew();
            },
          }}
          onClose={() => setEnded(undefined)}
        />
      ) : null}
    </>
  );
}

function One({ regime, onEnd }: { regime: Regime; onEnd: () => void }) {
  const { kind, districts, hours, facility, stations, reason, by } = regime;
  return (
    <>
      <p class="bar">
        <b>
          <Icon name={ICONS[kind]} /> {w.regimes.kinds[kind]}
        </b>
        <span class="cap">{say(w.regimes.covers, stations)}</span>
        {may("regime_write") && !regime.ended ? (
          <Button look="quiet small" onClick={onEnd}>
            {w.regimes.end}
          </Button>
        ) : null}
      </p>
      <p>
        {listed(districts.map(districtName))} · {hours}
        {facility ? ` · ${say(w.regimes.only_with, wordOf("facility", facility))}` : ""}
      </p>
      <p class="cap">
        {spanWords(regime)}
        {by ? ` · ${by.name ?? w.people.erased}` : ""}
      </p>
      <p>{reason}</p>
    </>
  );
}

function Begin({ onClose, onDone }: { onClose: () => void; onDone: () => void }) {
  const [kind, setKind] = useState<string>("heat");
  const [districts, setDistricts] = useState<readonly string[]>([]);
  const [hours, setHours] = useState("24/7");
  const [facility, setFacility] = useState("");
  const [times, setTimes] = useState(() => fieldsOf("days"));
  const [reason, setReason] = useState("");
  const task = useTask();
  const faults = task.failure?.faults;
  const submit = (event: Event) => {
    event.preventDefault();
    const [from, to] = [instantOf(times.from), instantOf(times.to)];
    if (!from) return;
    void task.run(async () => {
      await beginRegime({
        kind, districts, hours: hours.trim(), from, reason: reason.trim(),
        ...(to ? { to } : {}), ...(facility ? { facility } : {}),
      }); // biome-ignore format: two rows
      onDone();
    });
  };
  return (
    <Dialog title={w.regimes.begin} onClose={onClose} wide>
      <form class="stack" onSubmit={submit}>
        <p>{w.regimes.lead}</p>
        <Failure failure={task.failure} />
        <Pick
          label={w.regimes.kind}
          name="kind"
          value={kind}
          choices={KINDS.map((code) => ({ code, word: w.regimes.kinds[code] }))}
          onPick={setKind}
          faults={faults}
        />
        <Checks
          label={w.regimes.districts}
          name="districts"
          values={districts}
          choices={ownDistricts.value.map(({ adcode }) => ({ code: adcode, word: districtName(adcode) }))}
          onChange={setDistricts}
          {...(faults ? { faults } : {})}
        />
        <Text
          label={w.fields.hours}
          hint={w.regimes.hours_hint}
          name="hours"
          value={hours}
          onInput={setHours}
          faults={faults}
          required
        />
        <Preview text={hours} onTake={setHours} />
        <Pick
          label={w.regimes.facility}
          name="facility"
          value={facility}
          none={w.regimes.every}
          choices={terms("facility")}
          onPick={setFacility}
          faults={faults}
        />
        <TimesAndReason
          times={times}
          onTimes={setTimes}
          reason={reason}
          onReason={setReason}
          faults={faults}
        />
        <div class="bar end">
          <Button look="quiet" onClick={onClose}>
            {w.common.cancel}
          </Button>
          <Button type="submit" busy={task.busy} disabled={districts.length === 0}>
            {w.regimes.begin}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
