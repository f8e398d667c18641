// What the interface says of people: sessions, accounts, tokens, the city, consents, the audit.

import type { Page, Person } from "./types";

export type Approval = "three_steps" | "two_steps" | "one_step";
export const APPROVALS: readonly Approval[] = ["three_steps", "two_steps", "one_step"];

export interface Grant {
  readonly role: string;
  /** The leading digits of district codes; empty: everywhere. */
  readonly scope: string;
}

export interface CityFacts {
  readonly union_name: string;
  readonly name_zh: string;
  readonly name_en: string;
  readonly hotline: string;
  readonly approval: Approval;
}

export interface CitySetting extends CityFacts {
  readonly version: number;
}

export interface Session {
  readonly account: {
    readonly id: string;
    readonly login: string;
    readonly name: string;
    readonly unit: string | null;
    readonly totp: boolean;
  };
  readonly grants: readonly Grant[];
  /** Permission → the district prefixes where it holds; `""` is everywhere. */
  readonly permissions: Readonly<Record<string, readonly string[]>>;
  /** A keeper's own stations. */
  readonly stations: readonly string[];
  readonly must: readonly ("change_password" | "enrol_totp")[];
  readonly ends: string;
  /** His other sessions, the one used last first. */
  readonly others: readonly { readonly began: string; readonly last_used: string }[];
  readonly city: CityFacts;
  /** The year whose notice on holidays somebody should load. */
  readonly calendar_awaits: number | null;
  readonly districts: readonly { readonly adcode: string; readonly name: string; readonly name_en: string }[];
}

export interface Invited {
  readonly purpose: "set_up" | "new" | "reset";
  readonly login?: string | null;
  readonly name?: string | null;
  readonly city?: Partial<CityFacts> | null;
}

export interface Account {
  readonly id: string;
  readonly version: number;
  readonly login: string;
  readonly name: string;
  readonly unit: string | null;
  readonly grants: readonly Grant[];
  readonly stations: readonly string[];
  readonly blocked: boolean;
  readonly totp: boolean;
  readonly must_change_password: boolean;
  readonly last_login: string | null;
  readonly created: string;
}

export interface Invitation {
  readonly link: string;
  readonly expires: string;
}

export interface Role {
  readonly code: string;
  readonly zh: string;
  readonly en: string;
  readonly permissions: readonly string[];
}

export interface Token {
  readonly id: string;
  readonly name: string;
  readonly permissions: readonly string[];
  readonly scope: string;
  readonly created: string;
  readonly expires: string;
  readonly last_used: string | null;
}

export interface Consent {
  readonly kind: string;
  readonly version: number;
  readonly zh: string;
  readonly en: string;
  readonly published: string;
}

export interface AuditRow {
  readonly seq: number;
  readonly at: string;
  readonly by: Person | null;
  readonly via: string;
  readonly action: string;
  readonly object: { readonly kind: string; readonly id: string };
  readonly district: string | null;
  readonly detail: unknown;
  readonly hash: string;
}

export interface AuditPage extends Page<AuditRow> {
  readonly head: { readonly seq: number; readonly hash: string };
}

export interface Verified {
  readonly rows: number;
  readonly ok: boolean;
  /** How many faults there are; the first thousand are listed. */
  readonly count: number;
  readonly faults: readonly { readonly seq: number; readonly what: string; readonly detail: string }[];
  readonly head: { readonly seq: number; readonly at: string | null; readonly signed: boolean };
}
