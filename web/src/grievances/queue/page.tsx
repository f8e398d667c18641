// The queue: what waits for me first, every other list by its filters in the address.

import { useEffect, useLayoutEffect, useState } from "preact/hooks";
import { Chips } from "../../staff/list/chips";
import { MoreButton } from "../../staff/list/frame";
import { useList } from "../../staff/list/use-list";
import { Done, Failure, Loading, Nothing } from "../../staff/parts/notes";
import { go, here } from "../../staff/route";
import { BASE } from "../api";
import { Head } from "../parts/head";
import { isCommand } from "../parts/keys";
import { learn } from "../parts/known";
import { CaseTable } from "../parts/rows";
import { may } from "../session";
import type { Row } from "../types";
import { handedOn, waiting } from "../waiting";
import { g, say } from "../words";
import { type Asked, addressOf, askedOf, isNarrowed, parametersOf, VIEWS } from "./filters";
import { Filters } from "./narrow";

/** The screen. */
export function Queue() {
  const asked = askedOf(here.value);
  const list = useList<Row>(BASE, { limit: 50, ...parametersOf(asked) });
  const mine = asked.view === "mine" && !isNarrowed(asked) ? list.items?.length : undefined;
  useEffect(() => {
    void learn();
    return () => {
      handedOn.value = "";
    };
  }, []);
  useEffect(() => {
    if (mine !== undefined) waiting.value = mine;
  }, [mine]);
  useKeys();
  return (
    <>
      <Head
        title={asked.view === "mine" ? g.queue.title : g.queue.all_title}
        note={waiting.value === undefined ? undefined : say(g.queue.note, waiting.value)}
      >
        <Find asked={asked} />
        {may("grievance_intake") ? (
          <a class="btn" href="/grievances/new">
            {g.queue.new}
          </a>
        ) : null}
      </Head>
      <Chips
        label={g.queue.views}
        chips={VIEWS.map((view) => ({
          key: view,
          word: g.queue[view],
          href: addressOf({ view }),
          on: asked.view === view,
        }))}
      />
      <Filters asked={asked} onChange={(next) => go(addressOf(next), true)} />
      {handedOn.value ? <Done>{say(g.queue.handed_on, { number: handedOn.value })}</Done> : null}
      <Failure failure={list.failure} onRetry={list.renew} />
      <section class="panel tbl" aria-busy={list.busy}>
        {!list.items && !list.failure ? <Loading rows={8} /> : null}
        {list.items?.length === 0 ? <Empty asked={asked} /> : null}
        {list.items && list.items.length > 0 ? <CaseTable rows={list.items} /> : null}
        <div class="pages">
          <span>{g.queue.keys_text}</span>
        </div>
        <MoreButton list={list} />
      </section>
    </>
  );
}

/** Hears n, which takes a case down, and /, which finds one; also while the list loads or holds nothing. */
function useKeys(): void {
  useLayoutEffect(() => {
    const press = (event: KeyboardEvent) => {
      const does = new Map([["/", () => document.getElementById("find")?.focus()]]);
      if (may("grievance_intake")) does.set("n", () => go("/grievances/new"));
      const deed = does.get(event.key);
      if (!deed || !isCommand(event)) return;
      event.preventDefault();
      deed();
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, []);
}

function Empty({ asked }: { asked: Asked }) {
  if (asked.view === "mine" && !isNarrowed(asked)) {
    return (
      <Nothing title={g.queue.none} icon="check">
        <p>{g.queue.none_text}</p>
        <a class="btn quiet" href={addressOf({ view: "everything" })}>
          {g.queue.everything}
        </a>
      </Nothing>
    );
  }
  return (
    <Nothing title={g.queue.nothing} icon="search">
      <p>{g.queue.nothing_text}</p>
      {isNarrowed(asked) ? (
        <a class="btn quiet" href={addressOf({ view: asked.view })}>
          {g.queue.clear}
        </a>
      ) : null}
    </Nothing>
  );
}

/** Finds a case by its number, in every list. */
function Find({ asked }: { asked: Asked }) {
  const [text, setText] = useState(asked.number);
  useEffect(() => setText(asked.number), [asked.number]);
  const find = (event: Event) => {
    event.preventDefault();
    go(addressOf(text.trim() ? { view: "everything", number: text.trim() } : { view: asked.view }));
  };
  return (
    <form class="find" onSubmit={find}>
      <label class="vh" for="find">
        {g.queue.find}
      </label>
      <input
        id="find"
        type="search"
        value={text}
        placeholder={g.queue.find_hint}
        onInput={(event) => setText(event.currentTarget.value)}
      />
      <kbd>/</kbd>
    </form>
  );
}
