// What the board shows, as the service tells it, and how it is put together for the eye. Pure.

import type { Coded, Named, Rates, RowDue, State } from "../types";

/** A case on the board: never its words. */
export interface BoardCase {
  readonly id?: string;
  readonly number: string;
  readonly category: Coded;
  readonly department?: Named | null;
  readonly due: RowDue;
}

/** The whole board. */
export interface Facts {
  readonly at: string;
  readonly period?: { readonly from: string; readonly to: string } | null;
  readonly rates: Rates;
  readonly states: Readonly<Partial<Record<State, number>>>;
  readonly open: number;
  readonly due_today: number;
  readonly overdue: number;
  readonly supervised: number;
  /** Overdue first, then by what is left. */
  readonly due: readonly BoardCase[];
  readonly departments: readonly {
    readonly id?: string | null;
    readonly name: string | null;
    readonly open: number;
    readonly overdue: number;
    readonly due_today: number;
  }[];
  /** `2026-11` and what came in and was closed in it. */
  readonly trend: readonly { readonly month: string; readonly received: number; readonly closed: number }[];
  readonly categories: readonly (Coded & { readonly count: number })[];
}

/** The parts of the strip: what an open case waits for, and the states that are that. */
export const FLOW = [
  ["to_dispatch", ["submitted", "returned"]],
  ["to_accept", ["dispatched"]],
  ["working", ["accepted", "in_progress"]],
  ["waiting", ["needs_info"]],
  ["to_call", ["answered", "called_back"]],
  ["appealed", ["appealed"]],
] as const satisfies readonly (readonly [string, readonly State[]])[];
export type FlowName = (typeof FLOW)[number][0];

/** How many cases are where. Reviews are rare: without one they have no place. */
export function flowOf(states: Facts["states"]): { name: FlowName; count: number; state: State }[] {
  const parts = FLOW.map(([name, of]) => ({
    name,
    state: of[0],
    count: of.reduce((sum, state) => sum + (states[state] ?? 0), 0),
  }));
  return parts.filter(({ name, count }) => name !== "appealed" || count > 0);
}

/** A share in per cent with one decimal as text; nothing where nothing is counted. */
export function percentOf({ percent, denominator }: Rates["response"]): string | undefined {
  if (denominator === 0 || percent === null) return undefined;
  return Number(percent).toFixed(1);
}

/** The marks of a department: its open cases with the late ones first, at most so many. */
export function marksOf(
  department: Facts["departments"][number],
  most: number,
): { marks: ("late" | "today" | "open")[]; left: number } {
  const { open, overdue, due_today: today } = department;
  const marks = Array.from({ length: open }, (_, at) =>
    at < overdue ? ("late" as const) : at < overdue + today ? ("today" as const) : ("open" as const),
  );
  return { marks: marks.slice(0, most), left: Math.max(0, open - most) };
}
