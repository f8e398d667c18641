// What the service says of benefits to phones, as types.

export interface Named {
  readonly id: string;
  readonly name: string;
}

/** Whose phone this is: a member's, a clerk's, or that of somebody who is both. */
export interface PhoneSession {
  readonly member:
    | (Named & {
        readonly number: string | null;
        readonly card_end?: string | null;
        readonly union_name: string;
        readonly district: string;
        readonly trade?: string | null;
      })
    | null;
  readonly clerk:
    | (Named & { readonly merchant: Named; readonly store: Named; readonly is_lead: boolean })
    | null;
  /** How many other phones are signed in with the same number. */
  readonly others: number;
}

/** Where vouchers are taken: a merchant's stores, all of them where none is named. */
export interface Place {
  readonly merchant: Named;
  readonly store?: Named | null;
}

export const VOUCHER_STATES = ["issued", "redeemed", "expired", "void"] as const;
export type VoucherState = (typeof VOUCHER_STATES)[number];

/** One use of a voucher. */
export interface Use {
  readonly id: string;
  readonly at: string;
  readonly amount_fen: number;
  readonly store: Named;
  readonly merchant: Named;
  readonly is_reversed: boolean;
}

/** A voucher of the member who asks. */
export interface Voucher {
  readonly id: string;
  readonly campaign: Named & {
    readonly rule: string;
    readonly min_spend_fen: number;
    readonly is_partial: boolean;
    /** Whether it is paused: nothing can be redeemed now. */
    readonly is_frozen?: boolean;
  };
  readonly state: VoucherState;
  readonly face_fen: number;
  readonly left_fen: number;
  readonly issued_at: string;
  readonly expires_at: string;
  readonly places: readonly Place[];
  readonly redemptions?: readonly Use[];
}

/** A page of vouchers, and what is said of all of them. */
export interface Vouchers {
  readonly items: readonly Voucher[];
  readonly next: string | null;
  readonly live: number;
  readonly saved_fen_year: number;
  readonly times_year: number;
}

/** What is shown to a merchant for a minute. */
export interface Code {
  readonly code: string;
  readonly expires_at: string;
  readonly seconds: number;
  /** The text of the QR code. */
  readonly qr: string;
}

export interface Campaign extends Named {
  readonly rule: string;
  readonly category: string;
  readonly mode: "first_come" | "draw";
  readonly state: string;
  readonly opens_at: string;
  readonly closes_at: string;
  readonly face_fen: number;
  readonly min_spend_fen: number;
  readonly limit_total: number;
  readonly stock: number;
  readonly left: number;
  readonly places: readonly Place[];
  readonly draw?: {
    readonly commitment: string;
    readonly entries: number;
    readonly drawn_at?: string | null;
  } | null;
}

/** Whether a member may claim, rule by rule. */
export interface Eligibility {
  readonly is_eligible: boolean;
  readonly rules: readonly { readonly rule: string; readonly is_met: boolean; readonly reason: string }[];
  readonly limits: readonly {
    readonly period: string;
    readonly limit: number;
    readonly used: number;
  }[];
  /** His entry in the draw, where he has one. */
  readonly entry?: {
    readonly number: number;
    readonly weight: number;
    readonly has_won?: boolean | null;
  } | null;
}

/** Taking part in a draw. */
export interface Entry {
  readonly number: number;
  readonly weight: number;
  readonly entries: number;
}

/** All that is public of a draw. */
export interface Draw {
  readonly campaign_id: string;
  readonly commitment: string;
  readonly seed?: string | null;
  readonly digest?: string | null;
  readonly stock: number;
  readonly entries: readonly {
    readonly number: number;
    readonly weight: number;
    readonly has_won?: boolean | null;
  }[];
  readonly drawn_at?: string | null;
}

/** What came of redeeming. */
export interface Redeemed {
  readonly id: string;
  readonly at: string;
  readonly amount_fen: number;
  readonly left_fen: number;
  readonly campaign: Named;
  readonly store: Named;
}

/** A redemption in a till's list. */
export interface Taken {
  readonly id: string;
  readonly at: string;
  readonly amount_fen: number;
  readonly union_fen: number;
  readonly campaign: Named;
  readonly store: Named;
  readonly is_reversed: boolean;
  readonly is_settled: boolean;
}

/** A day of a till. */
export interface Day {
  readonly items: readonly Taken[];
  readonly next: string | null;
  readonly count: number;
  readonly sum_fen: number;
}

/** A merchant's books that were closed. */
export interface Settled {
  readonly id: string;
  readonly number: string;
  readonly until_day: string;
  readonly redemptions: number;
  readonly due_fen: number;
}
