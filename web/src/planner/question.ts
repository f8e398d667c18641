// What is asked, as the address of the page holds it: who, what, how near, in which hour; and the addresses of the
// interface that answer it. A second question, to compare with, says only where it differs, as `b.facility` and so on.

import { doorWeek, type Period, timeOf, weekOf } from "./period";
import { present, WEEK } from "./week";

/** How near a station must be; nothing of a kind that is not asked. Both must hold where both are there. */
export interface Reach {
  readonly within_s: number | undefined;
  readonly within_m: number | undefined;
  readonly by: "walk" | "straight";
}

/** What counts as a place to rest. */
export const PLACES = ["stations", "service_points", "either"] as const;

/** A question without its time. */
export interface Question extends Reach {
  /** The layer of demand; empty: the service's choice. */
  readonly demand: string;
  readonly facility: readonly string[];
  readonly trade: readonly string[];
  readonly district: readonly string[];
  /** Layers of service points; all where it is empty. */
  readonly layer: readonly string[];
  readonly no_phone: boolean;
  readonly min: 1 | 2;
  readonly of: (typeof PLACES)[number];
  /** The hour of the week, 0 to 167. */
  readonly hour: number;
}

/** Which of two questions. */
export type Side = "a" | "b";
/** The marks of the second question's parameters. */
const B = "b.";
const LISTS = ["facility", "trade", "district", "layer"] as const;
const OWN = [...LISTS, "demand", "within_s", "within_m", "by", "no_phone", "min", "of", "hour"] as const;
const REACH = ["within_s", "within_m", "by"] as const;
const USUAL_S = 900;

/** Whether an address compares two questions. */
export function isCompared(held: URLSearchParams): boolean {
  return held.get("compare") === "1";
}

/** The question of a side. What the second one does not say is as in the first. */
export function questionOf(held: URLSearchParams, side: Side): Question {
  const isReachOwn = REACH.some((name) => held.has(B + name));
  const get = (name: string): string => {
    const isReach = (REACH as readonly string[]).includes(name);
    const own = side === "b" && (isReach ? isReachOwn : held.has(B + name));
    return held.get(own ? B + name : name) ?? "";
  };
  const list = (name: string) => get(name).split(",").filter(Boolean);
  const within_m = whole(get("within_m"), 1, 50_000);
  const within_s = whole(get("within_s"), 1, 14_400) ?? (within_m === undefined ? USUAL_S : undefined);
  return {
    demand: get("demand"),
    facility: list("facility"),
    trade: list("trade"),
    district: list("district"),
    layer: list("layer"),
    no_phone: get("no_phone") === "true",
    within_s,
    within_m,
    by: get("by") === "straight" ? "straight" : "walk",
    min: get("min") === "2" ? 2 : 1,
    of: PLACES.find((code) => code === get("of")) ?? "stations",
    hour: whole(get("hour"), 0, WEEK - 1) ?? present().hour,
  };
}

function whole(text: string, least: number, most: number): number | undefined {
  if (!/^\d{1,6}$/.test(text)) return undefined;
  const number = Number(text);
  return number >= least && number <= most ? number : undefined;
}

/** A question as parameters; what holds without being said is left out, but for the hour. */
function spoken(question: Question): Map<string, string> {
  const { within_s, within_m, by } = question;
  const isUsual = within_s === USUAL_S && within_m === undefined && by === "walk";
  return new Map([
    ...LISTS.map((name): [string, string] => [name, question[name].join(",")]),
    ["demand", question.demand],
    ["within_s", isUsual || within_s === undefined ? "" : String(within_s)],
    ["within_m", within_m === undefined ? "" : String(within_m)],
    ["by", by === "straight" ? by : ""],
    ["no_phone", question.no_phone ? "true" : ""],
    ["min", question.min === 2 ? "2" : ""],
    ["of", question.of === "stations" ? "" : question.of],
    ["hour", String(question.hour)],
  ]);
}

/** The parameters of an address after a side's question became another. */
export function changed(held: URLSearchParams, side: Side, change: Partial<Question>): URLSearchParams {
  const compared = isCompared(held);
  const before = { a: questionOf(held, "a"), b: questionOf(held, "b") };
  // The second question follows the first where it is the same: only what it says itself stays.
  const said = new URLSearchParams(held);
  if (side === "a" || !compared) {
    for (const [name, value] of spoken({ ...before.a, ...change })) put(said, name, value);
    return said;
  }
  const [first, second] = [spoken(before.a), spoken({ ...before.b, ...change })];
  const isReachSame = REACH.every((name) => first.get(name) === second.get(name));
  for (const name of OWN) {
    const isReach = (REACH as readonly string[]).includes(name);
    const isSame = isReach ? isReachSame : first.get(name) === second.get(name);
    if (isSame) said.delete(B + name);
    else said.set(B + name, second.get(name) ?? "");
  }
  // A walk of a quarter of an hour is what holds without being said, so it is said where the first asks otherwise.
  if (!isReachSame && !REACH.some((name) => second.get(name))) said.set(`${B}within_s`, String(USUAL_S));
  return said;
}

/** Begins to compare, or stops and forgets the second question. */
export function comparing(held: URLSearchParams, on: boolean): URLSearchParams {
  const said = new URLSearchParams(held);
  if (on) said.set("compare", "1");
  else for (const name of [...said.keys()]) if (name === "compare" || name.startsWith(B)) said.delete(name);
  return said;
}

function put(said: URLSearchParams, name: string, value: string): void {
  if (value) said.set(name, value);
  else said.delete(name);
}

/** The parameters that the interface is asked with, without the time. */
function asked(question: Question): URLSearchParams {
  const query = new URLSearchParams();
  for (const [name, value] of spoken(question)) if (name !== "hour") put(query, name, value);
  const { within_s, within_m } = question;
  if (within_s !== undefined) query.set("within_s", String(within_s));
  if (within_m !== undefined) query.set("within_m", String(within_m));
  return query;
}

const V1 = "/api/v1";
type Parameters = Readonly<Record<string, string | number>>;

function address(path: string, query: URLSearchParams, more: Parameters): string {
  for (const [name, value] of Object.entries(more)) query.set(name, String(value));
  return `${V1}/${path}?${query.toString().replaceAll("%2C", ",").replaceAll("%3A", ":")}`;
}

/** Who is covered. */
export function coverageAddress(question: Question, period: Period, more: Parameters = {}): string {
  return address("coverage", asked(question), { ...timeOf(period, question.hour), ...more });
}

/** The 168 hours; of the week on view, or of a season. */
export function timetableAddress(question: Question, period: Period, more: Parameters = {}): string {
  return address("coverage/timetable", asked(question), { ...weekOf(period), ...more });
}

/** The cells, or with a format the list of those with gaps. */
export function gapsAddress(question: Question, period: Period, more: Parameters = {}): string {
  return address("coverage/gaps.geojson", asked(question), { ...timeOf(period, question.hour), ...more });
}

/** Which hours at which stations would cover most; in a season those of its first week. */
export function extensionsAddress(question: Question, period: Period, more: Parameters = {}): string {
  return address("coverage/extensions", asked(question), { week: doorWeek(period), ...more });
}

/** The query of the station tiles: what stations must have, and at which instant. */
export function tileQueryOf(question: Question, at: string): string {
  const query = new URLSearchParams();
  put(query, "facility", question.facility.join(","));
  if (question.no_phone) query.set("no_phone", "true");
  query.set("at", at);
  return query.toString();
}
