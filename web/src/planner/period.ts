// Over which time the figures are: an hour of a week, the whole week, or a season of days from and to.

import { addDays, instantOfHour, isDate, mondayOf, present } from "./week";

/** The kinds of spans. */
export const SPANS = ["hour", "week", "season"] as const;
export type Span = (typeof SPANS)[number];

/** The longest season in days, both ends counted. */
export const MOST_DAYS = 366;

/** The time of a question. */
export interface Period {
  readonly span: Span;
  /** The Monday of the week on view. */
  readonly week: string;
  /** First and last day of a season. */
  readonly from: string;
  readonly to: string;
}

/** The time that an address asks for; this week where it says nothing. */
export function periodOf(held: URLSearchParams): Period {
  const day = (name: string) => {
    const text = held.get(name) ?? "";
    return isDate(text) ? text : undefined;
  };
  const week = mondayOf(day("week") ?? present().week);
  const from = day("from") ?? week;
  const wanted = day("to") ?? addDays(from, 27);
  const fault = seasonFault(from, wanted);
  // An address that nobody could have chosen is brought back to a season that can be.
  const to = fault === "order" ? from : fault === "length" ? addDays(from, MOST_DAYS - 1) : wanted;
  const span = SPANS.find((code) => code === held.get("span")) ?? "hour";
  return { span, week, from, to };
}

/** What is wrong with a season, if anything is. */
export function seasonFault(from: string, to: string): "order" | "length" | undefined {
  if (to < from) return "order";
  return addDays(from, MOST_DAYS) <= to ? "length" : undefined;
}

/** The parameters of the time of figures. */
export function timeOf(period: Period, hour: number): Readonly<Record<string, string>> {
  return period.span === "hour" ? { at: instantOfHour(period.week, hour) } : weekOf(period);
}

/** The parameters of the time of a table of hours. */
export function weekOf({ span, week, from, to }: Period): Readonly<Record<string, string>> {
  return span === "season" ? { from, to } : { week };
}

/** The week whose doors the map shows: that on view, in a season its first. */
export function doorWeek({ span, week, from }: Period): string {
  return span === "season" ? mondayOf(from) : week;
}

/** The parameters of an address with another time. */
export function withPeriod(held: URLSearchParams, change: Partial<Period>): URLSearchParams {
  const said = new URLSearchParams(held);
  const { span, week, from, to } = { ...periodOf(held), ...change };
  const set = (name: string, value: string | undefined) =>
    value === undefined ? said.delete(name) : said.set(name, value);
  set("span", span === "hour" ? undefined : span);
  set("week", week === present().week ? undefined : week);
  set("from", span === "season" ? from : undefined);
  set("to", span === "season" ? to : undefined);
  return said;
}
