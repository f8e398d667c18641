// The grid of a session: many cases, one a row. Pure.

import type { Fault } from "../../staff/http";
import { bodyOf, empty } from "../intake/draft";
import type { Identity } from "../types";
import type { SessionKind } from "./types";

/** The most cases of one request. */
export const MOST_ROWS = 50;

/** A row as it is written. */
export interface GridRow {
  readonly key: number;
  readonly text: string;
  readonly category: string;
  readonly identity: Identity;
  readonly name: string;
  readonly phone: string;
  readonly unit: string;
}

/** An empty row. */
export function blank(key: number, unit = ""): GridRow {
  return { key, text: "", category: "", identity: "named", name: "", phone: "", unit };
}

/** Rows in which something was written. */
export function written(rows: readonly GridRow[]): GridRow[] {
  return rows.filter(({ text }) => text.trim() !== "");
}

/** The cases of the rows that are written, as they are sent. */
export function casesOf(rows: readonly GridRow[], kind: SessionKind, district: string | null): object[] {
  return written(rows).map(({ key: _, ...row }) =>
    bodyOf({ ...empty(kind), ...row, district: district ?? "" }),
  );
}

/** The faults of each row, by its key: `cases[2].text` or `/cases/2/text` is the third that was sent. */
export function faultsByRow(rows: readonly GridRow[], faults: readonly Fault[]): Map<number, Fault[]> {
  const sent = written(rows);
  const found = new Map<number, Fault[]>();
  for (const fault of faults) {
    const [, at, field = ""] = /^\/?cases[./[](\d+)\]?[./]?(.*)$/.exec(fault.field) ?? [];
    const row = at === undefined ? undefined : sent[Number(at)];
    if (!row) continue;
    found.set(row.key, [...(found.get(row.key) ?? []), { ...fault, field: field.replaceAll("/", ".") }]);
  }
  return found;
}
