// A station of the copy as of an instant: the last transition that has begun tells its state.

import type { Place } from "../address";
import type { State } from "../door";
import type { CopiedFacility, CopiedStation, Copy, FacilityNotice } from "./copy";
import { geodesic_m } from "./geodesy";

/** A facility as of an instant. */
export interface FacilityAt extends CopiedFacility {
  readonly inSeason: boolean;
  /** Whether it can be used: working, in season, within its own hours and the station's, or opened by a notice. */
  readonly isOpen: boolean;
  /** The notice in force for it. */
  readonly notice: FacilityNotice | undefined;
  readonly isClosedByNotice: boolean;
  /** Whether it is offered at all, whatever the hour. */
  readonly isOffered: boolean;
  readonly until_ms: number | undefined;
}

/** A station as of an instant, seen from a place if there is one. */
export interface Station {
  readonly facts: CopiedStation;
  readonly state: State;
  readonly isOpen: boolean;
  readonly isProvisional: boolean;
  readonly opens_ms: number | undefined;
  readonly closes_ms: number | undefined;
  readonly notice: string | undefined;
  readonly facilities: readonly FacilityAt[];
  readonly distance_m: number | undefined;
  readonly walk_s: number | undefined;
  readonly ride_s: number | undefined;
}

const begun = new WeakMap<readonly { readonly from: string }[], readonly number[]>();

/** The last transition at or before an instant; nothing before the first. */
export function holding<T extends { readonly from: string }>(
  transitions: readonly T[],
  at_ms: number,
): T | undefined {
  let froms_ms = begun.get(transitions);
  if (!froms_ms) {
    froms_ms = transitions.map(({ from }) => Date.parse(from));
    begun.set(transitions, froms_ms);
  }
  let last = transitions.length - 1;
  while (last >= 0 && (froms_ms[last] ?? 0) > at_ms) last--;
  return transitions[last];
}

/** Describes a station as of an instant. Before its copy was made nothing is known of it. */
export function stationAt(copy: Copy, facts: CopiedStation, at_ms: number, from?: Place): Station {
  const now = holding(facts.transitions, at_ms);
  const state = now?.state ?? "unknown";
  const isOpen = state === "open" || state === "closing_soon";
  const way_m = from && geodesic_m(from, facts);
  const trip_s = (speed_m_s: number) =>
    way_m === undefined ? undefined : Math.round((way_m * copy.walk.detour) / speed_m_s);
  return {
    facts,
    state,
    isOpen,
    isProvisional: now?.provisional ?? false,
    opens_ms: instant_ms(now?.opens_at),
    closes_ms: instant_ms(now?.closes_at),
    notice: now?.notice,
    facilities: facts.facilities.map((facility) => facilityAt(facility, isOpen, at_ms)),
    distance_m: way_m === undefined ? undefined : Math.round(way_m * 10) / 10,
    walk_s: trip_s(copy.walk.walk_m_s),
    ride_s: trip_s(copy.walk.ride_m_s),
  };
}

function facilityAt(facility: CopiedFacility, isStationOpen: boolean, at_ms: number): FacilityAt {
  const now = holding(facility.transitions, at_ms);
  const isOpen = isStationOpen && now?.usable === true;
  const until_ms = isOpen ? instant_ms(now?.until) : undefined;
  const [inSeason, notice] = [now?.in_season ?? false, now?.notice];
  const isClosedByNotice = notice?.effect === "closed";
  const isOffered = facility.working && inSeason && !isClosedByNotice;
  return { ...facility, inSeason, isOpen, notice, isClosedByNotice, isOffered, until_ms };
}

/** An instant in milliseconds since 1970. */
export function instant_ms(text: string | null | undefined): number | undefined {
  return text ? Date.parse(text) : undefined;
}
