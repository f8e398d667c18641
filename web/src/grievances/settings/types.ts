// What the service says of its settings, as types.

import type { Coded, Named, Urgency } from "../types";

/** A category as it is set. */
export interface CategorySetting extends Coded {
  readonly version: number;
  readonly name_en: string;
  readonly urgency: Urgency;
  /** Whether no case of it is ever published. */
  readonly confidential: boolean;
  readonly active: boolean;
  /** For so many years a case of it is kept once it has ended; nothing: as long as the settings say. */
  readonly retain_years: number | null;
}

/** To which department a case is proposed; without category or district for every one. */
export interface Rule {
  readonly category: string | null;
  readonly district: string | null;
  /** The department's id. */
  readonly department: string;
}

/** The same as the service tells it. */
export type Route = Omit<Rule, "department"> & { readonly department: Named };
