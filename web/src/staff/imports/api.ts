// The service's interface for imports, one function for each question and each deed.

import type { Place } from "../../address";
import { ask, query } from "../http";
import type { Page, Station } from "../types";
import type { Correction, Import, Parked, Rows, ShortImport } from "./types";

const IMPORTS = "/api/v1/imports";

/** Which rows are asked for. */
export interface RowsAsked {
  readonly level?: string;
  readonly code?: string;
  readonly action?: string;
  readonly row?: number;
  readonly limit?: number;
  readonly cursor?: string | null;
}

export const listImports = (cursor?: string | null) =>
  ask<Page<ShortImport>>("GET", `${IMPORTS}${query({ limit: 30, cursor })}`);
export const readImport = (id: string) => ask<Import>("GET", `${IMPORTS}/${encodeURIComponent(id)}`);
export const readRows = (id: string, asked: RowsAsked, signal?: AbortSignal) =>
  ask<Rows>(
    "GET",
    `${IMPORTS}/${encodeURIComponent(id)}/rows${query({ ...asked })}`,
    signal ? { signal } : {},
  );
export const correctImport = (id: string, version: number, body: Correction) =>
  ask<Import>("PATCH", `${IMPORTS}/${id}`, { body, version });
export const commitImport = (id: string, version: number) =>
  ask<Import>("POST", `${IMPORTS}/${id}/commit`, { body: {}, version });
export const undoImport = (id: string, version: number) =>
  ask<Import>("POST", `${IMPORTS}/${id}/undo`, { body: {}, version });
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
