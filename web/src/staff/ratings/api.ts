// The service's interface for stars and the rules by which they are given.

import { ask } from "../http";

const V1 = "/api/v1";

export interface Clause {
  readonly code: string;
  readonly zh: string;
  readonly en: string;
  readonly measure: string;
  readonly target: number;
  readonly points: number;
  readonly cap: number | null;
}

export interface Level {
  readonly stars: number;
  readonly points: number;
  readonly known: number;
}

export interface Rules {
  readonly clauses: readonly Clause[];
  readonly levels: readonly Level[];
}

export type Verdict = "met" | "failed" | "unknown";

/** A clause with what became of it. */
export interface Outcome extends Clause {
  readonly unit: "number" | "m2" | "hours" | "days" | "share";
  readonly at_least: boolean;
  readonly verdict: Verdict;
  readonly value: number | null;
  readonly numerator: number | null;
  readonly denominator: number | null;
  readonly evidence: readonly string[];
  readonly unknown: "not_stated" | "too_few_days" | null;
}

export interface Given {
  readonly at: string;
  readonly rules_version: number;
  readonly stars: number;
  readonly score: number;
  readonly clauses: readonly Outcome[];
}

export interface StationRating extends Given {
  readonly station: string;
  readonly name: string;
  readonly points: { readonly earned: number; readonly known: number; readonly all: number };
  readonly held_by: readonly string[];
  readonly next: { readonly stars: number; readonly steps: readonly string[] } | null;
  readonly given: readonly Given[];
}

export interface Rated {
  readonly id: string;
  readonly name: string;
  readonly code: string | null;
  readonly district: string | null;
  readonly stars: number | null;
  readonly score: number | null;
  readonly rules_version: number | null;
  readonly at: string | null;
  readonly failed: readonly string[];
}

export interface Ratings {
  readonly items: readonly Rated[];
  readonly next?: string;
  readonly counts: Readonly<Record<string, number>>;
  readonly rules_version: number;
}

export interface RulesVersion {
  readonly version: number;
  readonly rules: Rules;
  readonly note: string | null;
  readonly by: { readonly id: string; readonly name: string | null } | null;
  readonly created: string;
}

export interface RulesVersions {
  readonly items: readonly RulesVersion[];
  readonly measures: readonly {
    readonly code: string;
    readonly words: string;
    readonly unit: string;
    readonly at_least: boolean;
  }[];
}

export const readRating = (station: string) => ask<StationRating>("GET", `${V1}/stations/${station}/rating`);
export const computeRatings = () =>
  ask<{ stations: number; changed: number }>("POST", `${V1}/ratings/compute`, {});
export const readRules = () => ask<RulesVersions>("GET", `${V1}/ratings/rules`);
export const writeRules = (seen: number, rules: Rules, note: string) =>
  ask<RulesVersions>("POST", `${V1}/ratings/rules`, {
    body: { rules, ...(note.trim() ? { note: note.trim() } : {}) },
    version: seen,
  });
