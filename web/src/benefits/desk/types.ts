// What the service says of benefits to staff, as types.

import type { Named, Place, VoucherState } from "../phone/types";

export type { Named, Place, VoucherState };

export const CATEGORIES = ["clothing", "food", "housing", "travel", "other"] as const;
export const CARD_KINDS = ["member", "bank", "fuel"] as const;
export const MODES = ["first_come", "draw"] as const;

/** What a campaign asks of a member; an empty list asks nothing. */
export interface Rules {
  readonly unions: readonly string[];
  readonly trades: readonly string[];
  readonly districts: readonly string[];
  readonly cards: readonly string[];
  readonly joined_by: string | null;
}

export interface Campaign {
  readonly id: string;
  readonly version: number;
  readonly name: string;
  readonly rule: string;
  readonly project: string | null;
  readonly category: string;
  readonly district: string | null;
  readonly mode: "first_come" | "draw";
  /** Where it stands now: `draft`, `upcoming`, `running`, `frozen` or `ended`. */
  readonly state: "draft" | "upcoming" | "running" | "frozen" | "ended";
  /** What decides the next steps. */
  readonly life: "draft" | "running" | "frozen" | "ended";
  readonly frozen_reason: string | null;
  readonly opens_at: string;
  readonly closes_at: string;
  readonly valid_until: string | null;
  readonly valid_days: number | null;
  readonly face_fen: number;
  readonly union_fen: number;
  readonly min_spend_fen: number;
  readonly is_partial: boolean;
  readonly limit_total: number;
  readonly limit_day: number | null;
  readonly limit_month: number | null;
  readonly weight_never_won: number;
  readonly stock: number;
  readonly left: number;
  readonly budget_fen: number;
  readonly spent_fen: number;
  readonly issued: number;
  readonly redeemed: number;
  readonly redeemed_fen: number;
  readonly rules: Rules;
  readonly eligibility?: readonly string[];
  readonly places: readonly Place[];
  readonly draw?: {
    readonly commitment: string;
    readonly entries: number;
    readonly drawn_at?: string | null;
  } | null;
}

/** A voucher as staff see it. */
export interface IssuedVoucher {
  readonly id: string;
  readonly state: VoucherState;
  readonly face_fen: number;
  readonly left_fen: number;
  readonly issued_at: string;
  readonly expires_at: string;
}

export interface Card {
  readonly id: string;
  readonly kind: string;
  readonly issuer: string;
  readonly number_end: string;
  readonly issued_on?: string | null;
}

export interface Member {
  readonly id: string;
  readonly version: number;
  readonly number: string | null;
  /** Nothing for somebody who was erased. */
  readonly name: string | null;
  readonly phone_end: string | null;
  readonly id_end: string | null;
  readonly union_name: string;
  readonly trade: string | null;
  readonly district: string;
  readonly state: "active" | "left";
  readonly joined_on: string | null;
  readonly cards: readonly Card[];
}

export interface Problem {
  readonly row: number;
  readonly column: string | null;
  readonly level: "error" | "warning" | "info";
  readonly code: string;
  readonly detail: string;
}

/** A roster on its way in. */
export interface Roster {
  readonly id: string;
  readonly version: number;
  readonly state?: string;
  readonly rows: number;
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly left_out: number;
  readonly problems: readonly Problem[];
}

export interface Store {
  readonly id: string;
  readonly version: number;
  readonly name: string;
  readonly district: string;
  readonly address: string;
  readonly lon: number;
  readonly lat: number;
  readonly hours: string | null;
  readonly phone: string | null;
  readonly is_active: boolean;
}

export interface Merchant {
  readonly id: string;
  readonly version: number;
  readonly name: string;
  readonly district: string;
  readonly contact: string | null;
  readonly state: "active" | "suspended" | "ended";
  readonly joined_on: string;
  readonly clerks: number;
  readonly stores: readonly Store[];
}

