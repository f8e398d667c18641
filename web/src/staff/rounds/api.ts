// The service's interface for rounds, inspections and findings.

import { ask, query } from "../http";

const V1 = "/api/v1";

/** The picture of the map around a public station, so many pixels a side. */
export const mapOf = (station: string, size: number): string =>
  `${V1}/stations/${station}/map.png?size=${size}`;

export interface Round {
  readonly id: string;
  readonly version: number;
  readonly name: string;
  readonly scope: string;
  readonly first_day: string;
  readonly last_day: string;
  readonly inspector: { readonly id: string; readonly name: string | null } | null;
  readonly note: string | null;
  readonly created: string;
  readonly closed: string | null;
  readonly stations: number;
  readonly done: number;
  readonly may_change: boolean;
}

export interface Stop {
  readonly rank: number;
  readonly id: string;
  readonly name: string;
  readonly code: string | null;
  readonly district: string | null;
  readonly address: string | null;
  readonly lon: number;
  readonly lat: number;
  readonly inspected: { readonly id: string; readonly at: string; readonly is_open: boolean } | null;
}

export interface RoundDetail extends Round {
  readonly stops: readonly Stop[];
  readonly length_m: number;
}

export const KINDS = [
  "closed_in_hours",
  "facility",
  "hygiene",
  "safety",
  "sign",
  "hours",
  "access",
  "other",
] as const;
export type FindingKind = (typeof KINDS)[number];
export const STATES = ["open", "fixed", "verified", "dropped"] as const;
export type FindingState = (typeof STATES)[number];

export interface Finding {
  readonly id: string;
  readonly version: number;
  readonly station: { readonly id: string; readonly name: string; readonly code: string | null };
  readonly kind: FindingKind;
  readonly facility: string | null;
  readonly text: string;
  readonly photo: string | null;
  readonly due: string;
  readonly state: FindingState;
  readonly overdue: boolean;
  readonly fixed: string | null;
  readonly ended: string | null;
  readonly reason: string | null;
}

export interface Findings {
  readonly items: readonly Finding[];
  readonly next?: string;
  readonly counts: { readonly open: number; readonly overdue: number; readonly recheck: number };
}

/** Everything that an inspector takes along. */
export interface Sheet {
  readonly round: RoundDetail;
  readonly questions_version: number;
  readonly questions: readonly { readonly code: string; readonly text: string }[];
  readonly working_days: readonly string[];
  readonly stations: readonly SheetStation[];
}

export interface SheetStation extends Stop {
  readonly hours: string | null;
  readonly access: readonly string[];
  readonly facilities: readonly {
    readonly code: string;
    readonly word: string;
    readonly working: "ok" | "broken";
  }[];
  readonly findings: readonly Finding[];
}

/** Which stations: those named, or those that are like this. */
export interface Chosen {
  readonly scope: string;
  readonly stations?: readonly string[];
  readonly filter?: {
    readonly hosts?: readonly string[];
    readonly facilities?: readonly string[];
    readonly unconfirmed_days?: number;
    readonly uninspected_days?: number;
    readonly has_findings?: boolean;
  };
}

export interface Plan {
  readonly name: string;
  readonly first_day: string;
  readonly last_day: string;
  readonly inspector?: string;
  readonly note?: string;
}

export const readRound = (id: string) => ask<RoundDetail>("GET", `${V1}/rounds/${id}`);
export const previewRound = (body: Chosen) =>
  ask<{ stops: Stop[]; length_m: number }>("POST", `${V1}/rounds/preview`, { body });
export const planRound = (body: Chosen & Plan) => ask<RoundDetail>("POST", `${V1}/rounds`, { body });
export const changeRound = ({ id, version }: Round, body: object) =>
  ask<RoundDetail>("PATCH", `${V1}/rounds/${id}`, { body, version });
export const closeRound = ({ id, version }: Round) =>
  ask<RoundDetail>("POST", `${V1}/rounds/${id}/close`, { version });
export const readSheet = (id: string) => ask<Sheet>("GET", `${V1}/rounds/${id}/sheet`);
export const tellInspection = (body: object) => ask<{ id: string }>("POST", `${V1}/inspections`, { body });
export const listFindings = (values: Readonly<Record<string, string | boolean | undefined>>) =>
  ask<Findings>("GET", `${V1}/findings${query({ limit: 100, ...values })}`);
export const stepFinding = ({ id, version }: Finding, step: string, body: object) =>
  ask<Finding>("POST", `${V1}/findings/${id}/${step}`, { body, version });
