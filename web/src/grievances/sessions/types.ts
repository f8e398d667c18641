// Sessions: a reception day, a visit day or a live stream, from which many cases come at once.

import type { Named, Receipt } from "../types";

export const SESSION_KINDS = ["reception_day", "visit_day", "livestream"] as const;
export type SessionKind = (typeof SESSION_KINDS)[number];

export interface Session {
  readonly id: string;
  readonly version: number;
  readonly kind: SessionKind;
  /** `2026-11-24` */
  readonly date: string;
  readonly leader: string;
  readonly unit: string | null;
  readonly district: string | null;
  readonly departments: readonly Named[];
  readonly minutes: string | null;
  readonly cases: number;
}

/** What the service gives for the cases of a session: a receipt each. */
export interface Taken {
  readonly items: readonly Receipt[];
}
