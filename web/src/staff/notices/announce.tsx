// The form of a notice: closed or open, from when to when, why; for a station, one of its facilities, or an area.

import { useState } from "preact/hooks";
import { Button } from "../parts/button";
import { Pick } from "../parts/field";
import { Failure } from "../parts/notes";
import { useTask } from "../parts/task";
import { instantOf } from "../shell";
import type { Announcement } from "../types";
import { w } from "../words";
import { fieldsOf, SPANS, type Span } from "./spans";
import { TimesAndReason } from "./times";

interface Props {
  /** The facilities that may be meant in the station's stead. */
  readonly facilities: readonly { code: string; word: string }[];
  readonly onAnnounce: (body: Announcement) => Promise<unknown>;
  readonly onCancel?: () => void;
  /** Whether what the notice is for is known. */
  readonly isReady?: boolean;
}

/** The form. */
export function Announce({ facilities, onAnnounce, onCancel, isReady = true }: Props) {
  const [effect, setEffect] = useState<"closed" | "open">("closed");
  const [facility, setFacility] = useState("");
  const [span, setSpan] = useState<Span>("today");
  const [times, setTimes] = useState(() => fieldsOf("today"));
  const [reason, setReason] = useState("");
  const task = useTask();
  const faults = task.failure?.faults;
  const choose = (next: Span) => {
    setSpan(next);
    setTimes(fieldsOf(next));
  };
  const submit = (event: Event) => {
    event.preventDefault();
    const [from, to] = [instantOf(times.from), instantOf(times.to)];
    if (!from) return;
    const body = {
      effect,
      from,
      reason: reason.trim(),
      ...(to ? { to } : {}),
      ...(facility ? { facility } : {}),
    };
    void task.run(async () => {
      await onAnnounce(body);
      setReason("");
    });
  };
  return (
    <form class="stack" onSubmit={submit}>
      <Failure failure={task.failure} />
      <fieldset class="row-set">
        <legend>{w.notices.effect}</legend>
        {(["closed", "open"] as const).map((code) => (
          <label key={code} class="check">
            <input type="radio" name="effect" checked={effect === code} onChange={() => setEffect(code)} />
            <span>{w.notices.effects[code]}</span>
          </label>
        ))}
      </fieldset>
      {facilities.length > 0 ? (
        <Pick
          label={w.notices.what}
          name="facility"
          value={facility}
          none={w.notices.whole}
          choices={facilities}
          onPick={setFacility}
          faults={faults}
        />
      ) : null}
      <fieldset class="bar wrap" aria-label={w.notices.span}>
        {SPANS.map((code) => (
          <button
            key={code}
            type="button"
            class={span === code ? "chip on" : "chip"}
            aria-pressed={span === code}
            onClick={() => choose(code)}
          >
            {w.notices.spans[code]}
          </button>
        ))}
      </fieldset>
      <TimesAndReason
        times={times}
        onTimes={setTimes}
        reason={reason}
        onReason={setReason}
        faults={faults}
        hint={w.notices.reason_hint}
      />
      <div class="bar">
        <Button type="submit" busy={task.busy} disabled={!isReady}>
          {w.notices.announce}
        </Button>
        {onCancel ? (
          <Button look="quiet" onClick={onCancel}>
            {w.common.cancel}
          </Button>
        ) : null}
      </div>
    </form>
  );
}
