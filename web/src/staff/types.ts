// What the service's interface for staff says, as types.

export type Status = "draft" | "submitted" | "checked" | "rejected" | "open" | "suspended" | "retired";
export const STATUSES: readonly Status[] = [
  "draft", "submitted", "checked", "rejected", "open", "suspended", "retired",
]; // biome-ignore format: one row

/** What can be done with a station in its present state by whoever asks. */
export type Deed =
  | "edit" | "submit" | "check" | "publish" | "reject" | "suspend" | "resume" | "retire"
  | "notice" | "facility" | "confirm" | "restore"; // biome-ignore format: two rows

export interface Facility {
  readonly code: string;
  readonly working: "ok" | "broken";
  readonly broken_since?: string | null;
  readonly hours?: string | null;
  /** `11-15/03-15`: month and day, both included. */
  readonly season?: string | null;
  readonly count?: number | null;
  readonly note?: string | null;
}

export interface Entrance {
  readonly lat: number;
  readonly lon: number;
  readonly floor?: string | number | null;
  readonly side?: string | null;
}

/** What a clerk states of a station. Positions are WGS-84. */
export interface Facts {
  readonly code: string | null;
  readonly name: string;
  readonly signboard: string | null;
  readonly aliases: readonly string[];
  readonly district: string | null;
  readonly address: string | null;
  readonly lat: number;
  readonly lon: number;
  readonly entrance: Entrance | null;
  readonly build: string | null;
  readonly partner: string | null;
  readonly host: string | null;
  readonly form: string | null;
  readonly hours: string | null;
  readonly hours_text: string | null;
  readonly facilities: readonly Facility[];
  readonly other_facilities: readonly string[];
  readonly access: readonly string[];
  readonly no_phone: boolean | null;
  readonly phone: string | null;
  readonly opened_on: string | null;
  readonly capacity: number | null;
  readonly area_m2: number | null;
  readonly trades: readonly string[];
  readonly notes: string | null;
  readonly keeper_name: string | null;
  readonly keeper_phone: string | null;
}

export type Field = keyof Facts;

/** A station as staff see it. */
export interface Station extends Facts {
  readonly id: string;
  readonly version: number;
  readonly status: Status;
  readonly demonstration: boolean;
  readonly rating: number | null;
  readonly last_confirmed: string | null;
  readonly created: string;
  readonly changed: string;
  readonly state?: {
    readonly state: string;
    readonly until?: string | null;
    readonly opens_at?: string | null;
    readonly closes_at?: string | null;
    readonly notice?: string | null;
  } | null;
  readonly allowed: readonly Deed[];
  /** Doors that were found locked, where they mark it. */
  readonly marked?: { readonly locked_reports: number } | null;
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly next?: string | null;
}

export interface Register extends Page<Station> {
  readonly total: number;
  readonly counts: Readonly<Record<string, number>>;
  readonly revision: number;
}

export interface Queues {
  readonly submitted: { readonly count: number; readonly oldest: string | null };
  readonly checked: { readonly count: number; readonly oldest: string | null };
  readonly rejected: { readonly count: number; readonly oldest: string | null };
  readonly unconfirmed: { readonly count: number };
  readonly notices: { readonly count: number };
  readonly unknown_hours: { readonly count: number };
  readonly marked: { readonly count: number };
  readonly reports: { readonly count: number; readonly overdue: number };
  readonly findings: { readonly count: number; readonly overdue: number; readonly recheck: number };
}

export interface Done {
  readonly done: readonly { readonly id: string; readonly version: number }[];
  readonly refused: readonly { readonly id: string; readonly code: string; readonly detail: string }[];
  readonly revision: number;
}

export interface Person {
  readonly id: string;
  /** Nothing for somebody who was erased. */
  readonly name: string | null;
}

export interface Change {
  readonly field: string;
  readonly old: unknown;
  readonly new: unknown;
}

export interface Version {
  readonly version: number;
  readonly at: string;
  readonly by: Person | null;
  readonly via: string;
  readonly action: string;
  readonly reason: string | null;
  readonly changes: readonly Change[];
}

export type Ring = readonly (readonly [number, number])[];
export interface Area {
  readonly type: "Polygon" | "MultiPolygon";
  readonly coordinates: readonly unknown[];
}

export interface Notice {
  readonly id: string;
  readonly version: number;
  readonly station: { readonly id: string; readonly name: string; readonly code: string | null } | null;
  readonly area: Area | null;
  readonly stations?: number | null;
  readonly facility: string | null;
  readonly effect: "closed" | "open";
  readonly from: string;
  readonly to: string | null;
  readonly reason: string;
  readonly by: Person | null;
  readonly created: string;
  readonly withdrawn: string | null;
  readonly current: boolean;
}

export interface Announcement {
  readonly effect: "closed" | "open";
  readonly facility?: string;
  readonly from: string;
  readonly to?: string;
  readonly reason: string;
}

export interface Regime {
  readonly id: string;
  readonly version: number;
  readonly kind: "heat" | "cold" | "storm";
  readonly districts: readonly string[];
  readonly hours: string;
  readonly facility: string | null;
  readonly from: string;
  readonly to: string | null;
  readonly reason: string;
  readonly by: Person | null;
  readonly created: string;
  readonly ended: string | null;
  readonly current: boolean;
  readonly stations: number;
}

export type When = "current" | "coming" | "past" | "all";
