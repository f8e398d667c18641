// The grid of a session: many cases, one a row. Pure.

import type { Fault } from "../../staff/http";
import { bodyOf, empty } from "../intake/draft";
import type { Identity, Receipt } from "../types";
import type { Raised, SessionKind } from "./types";

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

/** What became of the rows that were sent: the receipts, and by the key of each refused row what is wrong with it. */
export function outcomeOf(
  rows: readonly GridRow[],
  raised: readonly Raised[],
): { receipts: Receipt[]; refused: Map<number, readonly Fault[]> } {
  const sent = written(rows);
  const receipts: Receipt[] = [];
  const refused = new Map<number, readonly Fault[]>();
  for (const one of raised) {
    const row = sent[one.row - 1];
    if (one.number !== undefined) receipts.push(one as Receipt);
    else if (row) refused.set(row.key, one.errors ?? []);
  }
  return { receipts, refused };
}

/** The rows that are left when some were taken in: those that were refused, and those in which nothing is written. */
export function rowsLeft(rows: readonly GridRow[], refused: ReadonlyMap<number, unknown>): GridRow[] {
  return rows.filter((row) => refused.has(row.key) || row.text.trim() === "");
}
