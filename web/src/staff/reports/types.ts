// What the service says of reports, as types.

import type { Page, Person } from "../types";

export const KINDS = ["locked", "facility_broken", "wrong_place", "gone", "other"] as const;
export type Kind = (typeof KINDS)[number];
export const VERDICTS = ["confirmed", "unfounded", "unclear"] as const;
export type Verdict = (typeof VERDICTS)[number];
export type State = "open" | "answered";

/** A report in the queue. */
export interface Report {
  readonly id: string;
  readonly version: number;
  readonly number: string;
  readonly station: {
    readonly id: string;
    readonly name: string;
    readonly code: string | null;
    readonly district: string | null;
  };
  readonly kind: Kind;
  readonly facility: string | null;
  readonly text: string | null;
  readonly photo: boolean;
  readonly state: State;
  readonly verdict: Verdict | null;
  readonly answer: string | null;
  /** Who sees to it; nobody yet where null. */
  readonly owner: Person | null;
  readonly union: string;
  /** `2026-11-27` */
  readonly due: string;
  readonly due_provisional: boolean;
  readonly overdue: boolean;
  readonly created: string;
  readonly answered: string | null;
  /** How many open ones there are of the same station, kind and facility. */
  readonly together: number;
}

/** A page of the queue. */
export interface Queue extends Page<Report> {
  readonly counts: {
    readonly open: number;
    readonly overdue: number;
    readonly today: number;
    readonly unowned: number;
    readonly answered: number;
  };
}

/** A report with all that belongs to it. */
export interface Detail extends Report {
  readonly timeline: readonly {
    readonly at: string;
    readonly action: string;
    readonly by: Person | null;
    readonly note: string | null;
  }[];
  readonly days: readonly {
    readonly date: string;
    readonly number: number | null;
    readonly why: string;
    readonly text: string;
  }[];
  readonly group: readonly Report[];
  readonly locked: { readonly times: number; readonly marks_at: number; readonly days: number };
  readonly hands: readonly Person[];
  readonly allowed: readonly string[];
}

/** How a station kept its posted hours. */
export interface PromiseKept {
  readonly open: number;
  readonly of: number;
  readonly days: number;
  readonly rate: number | null;
  readonly least_days: number;
  readonly definition: string;
}
