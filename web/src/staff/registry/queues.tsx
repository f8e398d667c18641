// What waits to be done, above the table: each figure is a filter.

import { age, daysSince } from "../format";
import type { Parked } from "../imports/types";
import { useList } from "../list/use-list";
import { queues } from "../rail";
import { may } from "../session";
import { say, w } from "../words";
import { OLD_DAYS } from "./columns";

interface Queue {
  readonly name:
    | "submitted"
    | "checked"
    | "rejected"
    | "unconfirmed"
    | "notices"
    | "unknown_hours"
    | "marked";
  readonly href: string;
}

const QUEUES: readonly Queue[] = [
  { name: "submitted", href: "/staff?status=submitted" },
  { name: "checked", href: "/staff?status=checked" },
  { name: "rejected", href: "/staff?status=rejected" },
  { name: "unconfirmed", href: `/staff?status=open,suspended&unconfirmed=${OLD_DAYS}&sort=confirmed` },
  { name: "unknown_hours", href: "/staff?status=open&state=unknown" },
  { name: "notices", href: "/staff/notices" },
  { name: "marked", href: "/staff?marked=true" },
];

/** So many days in a queue are too many. */
const LATE_DAYS = 5;

/** Rows of lists that have an address and no position yet. */
function ParkedQueue() {
  const { items, more } = useList<Parked>("/api/v1/parked", { limit: 200 });
  return (
    <a href="/staff/imports#parked" class={items?.length === 0 ? "zero" : undefined}>
      <b>{items ? `${items.length}${more ? "+" : ""}` : "–"}</b>
      {w.queues.parked}
      <small>{w.queues.parked_note}</small>
    </a>
  );
}

/** The strip of figures. */
export function Queues() {
  const known = queues.value;
  return (
    <nav class="queues" aria-label={w.queues.label}>
      {QUEUES.map(({ name, href }) => {
        const queue = known?.[name];
        const oldest = queue && "oldest" in queue ? queue.oldest : null;
        const isLate = oldest !== null && daysSince(oldest) >= LATE_DAYS;
        return (
          <a key={name} href={href} class={queue?.count === 0 ? "zero" : undefined}>
            <b>{queue?.count ?? "–"}</b>
            {w.queues[name]}
            <small class={isLate ? "late" : undefined}>
              {oldest ? say(w.queues.oldest, age(oldest)) : w.queues[`${name}_note`]}
            </small>
          </a>
        );
      })}
      {may("station_import") ? <ParkedQueue /> : null}
    </nav>
  );
}
