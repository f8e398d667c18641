// What an inspector fills in at one station. Every tap is kept at once, so that nothing is lost when the page goes.

import { useEffect, useRef, useState } from "preact/hooks";
import { Button } from "../parts/button";
import { Check, Text } from "../parts/field";
import { Icon } from "../parts/icon";
import { MapPicture } from "../parts/map-picture";
import { Loading } from "../parts/notes";
import type { SheetStation } from "../rounds/api";
import { go } from "../route";
import { session } from "../session";
import { wall } from "../shell";
import { say, w } from "../words";
import { Findings } from "./findings";
import { type Answer, dueDays, EMPTY, type Form, missing } from "./form";
import { entries, keep, renewEntries, sendAll } from "./send";
import { allEntries, type Entry, type Taken } from "./store";
import { TAKEN_SIZE } from "./take";
import { Status } from "./walk";

/** The local day of this phone's present. */
const today = () => wall(Date.now()).toISOString().slice(0, 10);

/** The newest inspection of a station that can still be filled in, or a new one. */
async function begun({ id, account, sheet }: Taken, station: string): Promise<Entry> {
  const own = (await allEntries()).filter(
    (e) => e.round === id && e.station === station && e.state !== "sent",
  );
  const [newest] = own.sort((a, b) => b.changed_ms - a.changed_ms);
  if (newest) return newest;
  return {
    key: crypto.randomUUID(),
    account,
    round: id,
    station,
    questions: sheet.questions_version,
    state: "draft",
    changed_ms: Date.now(),
    form: EMPTY,
  };
}

/** The screen of one station. */
export function Station({ taken, station }: { taken: Taken; station: SheetStation }) {
  const [entry, setEntry] = useState<Entry>();
  const [lack, setLack] = useState<"door" | "finding">();
  const top = useRef<HTMLDivElement>(null);
  useEffect(() => {
    void begun(taken, station.id).then(setEntry);
  }, [station.id]);
  if (!entry) return <Loading rows={6} />;
  // It may come back refused while it is being looked at.
  const kept = entries.value.find((e) => e.key === entry.key) ?? entry;
  const back = `/staff/walk/${taken.id}`;
  const put = (next: Entry) => {
    setEntry(next);
    void keep(next);
  };
  const change = (patch: Partial<Form>) => {
    setLack(undefined);
    // What is changed after it was refused, or while it waits, is a draft again until it is handed in.
    const { refusal: _, ...rest } = entry;
    const form = { ...entry.form, ...patch };
    put({ ...rest, state: "draft", changed_ms: Date.now(), form });
  };
  const handIn = () => {
    const what = missing(entry.form);
    setLack(what);
    if (what) return top.current?.scrollIntoView();
    void keep({ ...entry, state: "waiting", changed_ms: Date.now() }).then(async () => {
      const account = session.value?.account.id;
      if (account) void sendAll(account);
      else await renewEntries();
      go(back);
    });
  };
  return (
    <>
      <header>
        <a class="bare" href={back} aria-label={taken.sheet.round.name}>
          <Icon name="back" />
        </a>
        <h1>{station.name}</h1>
      </header>
      <Status round={taken.id} />
      <div class="form" ref={top}>
        <Facts station={station} />
        <MapPicture key={station.id} station={station} size={TAKEN_SIZE} />
        {kept.state === "refused" ? (
          <p class="note bad" role="alert">
            <Icon name="warn" />
            {kept.refusal}
          </p>
        ) : null}
        {lack ? (
          <p class="note bad" role="alert">
            <Icon name="warn" />
            {w.rounds.lacks[lack]}
          </p>
        ) : null}
        <Door form={entry.form} onChange={change} />
        <Questions taken={taken} form={entry.form} onChange={change} />
        <Earlier station={station} form={entry.form} onChange={change} />
        <Findings
          station={station}
          findings={entry.form.findings}
          days={dueDays(taken.sheet.working_days, today())}
          onChange={(findings) => change({ findings })}
        />
        <Check
          label={w.rounds.confirms}
          on={entry.form.confirms}
          onChange={(confirms) => change({ confirms })}
        />
        <Text
          label={w.rounds.note}
          name="note"
          value={entry.form.note}
          onInput={(note) => change({ note })}
          lines={3}
          max={1000}
        />
      </div>
      <footer>
        <Button look="wide" onClick={handIn}>
          {w.rounds.hand_in}
        </Button>
      </footer>
    </>
  );
}