export interface Clerk {
  readonly id: string;
  readonly version: number;
  readonly name: string;
  readonly phone_end: string;
  readonly store_id: string;
  readonly is_lead: boolean;
  readonly is_active: boolean;
  readonly misses: number;
  readonly locked_until: string | null;
}

export interface Offer {
  readonly id: string;
  readonly version: number;
  readonly merchant?: Named;
  readonly category: string;
  readonly title: string;
  readonly rule: string;
  readonly shown: string;
  readonly valid_from: string;
  readonly valid_until: string;
  readonly is_public: boolean;
}

/** One line of a settlement. */
export interface Line {
  readonly redemption_id: string;
  readonly at: string;
  readonly campaign: string;
  readonly store: string;
  readonly amount_fen: number;
  readonly union_fen: number;
}

/** What was put right after a settlement. */
export interface Adjustment {
  readonly id: string;
  readonly redemption_id: string;
  readonly amount_fen: number;
  readonly reason: string;
  readonly at: string;
}

export interface Settlement {
  readonly id: string;
  readonly number: string;
  readonly merchant: Named;
  readonly until_day: string;
  readonly redemptions: number;
  readonly amount_fen: number;
  readonly union_fen: number;
  readonly adjusted_fen: number;
  readonly due_fen: number;
  readonly made_at: string;
  readonly lines?: readonly Line[];
  readonly adjustments?: readonly Adjustment[];
}

export const MEASURES = [
  "cards",
  "merchants",
  "offers",
  "campaigns",
  "person_times",
  "issued_fen",
  "saved_fen",
] as const;
export type Measure = (typeof MEASURES)[number];

export interface Goal {
  readonly id: string;
  readonly version: number;
  readonly project: string;
  readonly measure: Measure;
  readonly target: number;
  readonly actual: number;
  readonly from_day: string;
  readonly until_day: string;
  readonly definition: string;
}

export interface Saving {
  readonly id: string;
  readonly version: number;
  readonly source: string;
  readonly project: string | null;
  readonly district: string | null;
  readonly month: string;
  readonly persons: number;
  readonly person_times: number;
  readonly issued_fen: number;
  readonly saved_fen: number;
}

/** What came of the vouchers of a period, in all or of one row. */
export interface Figures {
  readonly issued: number;
  readonly issued_fen: number;
  readonly redeemed: number;
  readonly redeemed_fen: number;
  readonly saved_fen: number;
  readonly expired_fen: number;
  readonly void_fen: number;
  readonly live_fen: number;
  readonly persons: number;
  readonly person_times: number;
  readonly rate: {
    readonly numerator: number;
    readonly denominator: number;
    readonly percent: number | null;
  };
}

/** What one side has of it: figures by their name, and how they are counted. */
export type Side = Readonly<Record<string, unknown>> & { readonly definition?: string };

export interface FiguresOf {
  readonly totals: Figures;
  readonly rows: readonly (Figures & { readonly key: string; readonly name: string })[];
  /** How many rows more there are. */
  readonly left_out?: number;
  /** How all of it is counted. */
  readonly definition?: string;
  readonly sides: Readonly<Record<"member" | "merchant" | "bank", Side>>;
}

export interface Check {
  readonly is_balanced: boolean;
  readonly checked_at: string;
  readonly postings: number;
  readonly accounts: readonly { readonly account: string; readonly balance_fen: number }[];
  readonly differences: readonly {
    readonly what: string;
    readonly object_id: string;
    readonly expected_fen: number;
    readonly found_fen: number;
  }[];
}

export interface Alarm {
  readonly id: string;
  readonly version: number;
  readonly kind: "velocity" | "distance" | "misses" | "night";
  /** What was found, for people. */
  readonly words: string;
  readonly at: string;
  readonly seen_at?: string | null;
  readonly campaign?: Named | null;
  readonly merchant?: Named | null;
  readonly store?: Named | null;
  readonly clerk?: { readonly id: string; readonly name?: string | null } | null;
}
