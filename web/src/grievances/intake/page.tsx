// Taking a case down for somebody else, fast and by keyboard; at its end a signed receipt for the printer.

import { useEffect, useRef, useState } from "preact/hooks";
import { newKey } from "../../staff/http";
import { Button } from "../../staff/parts/button";
import { Check, Pick, Text } from "../../staff/parts/field";
import { Failure } from "../../staff/parts/notes";
import { useTask } from "../../staff/parts/task";
import { fileCase } from "../api";
import { Radios } from "../case/radios";
import { Attach } from "../parts/attach";
import { Head } from "../parts/head";
import { categories, categoryChoices, learn } from "../parts/known";
import { choicesOf } from "../queue/narrow";
import { CHANNELS, IDENTITIES, KINDS, type Receipt } from "../types";
import { g, say } from "../words";
import { bodyOf, type Draft, empty, MOST_TEXT } from "./draft";
import { Slip } from "./slip";

/** Channels that staff do not enter: the other system has its own door. */
const ENTERED = CHANNELS.filter((channel) => channel !== "open311");

/** The screen. */
export function Intake() {
  const [draft, setDraft] = useState<Draft>(empty());
  const [receipt, setReceipt] = useState<Receipt>();
  useEffect(() => void learn(), []);
  if (receipt) {
    const next = () => {
      setDraft(empty(draft.channel));
      setReceipt(undefined);
    };
    return <Slip receipt={receipt} onNext={next} />;
  }
  return <Form draft={draft} onChange={setDraft} onDone={setReceipt} />;
}

interface Props {
  readonly draft: Draft;
  readonly onChange: (draft: Draft) => void;
  readonly onDone: (receipt: Receipt) => void;
}

function Form({ draft, onChange, onDone }: Props) {
  const task = useTask();
  const form = useRef<HTMLFormElement>(null);
  // The same words under the same key: sent twice over a bad line they are one case.
  const sent = useRef({ body: "", key: "" });
  const put = (change: Partial<Draft>) => onChange({ ...draft, ...change });
  const send = (event: Event) => {
    event.preventDefault();
    const body = bodyOf(draft);
    const written = JSON.stringify(body);
    if (sent.current.body !== written) sent.current = { body: written, key: newKey() };
    void task.run(async () => onDone(await fileCase(body, sent.current.key)));
  };
  const keys = (event: KeyboardEvent) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.current?.requestSubmit();
  };
  return (
    <>
      <Head title={g.intake.title} note={g.intake.note} />
      <form class="intake" ref={form} onSubmit={send} onKeyDown={keys}>
        <div class="panel pad stack">
          <Failure failure={task.failure} />
          <What draft={draft} put={put} faults={task.failure?.faults} />
        </div>
        <div class="panel pad stack">
          <Whose draft={draft} put={put} faults={task.failure?.faults} />
          <div class="bar end">
            <span class="cap">{g.intake.go_hint}</span>
            <Button type="submit" busy={task.busy}>
              {g.intake.go}
            </Button>
          </div>
        </div>
      </form>
    </>
  );
}

interface Part {
  readonly draft: Draft;
  readonly put: (change: Partial<Draft>) => void;
  readonly faults: readonly { field: string; code: string; detail: string }[] | undefined;
}

const coded = (codes: readonly string[], words: Readonly<Record<string, string>>) =>
  codes.map((code) => ({ code, word: words[code] ?? code }));

function What({ draft, put, faults }: Part) {
  return (
    <>
      <Radios
        label={g.intake.channel}
        name="channel"
        value={draft.channel}
        choices={coded(ENTERED, g.channels)}
        onPick={(code) => put({ channel: code as Draft["channel"] })}
        faults={faults}
        focus
      />
      <Text
        label={g.intake.text}
        name="text"
        value={draft.text}
        onInput={(text) => put({ text })}
        lines={9}
        max={MOST_TEXT}
        required
        hint={`${g.intake.text_hint} ${say(g.intake.of_text, [...draft.text].length)}`}
        faults={faults}
      />
      <div class="two">
        <Pick
          label={g.intake.category}
          name="category"
          value={draft.category}
          none="–"
          choices={categoryChoices()}
          onPick={(category) => put({ category })}
          hint={categories.value?.find(({ code }) => code === draft.category)?.hint ?? undefined}
          faults={faults}
        />
        <Radios
          label={g.intake.kind}
          name="kind"
          value={draft.kind}
          choices={coded(KINDS, g.kinds)}
          onPick={(code) => put({ kind: code as Draft["kind"] })}
          faults={faults}
        />
      </div>
      <Attach files={draft.files} onChange={(files) => put({ files })} />
    </>
  );
}

function Whose({ draft, put, faults }: Part) {
  const allowed = categories.value?.find(({ code }) => code === draft.category)?.identity;
  const identities = IDENTITIES.filter((identity) => !allowed || allowed.includes(identity));
  return (
    <>
      <Radios
        label={g.intake.identity}
        name="identity"
        value={draft.identity}
        choices={identities.map((code) => ({ code, word: g.identities[code], hint: g.identity_hints[code] }))}
        onPick={(code) => put({ identity: code as Draft["identity"] })}
        faults={faults}
      />
      {draft.identity === "anonymous" ? null : (
        <div class="two">
          <Text
            label={g.intake.name}
            name="name"
            value={draft.name}
            onInput={(name) => put({ name })}
            max={60}
            faults={faults}
          />
          <Text
            label={g.intake.phone}
            name="contact"
            value={draft.phone}
            onInput={(phone) => put({ phone })}
            inputmode="tel"
            max={30}
            hint={g.intake.contact_hint}
            faults={faults}
          />
          <Text
            label={g.intake.mail}
            name="contact.mail"
            value={draft.mail}
            onInput={(mail) => put({ mail })}
            max={254}
            faults={faults}
          />
        </div>
      )}
      <div class="two">
        <Text
          label={g.intake.unit}
          name="unit"
          value={draft.unit}
          onInput={(unit) => put({ unit })}
          max={80}
          faults={faults}
        />
        <Pick
          label={g.intake.district}
          name="district"
          value={draft.district}
          none="–"
          choices={choicesOf("district")}
          onPick={(district) => put({ district })}
          faults={faults}
        />
      </div>
      <details>
        <summary>{g.intake.more}</summary>
        <div class="two">
          <Text
            label={g.intake.station}
            name="station_id"
            value={draft.station}
            onInput={(station) => put({ station })}
            max={40}
            faults={faults}
          />
          <Text
            label={g.intake.report}
            name="report_number"
            value={draft.report}
            onInput={(report) => put({ report })}
            max={20}
            faults={faults}
          />
        </div>
      </details>
      <Check label={g.intake.publish} on={draft.publish} onChange={(publish) => put({ publish })} />
    </>
  );
}
