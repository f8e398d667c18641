// The columns of the ledger, and what stands in their cells.

import { whenWords } from "../parts/time";
import { g, say } from "../words";

/** In the order of the ledger. */
export const COLUMNS = [
  "number",
  "channel",
  "kind",
  "category",
  "unit",
  "summary",
  "received",
  "dispatched",
  "department",
  "handler",
  "due",
  "accepted",
  "answered",
  "outcome",
  "rounds",
  "extension",
  "supervision",
  "call_back",
  "grade",
  "closed",
  "archived",
] as const;
export type Column = (typeof COLUMNS)[number];

/** A row as the service tells it: codes, names, days. */
export type LedgerRow = { readonly id?: string } & Readonly<Partial<Record<Column | "state", unknown>>>;

const CODES: Readonly<Partial<Record<Column, Readonly<Record<string, string>>>>> = {
  channel: g.channels,
  kind: g.kinds,
  outcome: g.outcomes,
  grade: g.grades,
};
const TIMES: readonly Column[] = [
  "received",
  "dispatched",
  "due",
  "accepted",
  "answered",
  "closed",
  "archived",
];

/** The words of a cell. */
export function cellOf(row: LedgerRow, column: Column): string {
  const value = row[column];
  if (value === null || value === undefined || value === "" || value === false) return "–";
  if (typeof value === "object") return nameOf(value);
  if (column === "supervision" && typeof value === "number") {
    return value > 0 ? g.levels[String(value) as keyof typeof g.levels] : "–";
  }
  if (column === "extension" && typeof value === "number")
    return value > 0 ? say(g.case.extension_days, value) : "–";
  const text = String(value);
  const codes = CODES[column];
  if (codes && Object.hasOwn(codes, text)) return codes[text] ?? text;
  return TIMES.includes(column) && /^\d{4}-\d\d-\d\d/.test(text) ? whenWords(text) : text;
}

/** The name of something, or the day of a deadline. */
function nameOf(value: object): string {
  const { name, day, at } = value as { name?: unknown; day?: unknown; at?: unknown };
  if (typeof name === "string") return name;
  const time = at ?? day;
  return typeof time === "string" ? whenWords(time) : "–";
}
