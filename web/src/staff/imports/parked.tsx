// Rows that had an address and no position: they wait until somebody pins them, and become drafts then.

import { useEffect, useState } from "preact/hooks";
import { Button } from "../parts/button";
import { Ask, type Question } from "../parts/dialog";
import { Icon } from "../parts/icon";
import { Done, Failure, Loading, Nothing } from "../parts/notes";
import { useTask } from "../parts/task";
import { districtName } from "../shell";
import { say, w } from "../words";
import { dropParked, listParked, pinParked } from "./api";
import { PinDialog } from "./pin";
import type { Parked } from "./types";

/** The queue beside the list. */
export function ParkedQueue() {
  const [items, setItems] = useState<readonly Parked[]>();
  const [next, setNext] = useState<string | null>();
  const [pinning, setPinning] = useState<Parked>();
  const [question, setQuestion] = useState<Question>();
  const [done, setDone] = useState<{ id: string; name: string }>();
  const task = useTask();
  const read = (cursor?: string | null) =>
    void task.run(async () => {
      const page = await listParked(cursor);
      setItems((before) => (cursor ? [...(before ?? []), ...page.items] : page.items));
      setNext(page.next);
    });
  useEffect(read, []);
  const drop = (row: Parked) =>
    setQuestion({
      title: say(w.imports.parked.drop_title, row.name),
      text: <p>{w.imports.parked.drop_text}</p>,
      go: w.imports.parked.drop,
      reason: "no",
      run: async () => {
        await dropParked(row);
        read();
      },
    });
  return (
    <section class="panel parked" aria-labelledby="parked">
      <h2 id="parked">
        {w.imports.parked.title}
        {items ? <small>{say(w.imports.parked.count, `${items.length}${next ? "+" : ""}`)}</small> : null}
      </h2>
      <Failure failure={task.failure} onRetry={() => read()} />
      {done ? (
        <Done>
          {say(w.imports.parked.done, done.name)}{" "}
          <a href={`/staff?station=${done.id}`}>{w.imports.parked.see}</a>
        </Done>
      ) : null}
      {items?.length === 0 ? (
        <Nothing title={w.imports.parked.empty} icon="pin">
          <p>{w.imports.parked.empty_text}</p>
        </Nothing>
      ) : null}
      {!items && !task.failure ? <Loading rows={3} /> : null}
      <ul>
        {items?.map((row) => (
          <li key={row.id}>
            <div>
              <b>{row.name}</b>
              <p class="cap">
                {[row.district ? districtName(row.district) : "", row.address ?? ""]
                  .filter(Boolean)
                  .join(" · ")}
              </p>
            </div>
            <Button
              look="quiet small"
              icon="pin"
              label={say(w.imports.parked.pin_name, row.name)}
              onClick={() => setPinning(row)}
            >
              {w.imports.parked.pin}
            </Button>
            <button
              type="button"
              class="bare"
              aria-label={say(w.imports.parked.drop_name, row.name)}
              onClick={() => drop(row)}
            >
              <Icon name="close" />
            </button>
          </li>
        ))}
      </ul>
      {next ? (
        <Button look="plain" busy={task.busy} onClick={() => read(next)}>
          {w.common.more}
        </Button>
      ) : null}
      {pinning ? (
        <PinDialog
          title={say(w.imports.pin.title, pinning.name)}
          address={pinning.address}
          district={pinning.district}
          before={undefined}
          go={w.imports.pin.register}
          onPin={async (place) => {
            const { id, name } = await pinParked(pinning, place);
            setDone({ id, name });
            read();
          }}
          onClose={() => setPinning(undefined)}
        />
      ) : null}
      {question ? <Ask question={question} onClose={() => setQuestion(undefined)} /> : null}
    </section>
  );
}
