// What the service's interface says of imports, as types. Columns and rows are numbered as the service numbers them:
// columns from 0, rows as the sheet shows them.

import type { Datum } from "../../datum";
import type { Change, Page, Person } from "../types";

export type ImportState = "planned" | "committing" | "committed" | "undone" | "discarded";
export const LEVELS = ["error", "warning", "info", "ok"] as const;
export type Level = (typeof LEVELS)[number];
export type Action = "create" | "update" | "unchanged" | "park" | "skip" | "none";

/** A column of the sheet and what it feeds. */
export interface Heading {
  readonly column: number;
  readonly heading: string;
  readonly fields: readonly string[];
  readonly source: "recognised" | "remembered" | "given" | "none";
  readonly samples: readonly string[];
}

/** A field that a column can feed, with its words. */
export interface FieldTerm {
  readonly code: string;
  readonly zh: string;
  readonly en: string;
}

/** How the rows lie when their numbers are read in one coordinate system. */
export interface Evidence {
  readonly crs: Datum;
  readonly rows: number;
  readonly inside: number;
  readonly outside: number;
  readonly in_sea: number;
  /** Rows whose code is registered. */
  readonly codes: number;
  /** Of these, the median offset to the registered station. */
  readonly offset_m: number | null;
}

export interface Crs {
  readonly declared: Datum;
  readonly best: Datum;
  /** Whether a person has to confirm the system. */
  readonly doubtful: boolean;
  readonly p: number | null;
  readonly evidence: readonly Evidence[];
}

export const DECISIONS = ["same", "different", "merge"] as const;
export type Decision = (typeof DECISIONS)[number];

/** A row that may be another row, or a registered station. */
export interface Duplicate {
  readonly row: number;
  readonly other_row?: number | null;
  readonly station_id?: string | null;
  readonly station_name?: string | null;
  readonly reason: string;
  readonly decision: Decision | null;
  readonly distance_m?: number | null;
}

export interface Suggestion {
  readonly label: string;
  readonly fixes: readonly { readonly column: number; readonly value: string }[];
}

/** What is wrong with a cell, a row or the whole file. */
export interface Problem {
  readonly row?: number | null;
  readonly column: number | string | null;
  readonly level: Level;
  readonly code: string;
  readonly detail: string;
  readonly suggestions?: readonly Suggestion[];
}

export interface Counts {
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly parked: number;
}

/** An import as the list shows it. */
export interface ShortImport {
  readonly id: string;
  readonly version: number;
  readonly state: ImportState;
  readonly file_name: string;
  readonly by: Person | null;
  readonly created: string;
  readonly rows: number;
  readonly outcome: (Counts & { readonly committed: string | null; readonly by: string | null }) | null;
}

/** What an import would do. */
export interface DryRun {
  readonly ok: number;
  readonly warnings: number;
  readonly errors: number;
  readonly parked: number;
  readonly skipped: number;
  readonly headings: readonly Heading[];
  readonly fields: readonly FieldTerm[];
  readonly crs: Crs;
  readonly duplicates: readonly Duplicate[];
  /** Rows by kind of problem. */
  readonly codes: readonly { readonly code: string; readonly level: Level; readonly count: number }[];
  readonly problems: readonly Problem[];
  readonly plan: Counts & { readonly skipped: number; readonly absent: number };
  readonly absent: readonly {
    readonly station_id: string;
    readonly name: string;
    readonly code: string | null;
  }[];
  readonly blocked: readonly { readonly code: string; readonly detail: string }[];
}

/** An import with everything that is decided in it; without the dry run while it is carried out. */
export interface Told extends ShortImport, Partial<DryRun> {
  readonly options: {
    readonly crs: Datum;
    readonly crs_confirmed: boolean;
    readonly district: string | null;
    readonly publish: boolean;
  };
  readonly progress: { readonly done: number; readonly of: number } | null;
  /** Why the last commit came to nothing. */
  readonly failed: { readonly code: string; readonly detail: string } | null;
  readonly undo: { readonly possible: boolean; readonly changed: readonly string[] } | null;
}
export type Import = Told & DryRun;

export type Pair = readonly [number, number];

/** A row of the sheet as it would be carried out. */
export interface Row {
  readonly row: number;
  readonly level: Level;
  readonly action: Action;
  /** The text of each column, as corrected. */
  readonly cells: readonly string[];
  /** What the file has where a cell was corrected. */
  readonly original: Readonly<Record<string, string>>;
  readonly problems: readonly Problem[];
  readonly station: { readonly id: string; readonly name: string; readonly code: string | null } | null;
  readonly changes: readonly Change[];
  readonly position: { readonly lat: number; readonly lon: number } | null;
  /** Where the row's numbers lie, longitude first in WGS-84, if they are written in that system. */
  readonly pins: Readonly<Record<Datum, Pair>> | null;
}

export interface Rows extends Page<Row> {
  readonly total: number;
}

/** A correction, a decision, or a choice; any of them at once. */
export interface Correction {
  readonly crs?: Datum;
  readonly crs_confirmed?: boolean;
  readonly map?: Readonly<Record<string, readonly string[]>>;
  readonly district?: string | null;
  readonly publish?: boolean;
  readonly fixes?: readonly {
    readonly row: number;
    readonly column: number;
    readonly value: string | null;
  }[];
  readonly decisions?: readonly {
    readonly row: number;
    readonly other_row?: number;
    readonly station_id?: string;
    readonly decision: Decision | null;
  }[];
  readonly skips?: readonly { readonly row: number; readonly skip: boolean }[];
  readonly pins?: readonly (
    | { readonly row: number; readonly lat: number; readonly lon: number; readonly crs: Datum }
    | { readonly row: number; readonly lat: null }
  )[];
}

/** A row that had an address and no position, kept until somebody pins it. */
export interface Parked {
  readonly id: string;
  readonly version: number;
  readonly row: number;
  readonly import_id: string;
  readonly name: string;
  readonly district: string | null;
  readonly address: string | null;
}