function Facts({ station }: { station: SheetStation }) {
  const broken = station.facilities.filter((f) => f.working === "broken").map((f) => f.word);
  return (
    <dl class="facts">
      <dt>{w.rounds.address}</dt>
      <dd>{station.address ?? "–"}</dd>
      <dt>{w.rounds.hours}</dt>
      <dd>{station.hours ?? w.rounds.hours_unknown}</dd>
      <dt>{w.rounds.way_in}</dt>
      <dd>{station.access.join(w.common.comma) || "–"}</dd>
      <dt>{w.rounds.facilities}</dt>
      <dd>{station.facilities.map((f) => f.word).join(w.common.comma) || "–"}</dd>
      {broken.length > 0 ? (
        <>
          <dt>{w.rounds.broken}</dt>
          <dd class="bad">{broken.join(w.common.comma)}</dd>
        </>
      ) : null}
    </dl>
  );
}

interface Part {
  readonly form: Form;
  readonly onChange: (patch: Partial<Form>) => void;
}

/** Two large halves, because it is asked at every station. */
function Door({ form, onChange }: Part) {
  const choose = (is_open: boolean) => onChange({ is_open, at_ms: Date.now() });
  return (
    <fieldset class="halves">
      <legend>{w.rounds.door}</legend>
      {([true, false] as const).map((is_open) => (
        <label key={String(is_open)} class={form.is_open === is_open ? "half on" : "half"}>
          <input
            type="radio"
            name="door"
            checked={form.is_open === is_open}
            onChange={() => choose(is_open)}
          />
          {is_open ? w.rounds.door_open : w.rounds.door_shut}
        </label>
      ))}
    </fieldset>
  );
}

const ANSWERS: readonly Answer[] = ["yes", "no", "not_seen"];

function Questions({ taken, form, onChange }: Part & { taken: Taken }) {
  return (
    <section class="questions">
      {taken.sheet.questions.map(({ code, text }) => (
        <fieldset key={code}>
          <legend>{text}</legend>
          {ANSWERS.map((answer) => (
            <label key={answer} class={form.answers[code] === answer ? "pick on" : "pick"}>
              <input
                type="radio"
                name={`question-${code}`}
                checked={form.answers[code] === answer}
                onChange={() => onChange({ answers: { ...form.answers, [code]: answer } })}
              />
              {w.rounds.answers[answer]}
            </label>
          ))}
        </fieldset>
      ))}
    </section>
  );
}

/** Findings of earlier inspections, to be looked at again. */
function Earlier({ station, form, onChange }: Part & { station: SheetStation }) {
  if (station.findings.length === 0) return null;
  return (
    <section class="questions">
      <h2>{w.rounds.earlier}</h2>
      {station.findings.map((finding) => (
        <fieldset key={finding.id}>
          <legend>
            {finding.text}
            <small>{say(w.rounds.due_on, finding.due)}</small>
          </legend>
          {([true, false] as const).map((fixed) => (
            <label key={String(fixed)} class={form.checks[finding.id] === fixed ? "pick on" : "pick"}>
              <input
                type="radio"
                name={`check-${finding.id}`}
                checked={form.checks[finding.id] === fixed}
                onChange={() => onChange({ checks: { ...form.checks, [finding.id]: fixed } })}
              />
              {fixed ? w.rounds.is_fixed : w.rounds.not_fixed}
            </label>
          ))}
        </fieldset>
      ))}
    </section>
  );
}
