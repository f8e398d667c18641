// The columns of the table, and which of them somebody wants to see.

import type { ComponentChildren } from "preact";
import { age, daysSince, listed, moment } from "../format";
import { Door, Icon } from "../parts/icon";
import { districtName, wordOf } from "../shell";
import type { Station } from "../types";
import { say, w } from "../words";
import type { Sort } from "./filters";
import { lineOf, STAGE_ICONS } from "./state";

/** A column. */
export interface Column {
  readonly name: string;
  readonly sort?: Sort;
  /** Whether it holds figures, which stand to the right. */
  readonly isFigure?: boolean;
  /** Whether it gives way first where there is little room. */
  readonly givesWay?: boolean;
  readonly draw: (station: Station) => ComponentChildren;
}

/** After so many days somebody should look whether the facts still hold. */
export const OLD_DAYS = 90;
const word = (kind: "host" | "form" | "build", code: string | null) => (code ? wordOf(kind, code) : "–");

export const COLUMNS: readonly Column[] = [
  { name: "code", sort: "code", draw: ({ code }) => <span class="code">{code ?? "–"}</span> },
  { name: "name", sort: "name", draw: drawName },
  { name: "district", givesWay: true, draw: ({ district }) => (district ? districtName(district) : "–") },
  { name: "host", givesWay: true, draw: ({ host }) => word("host", host) },
  { name: "status", sort: "status", givesWay: true, draw: ({ status }) => <Stage status={status} /> },
  { name: "now", draw: drawNow },
  { name: "confirmed", sort: "confirmed", isFigure: true, draw: drawConfirmed },
  {
    name: "rating",
    isFigure: true,
    givesWay: true,
    draw: ({ rating }) => (rating ? say(w.units.stars, rating) : "–"),
  },
  { name: "changed", sort: "changed", isFigure: true, draw: ({ changed }) => moment(changed) },
  { name: "address", draw: ({ address }) => address ?? "–" },
  { name: "hours", draw: ({ hours, hours_text }) => hours ?? hours_text ?? "–" },
  {
    name: "facilities",
    draw: ({ facilities }) => listed(facilities.map(({ code }) => wordOf("facility", code))) || "–",
  },
  { name: "broken", draw: drawBroken },
  { name: "form", draw: ({ form }) => word("form", form) },
  { name: "build", draw: ({ build }) => word("build", build) },
  { name: "phone", draw: ({ phone }) => phone ?? "–" },
  { name: "keeper_name", draw: ({ keeper_name }) => keeper_name ?? "–" },
];

/** The columns that are shown until somebody chooses. */
const USUAL = ["code", "name", "district", "host", "status", "now", "confirmed"];
const KEPT = "staff.columns";

/** The columns that somebody chose before, on this machine. */
export function keptColumns(): readonly string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEPT) ?? "null");
    const names = COLUMNS.map(({ name }) => name);
    return Array.isArray(kept) ? names.filter((name) => kept.includes(name)) : USUAL;
  } catch {
    return USUAL;
  }
}

/** Keeps a choice of columns; where nothing may be kept it holds until the page is left. */
export function keepColumns(names: readonly string[]): void {
  try {
    localStorage.setItem(KEPT, JSON.stringify(names));
  } catch {}
}

/** The word for a column. */
export function columnWord(name: string): string {
  return (
    (w.columns as Readonly<Record<string, string>>)[name] ??
    (w.fields as Readonly<Record<string, string>>)[name] ??
    name
  );
}

/** A stage of life with its shape. */
export function Stage({ status }: { status: Station["status"] }) {
  return (
    <span class={`stage ${status}`}>
      <Icon name={STAGE_ICONS[status]} />
      {w.statuses[status]}
    </span>
  );
}

function drawName({ name, demonstration }: Station): ComponentChildren {
  return (
    <>
      {name}
      {demonstration ? <small class="demo">{w.registry.demo}</small> : null}
    </>
  );
}

function drawNow(station: Station): ComponentChildren {
  const line = lineOf(station);
  if (!line) return <Stage status={station.status} />;
  return (
    <span class={`st ${line.shape}`}>
      <Door shape={line.shape} />
      {line.word} {line.detail}
    </span>
  );
}

function drawConfirmed({ last_confirmed }: Station): ComponentChildren {
  const isOld = !last_confirmed || daysSince(last_confirmed) > OLD_DAYS;
  return <span class={isOld ? "old" : ""}>{age(last_confirmed)}</span>;
}

function drawBroken({ facilities }: Station): ComponentChildren {
  const broken = facilities
    .filter(({ working }) => working === "broken")
    .map(({ code }) => wordOf("facility", code));
  return broken.length > 0 ? (
    <span class="st notice">
      <Icon name="warn" />
      {listed(broken)}
    </span>
  ) : (
    "–"
  );
}
