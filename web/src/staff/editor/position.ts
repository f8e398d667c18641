// Positions as one writes them, and what can be said of a place: its district, its distance from another.

import type { Place } from "../../address";
import { type Datum, fromWgs84, toWgs84 } from "../../datum";
import { inside_m } from "../../offline/outline";
import { type District, districts } from "../shell";

export type { Place };

/** The three systems that maps in China use. */
export const DATUMS: readonly Datum[] = ["wgs84", "gcj02", "bd09"];
/** Six decimals are a tenth of a metre. */
const DECIMALS = 6;
/** Outlines are coarse: a place so far outside may still belong to the district. */
const COARSE_M = 2000;

/** A WGS-84 place in a system, as one writes it: longitude first. */
export function written(place: Place, datum: Datum): string {
  const { lon, lat } = fromWgs84(datum, place);
  return `${lon.toFixed(DECIMALS)}, ${lat.toFixed(DECIMALS)}`;
}

/** What somebody wrote as coordinates. */
export type Reading =
  | { readonly ok: true; readonly place: Place; readonly isSwapped: boolean }
  | { readonly ok: false };

/**
 * Reads two numbers in a system as a WGS-84 place. In China a longitude is over 73 and a latitude under 54, so
 * numbers in the other order are read as what they are.
 */
export function readPlace(text: string, datum: Datum): Reading {
  const numbers = text.replace(/[，；;°/]/g, " ").match(/-?\d+(?:\.\d+)?/g) ?? [];
  if (numbers.length !== 2) return { ok: false };
  const [first = 0, second = 0] = numbers.map(Number);
  const isSwapped = first <= 54 && second >= 73;
  const [lon, lat] = isSwapped ? [second, first] : [first, second];
  if (Math.abs(lon) > 180 || Math.abs(lat) > 90) return { ok: false };
  const { lon: east, lat: north } = toWgs84(datum, { lon, lat });
  return { ok: true, place: { lon: rounded(east), lat: rounded(north) }, isSwapped };
}

/** A place to a tenth of a metre. */
export function roundedPlace({ lon, lat }: Place): Place {
  return { lon: rounded(lon), lat: rounded(lat) };
}

function rounded(degrees: number): number {
  return Number(degrees.toFixed(DECIMALS));
}

/** Where a place is, seen from the district that a station is said to be in. */
export type Within =
  | { readonly kind: "inside" }
  | { readonly kind: "near"; readonly metres: number }
  | { readonly kind: "other"; readonly name: string }
  | { readonly kind: "nowhere" };

/** Whether a place is in a district, near it, or in another. */
export function within(place: Place, adcode: string | null): Within {
  const own = districts.find((district) => district.adcode === adcode);
  const metres = own ? inside_m(own, place) : Number.NEGATIVE_INFINITY;
  if (metres >= 0) return { kind: "inside" };
  const other = districtAt(place);
  if (other) return { kind: "other", name: other.name };
  return metres > -COARSE_M ? { kind: "near", metres: -metres } : { kind: "nowhere" };
}

/** The district whose ground holds a place. */
export function districtAt(place: Place): District | undefined {
  return districts.find((district) => inside_m(district, place) >= 0);
}
