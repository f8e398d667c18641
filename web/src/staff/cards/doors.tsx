// The stations with their cards and their keepers' links, filtered as the address says.

import { useEffect, useRef, useState } from "preact/hooks";
import { age } from "../format";
import { Button } from "../parts/button";
import { Ask } from "../parts/dialog";
import { Check, Pick } from "../parts/field";
import { Icon } from "../parts/icon";
import { Failure, Loading, Nothing } from "../parts/notes";
import { useTask } from "../parts/task";
import { go, here } from "../route";
import { may, ownDistricts } from "../session";
import { districtName, now_ms } from "../shell";
import { say, w } from "../words";
import { cardOf, cardsOf, type Door, type DoorFilter, listDoors, makeLink, revokeLink } from "./api";
import { Made } from "./made";

/** The most cards that are printed at once, as the service has it. */
const MOST_CARDS = 500;
const DUE_DAYS = 90;
const DAY_MS = 86_400_000;
const PAUSE_MS = 250;

/** What the address asks for. */
function filterOf(url: URL): DoorFilter & { readonly due: boolean } {
  const due = url.searchParams.get("due") === "1";
  const before = new Date(Math.floor((now_ms() - DUE_DAYS * DAY_MS) / DAY_MS) * DAY_MS).toISOString();
  return {
    q: url.searchParams.get("q") ?? "",
    district: url.searchParams.get("district") ?? "",
    status: "open,suspended",
    due,
    ...(due ? { confirmed_before: before } : {}),
  };
}

function change(name: string, value: string, replaces = false): void {
  const url = new URL(here.value);
  if (value) url.searchParams.set(name, value);
  else url.searchParams.delete(name);
  if (url.href !== here.value.href) go(url, replaces);
}

/** The list of doors. */
export function Doors() {
  const { due, ...filter } = filterOf(here.value);
  const key = JSON.stringify(filter);
  const [items, setItems] = useState<readonly Door[]>();
  const [total, setTotal] = useState(0);
  const [next, setNext] = useState<string | null>(null);
  const [asked, setAsked] = useState<{ door: Door; deed: "renew" | "revoke" }>();
  const [made, setMade] = useState<{ door: Door; link: string; qr_svg: string }>();
  const [task, deed] = [useTask(), useTask()];
  const load = (cursor?: string | null) =>
    void task.run(async () => {
      const page = await listDoors(filter, cursor);
      setItems([...(cursor ? (items ?? []) : []), ...page.items]);
      setTotal(page.total);
      setNext(page.next ?? null);
    });
  useEffect(() => {
    load();
  }, [key]);
  const renew = (door: Door, keeper_link: Door["keeper_link"]) =>
    setItems((rows) => rows?.map((row) => (row.id === door.id ? { ...row, keeper_link } : row)));
  const make = async (door: Door) => {
    setMade({ door, ...(await makeLink(door.id)) });
    renew(door, { created: new Date(now_ms()).toISOString(), used: null });
  };
  return (
    <>
      <Filters filter={filter} due={due} total={total} />
      <Failure failure={task.failure ?? deed.failure} onRetry={() => load()} />
      <section class="panel tbl">
        {!items ? <Loading rows={8} /> : null}
        {items?.length === 0 ? (
          <Nothing title={w.cards.none} icon="scan">
            <p>{w.cards.none_text}</p>
          </Nothing>
        ) : null}
        {items && items.length > 0 ? (
          <Table
            items={items}
            onMake={(door) =>
              door.keeper_link ? setAsked({ door, deed: "renew" }) : void deed.run(() => make(door))
            }
            onRevoke={(door) => setAsked({ door, deed: "revoke" })}
          />
        ) : null}
        {next ? (
          <div class="pages">
            <Button look="quiet" busy={task.busy} onClick={() => load(next)}>
              {w.common.more}
            </Button>
          </div>
        ) : null}
      </section>
      {asked ? (
        <Ask
          question={{
            title: asked.deed === "renew" ? w.cards.renew_title : w.cards.revoke_title,
            text: (
              <p>
                <b>{asked.door.name}</b>
                <br />
                {asked.deed === "renew" ? w.cards.renew_text : w.cards.revoke_text}
              </p>
            ),
            go: asked.deed === "renew" ? w.cards.renew : w.cards.revoke,
            reason: "no",
            run: async () => {
              if (asked.deed === "renew") return make(asked.door);
              await revokeLink(asked.door.id);
              renew(asked.door, null);
            },
          }}
          onClose={() => setAsked(undefined)}
        />
      ) : null}
      {made ? <Made made={made} onClose={() => setMade(undefined)} /> : null}
    </>
  );
}

