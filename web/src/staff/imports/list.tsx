// The list of imports: a file to send, those under way and those that are done, and rows that wait for a pin.

import { useEffect, useState } from "preact/hooks";
import { moment } from "../format";
import { Button } from "../parts/button";
import { Head } from "../parts/head";
import { Icon } from "../parts/icon";
import { Failure, Loading, Nothing } from "../parts/notes";
import { useTask } from "../parts/task";
import { say, w } from "../words";
import { listImports } from "./api";
import { Drop } from "./drop";
import { ParkedQueue } from "./parked";
import type { ImportState, ShortImport } from "./types";

const ICONS: Readonly<Record<ImportState, string>> = {
  planned: "draw",
  committing: "clock",
  committed: "check",
  undone: "undo",
  discarded: "close",
};
const LOOKS: Readonly<Record<ImportState, string>> = {
  planned: "submitted",
  committing: "submitted",
  committed: "open",
  undone: "plain",
  discarded: "plain",
};

/** The state of an import: shape, word and colour. */
export function StateOf({ state }: { state: ImportState }) {
  return (
    <span class={`stage ${LOOKS[state]}`}>
      <Icon name={ICONS[state]} />
      {w.imports.states[state]}
    </span>
  );
}

/** The screen of the list. */
export function ImportList() {
  const [items, setItems] = useState<readonly ShortImport[]>();
  const [next, setNext] = useState<string | null>();
  const task = useTask();
  const read = (cursor?: string | null) =>
    void task.run(async () => {
      const page = await listImports(cursor);
      setItems((before) => (cursor ? [...(before ?? []), ...page.items] : page.items));
      setNext(page.next);
    });
  useEffect(read, []);
  return (
    <>
      <Head title={w.imports.title} note={w.imports.note} />
      <Drop />
      <div class="split imports">
        <section class="panel tbl" aria-label={w.imports.list} aria-busy={task.busy}>
          <Failure failure={task.failure} onRetry={() => read()} />
          {items ? <Table items={items} /> : task.failure ? null : <Loading rows={5} />}
          {next ? (
            <div class="pages">
              <Button look="quiet" busy={task.busy} onClick={() => read(next)}>
                {w.common.more}
              </Button>
            </div>
          ) : null}
        </section>
        <ParkedQueue />
      </div>
    </>
  );
}

function Table({ items }: { items: readonly ShortImport[] }) {
  if (items.length === 0) {
    return (
      <Nothing title={w.imports.empty} icon="upload">
        <p>{w.imports.empty_text}</p>
      </Nothing>
    );
  }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keys
    <div class="scroll" tabIndex={0}>
      <table class="roomy">
        <thead>
          <tr>
            <th scope="col">{w.imports.file}</th>
            <th scope="col">{w.imports.state}</th>
            <th scope="col">{w.imports.found}</th>
            <th scope="col">{w.imports.by}</th>
            <th scope="col">{w.imports.when}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr key={item.id}>
              <td class="c-name">
                <a href={`/staff/imports/${item.id}`}>{item.file_name}</a>
              </td>
              <td>
                <StateOf state={item.state} />
              </td>
              <td>
                <Found item={item} />
              </td>
              <td>{item.by?.name ?? "–"}</td>
              <td>{moment(item.outcome?.committed ?? item.created)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** What was found in a file, or what became of it. */
function Found({ item }: { item: ShortImport }) {
  if (item.state === "committed" && item.outcome) {
    const { created, updated, unchanged } = item.outcome;
    return <span>{say(w.imports.became, { created, updated, unchanged })}</span>;
  }
  return <span>{say(w.imports.rows, item.rows)}</span>;
}
