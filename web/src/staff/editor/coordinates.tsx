// A position in three coordinate systems at once: whichever is written, the others follow.

import { useEffect, useId, useState } from "preact/hooks";
import type { Datum } from "../../datum";
import { Icon } from "../parts/icon";
import { w } from "../words";
import { DATUMS, type Place, readPlace, written } from "./position";

interface Props {
  readonly place: Place | undefined;
  readonly onChange: (place: Place) => void;
  readonly isLocked: boolean;
  /** One system alone. */
  readonly only?: Datum;
}

/** The fields of a position. */
export function Coordinates({ place, onChange, isLocked, only }: Props) {
  return (
    <div class="coordinates">
      {(only ? [only] : DATUMS).map((datum) => (
        <One key={datum} datum={datum} place={place} onChange={onChange} isLocked={isLocked} />
      ))}
    </div>
  );
}

function One({ datum, place, onChange, isLocked }: Props & { datum: Datum }) {
  const [text, setText] = useState("");
  const [fault, setFault] = useState("");
  const [note, setNote] = useState("");
  const shown = place ? written(place, datum) : "";
  useEffect(() => {
    setText(shown);
    setFault("");
  }, [shown]);
  const put = () => {
    if (text.trim() === shown) return;
    const read = readPlace(text, datum);
    setFault(read.ok ? "" : w.place.unread);
    setNote(read.ok && read.isSwapped ? w.place.swapped : "");
    if (read.ok) onChange(read.place);
  };
  const id = useId();
  return (
    <div class={fault ? "field line bad" : "field line"}>
      <label for={id}>{w.datums[datum]}</label>
      <input
        id={id}
        name={datum === "wgs84" ? "lat" : datum}
        class="input"
        value={text}
        readOnly={isLocked}
        placeholder={w.place.order}
        aria-invalid={fault ? "true" : undefined}
        aria-describedby={fault || note ? `${id}-note` : undefined}
        onInput={(event) => setText(event.currentTarget.value)}
        onChange={put}
        onKeyDown={(event) => {
          if (event.key === "Enter") put();
        }}
      />
      {fault || note ? (
        <p class={fault ? "fault" : "hint"} id={`${id}-note`}>
          {fault ? <Icon name="warn" /> : null}
          {fault || note}
        </p>
      ) : null}
    </div>
  );
}
