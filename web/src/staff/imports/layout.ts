// The measures of the sheet's grid, and how keys walk in it.

import type { Heading } from "./types";

/** The height of a row; the style sheet has the same. */
export const ROW_REM = 2.375;
/** So many rows are drawn above and below what is in view. */
export const OVER_ROWS = 8;
const LEAST_REM = 5;
const MOST_REM = 17;

/** The width of a column in rem: what its heading and samples take, within bounds. */
export function widthOf({ heading, samples }: Heading): number {
  const widest = Math.max(textWidth(heading) + 1.5, ...samples.map(textWidth));
  return Math.min(MOST_REM, Math.max(LEAST_REM, widest + 2.75));
}

/** The width of a text in rem: wide letters are as wide as the type is high, others about half. */
function textWidth(text: string): number {
  return [...text].reduce((sum, letter) => sum + ((letter.codePointAt(0) ?? 0) > 0x2e80 ? 0.8125 : 0.46), 0);
}

/** A step in the grid: rows down, columns to the right; a page of rows, or to an end. */
export type Walk =
  | { readonly rows: number; readonly columns: number }
  | { readonly pages: number }
  | { readonly to: "start" | "end" | "top" | "bottom" };

const KEYS: Readonly<Record<string, Walk>> = {
  ArrowUp: { rows: -1, columns: 0 },
  ArrowDown: { rows: 1, columns: 0 },
  ArrowLeft: { rows: 0, columns: -1 },
  ArrowRight: { rows: 0, columns: 1 },
  PageUp: { pages: -1 },
  PageDown: { pages: 1 },
  Home: { to: "start" },
  End: { to: "end" },
};

/** The step that a key means, if any. */
export function walkOf({ key }: { readonly key: string }): Walk | undefined {
  return Object.hasOwn(KEYS, key) ? KEYS[key] : undefined;
}

/** Where a step leads from a row (by its place in the list) and a column; column -1 is the number of the row. */
export function moved(
  at: number,
  column: number,
  walk: Walk,
  rows: number,
  columns: number,
  page: number,
): { readonly at: number; readonly column: number } {
  const within = (value: number, least: number, most: number) => Math.max(least, Math.min(most, value));
  const row = (by: number) => within(at + by, 0, rows - 1);
  if ("pages" in walk) return { at: row(walk.pages * page), column };
  if ("to" in walk) {
    if (walk.to === "top" || walk.to === "bottom") return { at: walk.to === "top" ? 0 : rows - 1, column };
    return { at: row(0), column: walk.to === "start" ? 0 : columns - 1 };
  }
  return { at: row(walk.rows), column: within(column + walk.columns, -1, columns - 1) };
}
