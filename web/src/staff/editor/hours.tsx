// When a station is open: the hours in the grammar, or as somebody wrote them, and what they come to.

import { useEffect, useState } from "preact/hooks";
import { type HoursRead, readHours } from "../api";
import { day } from "../format";
import { Button } from "../parts/button";
import { Text } from "../parts/field";
import { Icon } from "../parts/icon";
import { say, w } from "../words";
import type { TabProps } from "./place";

/** How long one pauses in writing before the hours are read. */
const PAUSE_MS = 300;

/** Often used hours, as buttons. */
const USUAL = ["24/7", "08:00-20:00", "Mo-Fr 08:30-17:30", "Mo-Fr 09:00-12:00,14:00-17:00; PH off"];

/** The tab of the hours. */
export function HoursTab({ facts, change, faults, isLocked }: TabProps) {
  const hours = facts.hours ?? "";
  return (
    <div class="pad stack">
      <Text
        label={w.fields.hours}
        hint={w.hours.hint}
        name="hours"
        value={hours}
        onInput={(text) => change({ hours: text || null })}
        readonly={isLocked}
        faults={faults}
        max={500}
      />
      {isLocked ? null : (
        <div class="bar wrap">
          {USUAL.map((usual) => (
            <Button key={usual} look="quiet small" onClick={() => change({ hours: usual })}>
              {usual}
            </Button>
          ))}
        </div>
      )}
      <Preview text={hours} onTake={isLocked ? undefined : (grammar) => change({ hours: grammar })} />
      <Text
        label={w.fields.hours_text}
        hint={w.hours.text_hint}
        name="hours_text"
        value={facts.hours_text ?? ""}
        onInput={(text) => change({ hours_text: text || null })}
        readonly={isLocked}
        faults={faults}
        lines={2}
        max={500}
      />
    </div>
  );
}

/** What the service makes of hours: in words, and day by day. */
export function Preview({
  text,
  onTake,
}: {
  text: string;
  onTake?: ((grammar: string) => void) | undefined;
}) {
  const [read, setRead] = useState<HoursRead>();
  useEffect(() => {
    setRead(undefined);
    if (!text.trim()) return;
    const asking = new AbortController();
    const timer = setTimeout(() => {
      readHours(text, asking.signal)
        .then(setRead)
        .catch(() => setRead(undefined));
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      asking.abort();
    };
  }, [text]);
  if (!read) return null;
  if (!read.hours) {
    return (
      <p class="note bad" role="status">
        <Icon name="warn" />
        {read.fault ?? w.hours.unread}
      </p>
    );
  }
  const { hours } = read;
  return (
    <div class="week" role="status">
      <p>
        <Icon name="clock" />
        <b>{read.words}</b>
      </p>
      {hours !== text.trim() && onTake ? (
        <Button look="quiet" icon="check" onClick={() => onTake(hours)}>
          {say(w.hours.take, hours)}
        </Button>
      ) : null}
      <table>
        <caption class="vh">{w.hours.week}</caption>
        <tbody>
          {(read.week ?? []).map(({ date, spans, unknown }) => (
            <tr key={date}>
              <th scope="row">{day(`${date}T12:00:00Z`)}</th>
              <td>
                {unknown
                  ? w.states.unknown
                  : spans.map((span) => span.join("–")).join(w.common.comma) || w.hours.shut}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
