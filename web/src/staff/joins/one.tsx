// Seeing to one request: how far it has come, a remark, and erasing the person.

import { useState } from "preact/hooks";
import { Refusal } from "../http";
import { Button } from "../parts/button";
import { Ask, Dialog } from "../parts/dialog";
import { Pick, Text } from "../parts/field";
import { Failure } from "../parts/notes";
import { useTask } from "../parts/task";
import { say, w } from "../words";
import { CHOSEN, changeJoin, eraseJoin, type Join, readJoin, type State } from "./api";

/** The dialog of one request; `onChange` is given what it is afterwards. */
export function One(props: { join: Join; onChange: (join: Join) => void; onClose: () => void }) {
  const { join, onChange, onClose } = props;
  const [state, setState] = useState<State>(join.state);
  const [note, setNote] = useState(join.note ?? "");
  const [isErasing, setErasing] = useState(false);
  const task = useTask();
  const save = async (event: Event) => {
    event.preventDefault();
    const done = await task.run(async () => {
      try {
        onChange(await changeJoin(join, { state, note: note.trim() }));
      } catch (cause) {
        if (!(cause instanceof Refusal) || cause.status !== 412) throw cause;
        onChange(await readJoin(join.id));
        throw new Refusal(412, "stale", w.joins.stale);
      }
    });
    if (done) onClose();
  };
  if (isErasing) {
    const run = async () => {
      await eraseJoin(join.id);
      onChange(await readJoin(join.id));
      onClose();
    };
    const question = { title: w.joins.erase, text: <p>{w.joins.erase_sure}</p>, go: w.joins.erase, run };
    return <Ask question={{ ...question, reason: "no" }} onClose={() => setErasing(false)} />;
  }
  return (
    <Dialog title={`${join.name ?? w.joins.erased} · ${join.number}`} onClose={onClose}>
      <form class="stack" onSubmit={save}>
        <Failure failure={task.failure} />
        <p>
          <a href={`tel:${join.phone}`}>{join.phone}</a> {join.unit}
          <small> {say(w.joins.consent, join.consent_version)}</small>
        </p>
        <Pick
          label={w.joins.state}
          name="state"
          value={state}
          choices={CHOSEN.map((code) => ({ code, word: w.joins.states[code] }))}
          onPick={(code) => setState(code as State)}
        />
        <Text
          label={w.joins.note}
          name="note"
          value={note}
          lines={4}
          max={1000}
          onInput={setNote}
          faults={task.failure?.faults}
        />
        <div class="bar end">
          <Button look="bad" onClick={() => setErasing(true)}>
            {w.joins.erase}
          </Button>
          <Button look="quiet" onClick={onClose}>
            {w.common.cancel}
          </Button>
          <Button type="submit" busy={task.busy}>
            {w.common.save}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
