// Changing what is said of a layer, and at which hours its people are outdoors.

import { useState } from "preact/hooks";
import { Button } from "../../staff/parts/button";
import { Check, Text } from "../../staff/parts/field";
import { Failure } from "../../staff/parts/notes";
import { useTask } from "../../staff/parts/task";
import { terms } from "../../staff/shell";
import { changeDemand } from "../api";
import type { Layer } from "../types";
import { p, say } from "../words";
import { Profile, profileOf, type Shares, WHOLE_DAY } from "./profile";

const FIELDS = ["name", "source", "as_of", "licence"] as const;

/** The form. */
export function Edit({
  layer,
  onDone,
  onBack,
}: {
  layer: Layer;
  onDone: (text: string) => void;
  onBack: () => void;
}) {
  const [said, setSaid] = useState({
    name: layer.name,
    source: layer.source,
    as_of: layer.as_of,
    licence: layer.licence,
    note: layer.note,
  });
  const [isTimed, setTimed] = useState(false);
  const [shares, setShares] = useState<Shares>({ "": WHOLE_DAY });
  const task = useTask();
  const save = async (event: Event) => {
    event.preventDefault();
    const changes = Object.entries(said).filter(([name, text]) => text !== layer[name as keyof typeof said]);
    const body = { ...Object.fromEntries(changes), ...(isTimed ? { profile: profileOf(shares) } : {}) };
    const isDone = await task.run(() => changeDemand(layer, body));
    if (isDone) onDone(say(p.demand.changed, said.name));
  };
  const faults = task.failure?.faults;
  const put = (name: keyof typeof said) => (text: string) =>
    setSaid((before) => ({ ...before, [name]: text }));
  const trades = terms("trade").filter(({ code }) => layer.trades.includes(code));
  return (
    <form class="stack" onSubmit={save}>
      <Failure failure={task.failure} />
      <div class="two">
        {FIELDS.map((name) => (
          <Text
            key={name}
            label={p.demand[name]}
            name={name}
            value={said[name]}
            onInput={put(name)}
            max={200}
            required={name === "name"}
            faults={faults}
          />
        ))}
      </div>
      <Text
        label={p.demand.note}
        name="note"
        value={said.note}
        onInput={put("note")}
        lines={3}
        max={1000}
        faults={faults}
      />
      <Check label={p.profile.change} on={isTimed} onChange={setTimed} />
      {isTimed ? <Profile shares={shares} onChange={setShares} trades={trades} /> : null}
      <div class="bar end">
        <Button look="quiet" onClick={onBack}>
          {p.upload.back}
        </Button>
        <Button type="submit" busy={task.busy}>
          {p.demand.save}
        </Button>
      </div>
    </form>
  );
}
