// Sessions: a reception day, a visit day or a live stream, from which many cases come at once.

import type { Fault } from "../../staff/http";
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
  readonly cases: number;
}

/** A session with its minutes. */
export interface WholeSession extends Session {
  readonly minutes: string | null;
}

/** What became of a row: a receipt, or what is wrong with it. Rows are counted from 1. */
export type Raised = { readonly row: number; readonly errors?: readonly Fault[] } & Partial<Receipt>;
