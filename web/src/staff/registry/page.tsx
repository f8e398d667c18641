// The registry: what waits, the filters, the table, and beside it the station that is open.

import { useEffect, useState } from "preact/hooks";
import { Editor } from "../editor/editor";
import { clock } from "../format";
import { Button } from "../parts/button";
import { Head } from "../parts/head";
import { Icon } from "../parts/icon";
import { Failure, Loading, Nothing } from "../parts/notes";
import { may } from "../session";
import { say, w } from "../words";
import { Bulk } from "./bulk";
import { Chips } from "./chips";
import { keepColumns, keptColumns } from "./columns";
import { countOf, NO_FILTERS } from "./filters";
import { useKeys } from "./keyboard";
import {
  answered_ms,
  back,
  failure,
  filter,
  filters,
  forth,
  isLoading,
  load,
  open,
  opened,
  register,
} from "./list";
import { Queues } from "./queues";
import { Table } from "./table";
import { Columns, Export, Find, Keys } from "./tools";

/** The screen of the registry. */
export function Registry() {
  const [shown, setShown] = useState(keptColumns);
  const [hasKeys, setKeys] = useState(false);
  const question = JSON.stringify(filters.value);
  useEffect(() => void load(), [question]);
  useKeys(() => setKeys(true));
  const change = (names: readonly string[]) => {
    setShown(names);
    keepColumns(names);
  };
  const all = register.value?.counts.all ?? register.value?.total;
  return (
    <>
      <Head title={w.nav.registry} note={all === undefined ? undefined : say(w.registry.count, all)}>
        <Find />
        {may("station_export") ? <Export /> : null}
        <Columns shown={shown} onChange={change} />
        <button type="button" class="btn plain" onClick={() => setKeys(true)}>
          <kbd>?</kbd>
          <span class="vh">{w.keys.title}</span>
        </button>
        {may("station_import") ? (
          <a class="btn quiet" href="/staff/imports">
            <Icon name="upload" />
            {w.registry.import}
          </a>
        ) : null}
        {may("station_draft") ? (
          <Button icon="plus" onClick={() => open("new")}>
            {w.registry.add}
          </Button>
        ) : null}
      </Head>
      <Queues />
      <div class="bar wrap">
        <Chips />
        <Bulk />
      </div>
      <div class={opened.value ? "split" : "split whole"}>
        <section class="panel tbl" aria-label={w.nav.registry} aria-busy={isLoading.value}>
          <Failed />
          <Rows shown={shown} />
        </section>
        {opened.value ? <Editor key={opened.value} id={opened.value} /> : null}
      </div>
      {hasKeys ? <Keys onClose={() => setKeys(false)} /> : null}
    </>
  );
}

/** A failure, with the age of what is still shown. */
function Failed() {
  if (!failure.value) return null;
  return (
    <>
      <Failure failure={failure.value} onRetry={() => void load()} />
      {register.value ? (
        <p class="note">
          <Icon name="clock" />
          {say(w.registry.stale, clock(answered_ms.value))}
        </p>
      ) : null}
    </>
  );
}

function Rows({ shown }: { shown: readonly string[] }) {
  const answer = register.value;
  if (!answer) return failure.value ? null : <Loading rows={12} />;
  if (answer.items.length === 0) {
    const isFiltered = countOf(filters.value) > 0;
    return (
      <Nothing title={isFiltered ? w.registry.none : w.registry.empty} icon={isFiltered ? "search" : "list"}>
        {isFiltered ? (
          <Button look="quiet" onClick={() => filter(NO_FILTERS)}>
            {w.registry.clear}
          </Button>
        ) : (
          <p>{w.registry.empty_text}</p>
        )}
      </Nothing>
    );
  }
  const { from } = filters.value;
  return (
    <>
      <div class="scroll">
        <Table shown={shown} />
      </div>
      <div class="pages">
        <span>
          {say(w.registry.rows, { from: from + 1, to: from + answer.items.length, all: answer.total })}
        </span>
        <Button look="quiet" disabled={!filters.value.cursor} onClick={back}>
          {w.registry.back}
        </Button>
        <Button look="quiet" disabled={!answer.next} onClick={forth}>
          {w.registry.forth}
        </Button>
      </div>
    </>
  );
}
