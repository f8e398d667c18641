// The service's interface for imports, one function for each question and each deed.

import type { Place } from "../../address";
import { ask, query } from "../http";
import type { Page, Station } from "../types";
import type { Action, Correction, DryRun, Import, Parked, Rows, ShortImport, Told } from "./types";

const IMPORTS = "/api/v1/imports";

/** The dry run of an import that has none, because it is being carried out. */
const NO_DRY_RUN: DryRun = {
  ok: 0,
  warnings: 0,
  errors: 0,
  parked: 0,
  skipped: 0,
  headings: [],
  fields: [],
  crs: { declared: "wgs84", best: "wgs84", doubtful: false, p: null, evidence: [] },
  duplicates: [],
  codes: [],
  problems: [],
  plan: { created: 0, updated: 0, unchanged: 0, parked: 0, skipped: 0, absent: 0 },
  absent: [],
  blocked: [],
};

/** An import with all of its parts. */
const whole = (told: Told): Import => ({ ...NO_DRY_RUN, ...told });

/** Which rows are asked for. */
export interface RowsAsked {
  readonly level?: string;
  readonly action?: Action;
  readonly code?: string;
  readonly row?: number;
  readonly limit?: number;
  readonly cursor?: string | null;
}

export const listImports = (cursor?: string | null) =>
  ask<Page<ShortImport>>("GET", `${IMPORTS}${query({ limit: 30, cursor })}`);
export const readImport = async (id: string) =>
  whole(await ask<Told>("GET", `${IMPORTS}/${encodeURIComponent(id)}`));
export const readRows = (id: string, asked: RowsAsked, signal?: AbortSignal) =>
  ask<Rows>(
    "GET",
    `${IMPORTS}/${encodeURIComponent(id)}/rows${query({ ...asked })}`,
    signal ? { signal } : {},
  );
export const correctImport = async (id: string, version: number, body: Correction) =>
  whole(await ask<Told>("PATCH", `${IMPORTS}/${id}`, { body, version }));
export const commitImport = async (id: string, version: number) =>
  whole(await ask<Told>("POST", `${IMPORTS}/${id}/commit`, { body: {}, version }));
export const undoImport = async (id: string, version: number) =>
  whole(await ask<Told>("POST", `${IMPORTS}/${id}/undo`, { body: {}, version }));
export const discardImport = (id: string, version: number) =>
  ask<void>("DELETE", `${IMPORTS}/${id}`, { version });
/** The sheet as corrected, with its problems marked. */
export const workbookOf = (id: string) => `${IMPORTS}/${encodeURIComponent(id)}/workbook`;

export const listParked = (cursor?: string | null) =>
  ask<Page<Parked>>("GET", `/api/v1/parked${query({ limit: 50, cursor })}`);
/** Gives a parked row its position, WGS-84; it becomes a draft. */
export const pinParked = ({ id, version }: Parked, { lat, lon }: Place) =>
  ask<Station>("POST", `/api/v1/parked/${id}/pin`, { body: { lat, lon, crs: "wgs84" }, version });
export const dropParked = ({ id, version }: Parked) =>
  ask<void>("DELETE", `/api/v1/parked/${id}`, { version });
