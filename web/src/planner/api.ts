// The service's interface for planners: what is read, with whether it may be out of date, and what is written.

import { ask, newKey, query, Refusal, refusalOf } from "../staff/http";
import type { Answer } from "./asked";
import type { Layer, ServiceLayer } from "./types";

const V1 = "/api/v1";
/** Where files for demand and for service points are sent. */
export const DEMAND = `${V1}/demand`;
export const SERVICE_POINTS = `${V1}/service-points`;
/** The longest that a file may take, in milliseconds. */
const UPLOAD_MS = 180_000;

/** Reads an address; while the service cannot follow its registry it says so beside its answer. */
export async function read<T>(path: string, signal: AbortSignal): Promise<Answer<T>> {
  const headers = { Accept: "application/json", "Accept-Language": document.documentElement.lang || "zh-CN" };
  const response = await fetch(path, {
    headers,
    credentials: "same-origin",
    cache: "no-store",
    signal,
  }).catch(() => {
    throw new Refusal(0, signal.aborted ? "aborted" : "unreachable", "");
  });
  if (!response.ok) throw await refusalOf(response);
  const value = (await response.json().catch(() => {
    throw new Refusal(0, signal.aborted ? "aborted" : "unreachable", "");
  })) as T;
  return { value, isOld: response.headers.has("X-Registry-Stale") };
}

export const listDemand = () => ask<{ items: Layer[] }>("GET", DEMAND);
export const listServiceLayers = () => ask<{ items: ServiceLayer[] }>("GET", SERVICE_POINTS);
export const changeDemand = ({ code, version }: Layer, body: object) =>
  ask<Layer>("PATCH", `${DEMAND}/${code}`, { version, body });
export const removeLayer = (path: string, { code, version }: Layer | ServiceLayer) =>
  ask<unknown>("DELETE", `${path}/${code}`, { version });
export const servicePointsAddress = (layers: readonly string[], at: string) =>
  `${SERVICE_POINTS}/items.geojson${query({ layer: layers.join(","), at })}`;

/** What is wrong with, or to be known of, a row of a file. */
export interface RowProblem {
  readonly row: number;
  readonly column: string | null;
  readonly code: string;
  readonly detail: string;
}

/** What came of a file, or would come of it. */
export interface Brought {
  readonly layer: Layer | ServiceLayer;
  readonly rows: number;
  readonly points: number;
  readonly people?: number;
  readonly by_district?: readonly {
    readonly adcode: string;
    readonly name: string;
    readonly points: number;
    readonly people: number;
  }[];
  readonly outside?: number;
  /** Points whose hours are kept as text. */
  readonly uncertain?: number;
  /** Remarks, the first of them; there are `more_problems` besides. */
  readonly problems: readonly RowProblem[];
  readonly more_problems?: number;
  /** What each column was read as; nothing where it was not read. */
  readonly columns?: readonly { readonly column: string; readonly field: string | null }[];
}

/** What columns are said to be, by their headings; nothing: not read. */
export type Mapping = Readonly<Record<string, string | null>>;

/** Sends a file with what is said of it. */
export async function bring(path: string, file: File, options: object): Promise<Brought> {
  const body = new FormData();
  body.append("options", JSON.stringify(options));
  body.append("file", file, file.name);
  const headers = {
    Accept: "application/json",
    "Accept-Language": document.documentElement.lang || "zh-CN",
    "Idempotency-Key": newKey(),
  };
  const init: RequestInit = { method: "POST", body, headers, signal: AbortSignal.timeout(UPLOAD_MS) };
  const response = await fetch(path, init).catch(() => {
    throw new Refusal(0, "unreachable", "");
  });
  if (!response.ok) throw await refusalOf(response);
  return (await response.json()) as Brought;
}
