// The changes of one version as rows to read: texts before and after, lists as what came and went, a position as
// the distance that it moved.

import { geodesic_m } from "../../offline/geodesy";
import { wordOf } from "../shell";
import type { Change, Facility } from "../types";
import { describe, facilityWords } from "./describe";
import { same } from "./same";

/** One row of a diff. */
export type Row =
  | { readonly kind: "text"; readonly field: string; readonly old: string; readonly now: string }
  | {
      readonly kind: "moved";
      readonly field: string;
      readonly old: string;
      readonly now: string;
      readonly metres: number;
    }
  | {
      readonly kind: "list";
      readonly field: string;
      readonly added: readonly string[];
      readonly removed: readonly string[];
      readonly changed: readonly { readonly name: string; readonly old: string; readonly now: string }[];
    };

interface Place {
  readonly lat: number;
  readonly lon: number;
}

const ONE_FACILITY = "facilities.";
const LISTS = ["facilities", "access", "trades", "aliases", "other_facilities"];

/** The rows of a version's changes; `at` is where the station is, for a position of which one half changed. */
export function rowsOf(changes: readonly Change[], at: Place): readonly Row[] {
  const halves = changes.filter(({ field }) => field === "lat" || field === "lon");
  const facilities = changes.filter(({ field }) => field.startsWith(ONE_FACILITY));
  const others = changes.filter((change) => !halves.includes(change) && !facilities.includes(change));
  return [
    ...(halves.length > 0 ? [movedBy(halves, at)] : []),
    ...(facilities.length > 0 ? [facilityRow(facilities)] : []),
    ...others.map(rowOf),
  ];
}

/** Facilities change one by one, as `facilities.water`; together they are one row. */
function facilityRow(changes: readonly Change[]): Row {
  const sides = (which: "old" | "new") => changes.flatMap((change) => change[which] ?? []);
  return listRow("facilities", sides("old"), sides("new"));
}

function movedBy(halves: readonly Change[], at: Place): Row {
  const side = (which: "old" | "new"): Place | null => {
    const half = (field: string, usual: number) => {
      const change = halves.find((one) => one.field === field);
      return change ? change[which] : usual;
    };
    const [lat, lon] = [half("lat", at.lat), half("lon", at.lon)];
    return typeof lat === "number" && typeof lon === "number" ? { lat, lon } : null;
  };
  return moved("position", side("old"), side("new"));
}

function moved(field: string, old: Place | null, now: Place | null): Row {
  const [from, to] = [describe("position", old), describe("position", now)];
  if (!old || !now) return { kind: "text", field, old: from, now: to };
  return { kind: "moved", field, old: from, now: to, metres: geodesic_m(old, now) };
}

function rowOf({ field, old, new: now }: Change): Row {
  if (field === "position") return moved(field, placeOf(old), placeOf(now));
  if (LISTS.includes(field)) return listRow(field, listOf(old), listOf(now));
  return { kind: "text", field, old: describe(field, old), now: describe(field, now) };
}

/** A position as an object or as longitude and latitude. */
function placeOf(value: unknown): Place | null {
  if (Array.isArray(value)) return { lon: Number(value[0]), lat: Number(value[1]) };
  return value as Place | null;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function listRow(field: string, old: readonly unknown[], now: readonly unknown[]): Row {
  if (field !== "facilities") {
    const gone = old.filter((item) => !now.includes(item));
    const come = now.filter((item) => !old.includes(item));
    const words = (items: readonly unknown[]) => items.map((item) => describe(field, [item]));
    return { kind: "list", field, added: words(come), removed: words(gone), changed: [] };
  }
  const [before, after] = [old as readonly Facility[], now as readonly Facility[]];
  const find = (list: readonly Facility[], code: string) => list.find((one) => one.code === code);
  return {
    kind: "list",
    field,
    added: after.filter(({ code }) => !find(before, code)).map(facilityWords),
    removed: before.filter(({ code }) => !find(after, code)).map(({ code }) => wordOf("facility", code)),
    changed: after.flatMap((facility) => {
      const was = find(before, facility.code);
      if (!was || same(was, facility)) return [];
      return [
        { name: wordOf("facility", facility.code), old: facilityWords(was), now: facilityWords(facility) },
      ];
    }),
  };
}
