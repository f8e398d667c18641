// The steps of the wizard: which one an address shows, and how far each has come.

import { type Duplicate, type Import, LEVELS, type Level, type Problem } from "./types";

export const STEPS = ["columns", "place", "problems", "duplicates", "commit"] as const;
export type Step = (typeof STEPS)[number];

/** Problems of the headings: without these columns nothing can be read. */
const OF_HEADINGS = ["name_column_missing", "position_columns_missing"];

/** What still has to be done in each step, as a number; 0 where it is done. */
export function openIn(step: Step, it: Import): number {
  switch (step) {
    case "columns":
      return it.problems.filter(({ code }) => OF_HEADINGS.includes(code)).length;
    case "place":
      return it.crs.doubtful && !it.options.crs_confirmed ? 1 : 0;
    case "problems":
      return it.errors;
    case "duplicates":
      return it.duplicates.filter(isOpen).length;
    case "commit":
      return it.state === "committed" ? 0 : 1;
  }
}

/** The step of an address; without one the first in which something is open. */
export function stepOf(parameters: URLSearchParams, it: Import): Step {
  if (it.state === "committing") return "commit";
  const asked = STEPS.find((step) => step === parameters.get("step"));
  if (asked) return asked;
  if (it.state !== "planned") return "commit";
  return STEPS.find((step) => openIn(step, it) > 0) ?? "commit";
}

/** Whether a pair still has to be decided. Two rows with one code are an error of the sheet, which is mended there. */
export function isOpen({ decision, reason }: Duplicate): boolean {
  return decision === null && reason !== "code";
}

/** The address of a step. */
export function hrefOf(id: string, step: Step, more: Readonly<Record<string, string>> = {}): string {
  return `/staff/imports/${id}?${new URLSearchParams({ step, ...more })}`;
}

/** What is wrong with the whole file stands in no row. */
const OF_FILE = [...OF_HEADINGS, "crs_doubtful", "column_twice", "map_column_unknown", "map_field_twice"];

/** Whether a problem is shown with the columns: it is about them, or stands in no row. */
export function isOfColumns({ code, row }: Problem): boolean {
  return OF_FILE.includes(code) || (row ?? null) === null;
}

/** Where the rows with a kind of problem are, or what else it is about. */
export function hrefOfKind(id: string, code: string): string {
  if (!OF_FILE.includes(code)) return hrefOf(id, "problems", { code });
  return hrefOf(id, code === "crs_doubtful" ? "place" : "columns");
}

/** The step in which something that blocks the commit is put right. */
export function stepFor(code: string): { readonly step: Step; readonly more: Record<string, string> } {
  if (code === "crs_doubtful") return { step: "place", more: {} };
  if (code.startsWith("duplicates")) return { step: "duplicates", more: {} };
  if (OF_HEADINGS.includes(code)) return { step: "columns", more: {} };
  return { step: "problems", more: { level: "error" } };
}

/** Which rows the grid shows. */
export interface RowFilter {
  readonly levels: readonly Level[];
  readonly code: string;
  readonly row: number | undefined;
}

const CODE = /^[a-z0-9_]{1,40}$/;

/** The filter of an address; what it does not know it passes over. */
export function readFilter(parameters: URLSearchParams): RowFilter {
  const asked = (parameters.get("level") ?? "").split(",");
  const code = parameters.get("code") ?? "";
  const row = parameters.get("row") ?? "";
  return {
    levels: LEVELS.filter((level) => asked.includes(level)),
    code: CODE.test(code) ? code : "",
    row: /^\d{1,7}$/.test(row) ? Number(row) : undefined,
  };
}

/** The filter as parameters of an address. */
export function writeFilter({ levels, code, row }: RowFilter): Record<string, string> {
  return {
    ...(levels.length > 0 ? { level: levels.join(",") } : {}),
    ...(code ? { code } : {}),
    ...(row === undefined ? {} : { row: String(row) }),
  };
}
