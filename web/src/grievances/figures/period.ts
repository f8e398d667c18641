// Periods of figures as the service reads them: a year, a month, or from a day to a day. Pure.

/** The periods that are one press away, for today as `2026-11-24`. */
export function presets(today: string): readonly { readonly name: PresetName; readonly period: string }[] {
  const [year = 0, month = 1] = today.split("-").map(Number);
  const before = month === 1 ? [year - 1, 12] : [year, month - 1];
  const ofMonth = (y: number, m: number) => `${y}-${String(m).padStart(2, "0")}`;
  return [
    { name: "this_year", period: String(year) },
    { name: "this_month", period: ofMonth(year, month) },
    { name: "last_month", period: ofMonth(before[0] ?? year, before[1] ?? month) },
    { name: "last_year", period: String(year - 1) },
  ];
}
export type PresetName = "this_year" | "this_month" | "last_month" | "last_year";

const SPAN = /^(\d{4}-\d\d-\d\d)\.\.(\d{4}-\d\d-\d\d)$/;

/** The days of a period that is a span. */
export function spanOf(period: string): { from: string; to: string } | undefined {
  const found = SPAN.exec(period);
  return found?.[1] && found[2] ? { from: found[1], to: found[2] } : undefined;
}

/** Whether a text is a period. */
export function isPeriod(text: string): boolean {
  return /^\d{4}(-(0[1-9]|1[0-2]))?$/.test(text) || SPAN.test(text);
}