function Filters({ filter, due, total }: { filter: DoorFilter; due: boolean; total: number }) {
  return (
    <div class="bar door-tools">
      <Find q={filter.q ?? ""} />
      <Pick
        label={w.cards.district}
        name="district"
        value={filter.district ?? ""}
        none={w.cards.every_district}
        choices={ownDistricts.value.map(({ adcode }) => ({ code: adcode, word: districtName(adcode) }))}
        onPick={(code) => change("district", code)}
      />
      <Check label={w.cards.due} on={due} onChange={(on) => change("due", on ? "1" : "")} />
      {total > MOST_CARDS ? <p class="cap">{w.cards.print_too_many}</p> : null}
      {total > 0 && total <= MOST_CARDS ? (
        <a class="btn" href={cardsOf(filter)} target="_blank" rel="noopener">
          <Icon name="print" />
          <span>{say(w.cards.print, total)}</span>
        </a>
      ) : null}
    </div>
  );
}

/** The field of the search. It asks when one pauses in writing. */
function Find({ q }: { q: string }) {
  const [text, setText] = useState(q);
  const written = useRef(q);
  useEffect(() => {
    if (q !== written.current) setText(q);
    written.current = q;
  }, [q]);
  useEffect(() => {
    const timer = setTimeout(() => {
      written.current = text.trim();
      change("q", text.trim(), true);
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <label class="find">
      <Icon name="search" />
      <span class="vh">{w.cards.find}</span>
      <input
        type="search"
        value={text}
        placeholder={w.cards.find}
        maxLength={100}
        onInput={(event) => setText(event.currentTarget.value)}
      />
    </label>
  );
}

interface TableProps {
  readonly items: readonly Door[];
  readonly onMake: (door: Door) => void;
  readonly onRevoke: (door: Door) => void;
}

function Table({ items, onMake, onRevoke }: TableProps) {
  return (
    <div class="scroll">
      <table class="roomy">
        <thead>
          <tr>
            <th scope="col">{w.cards.station}</th>
            <th scope="col">{w.cards.district}</th>
            <th scope="col">{w.cards.confirmed}</th>
            <th scope="col">{w.cards.link}</th>
            <th scope="col">
              <span class="vh">{w.cards.print_one}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {items.map((door) => (
            <tr key={door.id}>
              <td>
                <a href={`/staff?station=${door.id}`}>{door.name}</a>
                {door.code ? <span class="cap"> {door.code}</span> : null}
              </td>
              <td>{door.district ? districtName(door.district) : "–"}</td>
              <td>
                {age(door.last_confirmed)}
                {door.confirmation_due ? <b class="due"> {w.cards.is_due}</b> : null}
              </td>
              <td>
                <LinkCell door={door} onMake={onMake} onRevoke={onRevoke} />
              </td>
              <td>
                <a
                  class="btn quiet small"
                  href={cardOf(door.id)}
                  target="_blank"
                  rel="noopener"
                  aria-label={say(w.cards.print_named, door.name)}
                >
                  <Icon name="print" />
                  <span>{w.cards.print_one}</span>
                </a>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function LinkCell({ door, onMake, onRevoke }: { door: Door } & Omit<TableProps, "items">) {
  const link = door.keeper_link;
  const used = link?.used ? say(w.cards.link_used, age(link.used)) : w.cards.link_unused;
  return (
    <div class="bar">
      <span>{link ? used : w.cards.link_none}</span>
      {may("keeper_link") ? (
        <Button
          look="quiet small"
          label={say(link ? w.cards.renew_named : w.cards.make_named, door.name)}
          onClick={() => onMake(door)}
        >
          {link ? w.cards.renew : w.cards.make}
        </Button>
      ) : null}
      {link && may("keeper_link") ? (
        <Button
          look="plain small"
          label={say(w.cards.revoke_named, door.name)}
          onClick={() => onRevoke(door)}
        >
          {w.cards.revoke}
        </Button>
      ) : null}
    </div>
  );
}
