// The offline copy as the server writes it: a district and the 5 km around it with their next 48 hours.

import type { Place } from "../address";
import type { State } from "../door";
import type { Outline } from "./outline";
import { inside_m } from "./outline";

/** How far around its district a copy reaches, in metres. */
export const AROUND_M = 5000;
/** So far outside every outline a place may be and still belong to the nearest district, as the server has it. */
const SNAP_M = 2000;

/** What becomes of a station from an instant on. Instants are RFC 3339 with the city's offset. */
export interface Transition {
  readonly from: string;
  readonly state: State;
  readonly provisional: boolean;
  readonly opens_at: string | null;
  readonly closes_at: string | null;
  readonly notice?: string;
}

/** What a notice says of a facility. */
export interface FacilityNotice {
  readonly effect: "closed" | "open";
  readonly reason: string;
}

/** What becomes of a facility from an instant on. */
export interface FacilityTransition {
  readonly from: string;
  readonly in_season: boolean;
  readonly usable: boolean;
  readonly until?: string;
  readonly notice?: FacilityNotice;
}

/** A notice for a station or one of its facilities; without an end it holds until it is withdrawn. */
export interface CopiedNotice {
  readonly from: string;
  readonly to: string | null;
  readonly effect: "closed" | "open";
  readonly facility?: string;
  /** The hours that a regime adds, in words. */
  readonly hours_text?: string;
  readonly reason: string;
}

/** A facility of a station. */
export interface CopiedFacility {
  readonly code: string;
  readonly working: boolean;
  readonly broken_since?: string;
  /** Month and day of its first and last day: `11-15/03-15`. */
  readonly season?: string;
  readonly count?: number;
  readonly note?: string;
  readonly transitions: readonly FacilityTransition[];
}

/** A station with what does not depend on the instant, and its transitions. */
export interface CopiedStation {
  readonly id: string;
  readonly code: string | null;
  readonly name: string;
  readonly signboard: string;
  readonly district: string | null;
  readonly address: string | null;
  readonly lon: number;
  readonly lat: number;
  readonly host: string | null;
  readonly partner?: string;
  readonly access: readonly string[];
  readonly no_phone: boolean | null;
  readonly always_open: boolean;
  readonly hours: string | null;
  readonly hours_text: string;
  readonly phone: string | null;
  readonly rating: number | null;
  readonly last_confirmed: string | null;
  readonly demonstration: boolean;
  readonly nav: Readonly<Record<"amap" | "baidu" | "tencent" | "apple" | "geo", string>>;
  readonly notices: readonly CopiedNotice[];
  readonly transitions: readonly Transition[];
  readonly facilities: readonly CopiedFacility[];
}

/** A copy. */
export interface Copy {
  readonly district: string;
  readonly name: string;
  readonly outline: Outline;
  readonly revision: number;
  /** From here on it speaks, and until there. */
  readonly at: string;
  readonly until: string;
  readonly walk: { readonly walk_m_s: number; readonly ride_m_s: number; readonly detour: number };
  readonly facility_words: Readonly<Record<string, string>>;
  readonly host_words: Readonly<Record<string, string>>;
  readonly stations: readonly CopiedStation[];
}

/** The languages of copies and pages. */
export type Language = "zh" | "en";

/** The language of a tag such as `zh-CN`. */
export function languageOf(tag: string): Language {
  return tag.startsWith("en") ? "en" : "zh";
}

/** Reads a copy; `undefined` where it is none, for instance the page of a network that wants a login. */
export function readCopy(value: unknown): Copy | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const copy = value as Partial<Copy>;
  const isTold = Number.isFinite(Date.parse(copy.at ?? "")) && Number.isFinite(Date.parse(copy.until ?? ""));
  const isWhole = Array.isArray(copy.stations) && Array.isArray(copy.outline?.coordinates) && copy.walk;
  return isTold && isWhole && typeof copy.district === "string" ? (copy as Copy) : undefined;
}

/** A copy that speaks of a place, and how far the place is inside its outline, in metres; negative outside. */
export interface Covering {
  readonly copy: Copy;
  readonly inside_m: number;
}

/** The copy for a place: of the district around it, else of the nearest one within 2 km. */
export function covering(copies: readonly Copy[], place: Place): Covering | undefined {
  const measured = copies.map((copy) => ({ copy, inside_m: inside_m(copy.outline, place) }));
  const [best] = measured.sort((a, b) => b.inside_m - a.inside_m);
  return best && best.inside_m >= -SNAP_M ? best : undefined;
}
