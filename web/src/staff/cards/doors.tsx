// The stations with their cards and their keepers' links, filtered as the address says.

import { useState } from "preact/hooks";
import { age } from "../format";
import { filtersOf, setFilters } from "../list/address";
import { DistrictFilter, FilterBar, FindFilter } from "../list/filters";
import { ListFrame, Table } from "../list/frame";
import { useList } from "../list/use-list";
import { Button } from "../parts/button";
import { Ask } from "../parts/dialog";
import { Check } from "../parts/field";
import { Icon } from "../parts/icon";
import { Failure } from "../parts/notes";
import { useTask } from "../parts/task";
import { may } from "../session";
import { districtName, now_ms } from "../shell";
import { say, w } from "../words";
import { cardOf, cardsOf, type Door, type DoorFilter, type DoorPage, makeLink, revokeLink } from "./api";
import { Made } from "./made";

/** The most cards that are printed at once, as the service has it. */
const MOST_CARDS = 500;
const DUE_DAYS = 90;
const DAY_MS = 86_400_000;

/** What the address asks for. */
function asked() {
  const { q, district, due } = filtersOf(["q", "district", "due"]);
  const before = new Date(Math.floor((now_ms() - DUE_DAYS * DAY_MS) / DAY_MS) * DAY_MS).toISOString();
  return { q, district, status: "open,suspended", confirmed_before: due ? before : "" };
}

/** The list of doors. */
export function Doors() {
  const filter = asked();
  const list = useList<Door, DoorPage>("/api/v1/doors", filter);
  const [question, setQuestion] = useState<{ door: Door; deed: "renew" | "revoke" }>();
  const [made, setMade] = useState<{ door: Door; link: string; qr_svg: string }>();
  const deed = useTask();
  const renew = (door: Door, keeper_link: Door["keeper_link"]) =>
    list.change((row) => (row.id === door.id ? { ...row, keeper_link } : row));
  const make = async (door: Door) => {
    setMade({ door, ...(await makeLink(door.id)) });
    renew(door, { created: new Date(now_ms()).toISOString(), used: null });
  };
  return (
    <>
      <Filters filter={filter} total={list.page?.total ?? 0} />
      <Failure failure={deed.failure} />
      <ListFrame list={list} none={w.cards.none} text={w.cards.none_text} icon="scan" rows={8}>
        {(items) => (
          <Rows
            items={items}
            onMake={(door) =>
              door.keeper_link ? setQuestion({ door, deed: "renew" }) : void deed.run(() => make(door))
            }
            onRevoke={(door) => setQuestion({ door, deed: "revoke" })}
          />
        )}
      </ListFrame>
      {question ? (
        <Ask
          question={{
            title: question.deed === "renew" ? w.cards.renew_title : w.cards.revoke_title,
            text: (
              <p>
                <b>{question.door.name}</b>
                <br />
                {question.deed === "renew" ? w.cards.renew_text : w.cards.revoke_text}
              </p>
            ),
            go: question.deed === "renew" ? w.cards.renew : w.cards.revoke,
            reason: "no",
            run: async () => {
              if (question.deed === "renew") return make(question.door);
              await revokeLink(question.door.id);
              renew(question.door, null);
            },
          }}
          onClose={() => setQuestion(undefined)}
        />
      ) : null}
      {made ? <Made made={made} onClose={() => setMade(undefined)} /> : null}
    </>
  );
}

function Filters({ filter, total }: { filter: DoorFilter; total: number }) {
  return (
    <FilterBar>
      <FindFilter label={w.cards.find} />
      <DistrictFilter none={w.cards.every_district} />
      <Check
        label={w.cards.due}
        on={filter.confirmed_before !== ""}
        onChange={(on) => setFilters({ due: on ? "1" : "" })}
      />
      {total > MOST_CARDS ? <p class="cap">{w.cards.print_too_many}</p> : null}
      {total > 0 && total <= MOST_CARDS ? (
        <a class="btn" href={cardsOf(filter)} target="_blank" rel="noopener">
          <Icon name="print" />
          <span>{say(w.cards.print, total)}</span>
        </a>
      ) : null}
    </FilterBar>
  );
}

interface RowsProps {
  readonly items: readonly Door[];
  readonly onMake: (door: Door) => void;
  readonly onRevoke: (door: Door) => void;
}

function Rows({ items, onMake, onRevoke }: RowsProps) {
  return (
    <Table
      columns={[
        w.cards.station,
        w.cards.district,
        w.cards.confirmed,
        w.cards.link,
        [w.cards.print_one, "vh"],
      ]}
    >
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
    </Table>
  );
}

function LinkCell({ door, onMake, onRevoke }: { door: Door } & Omit<RowsProps, "items">) {
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
