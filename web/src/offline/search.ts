// The questions of the page put to a copy: what fits now, and what would, were it open. The rules are the
// server's; what lies beyond the ground that the copy knows is not guessed.

import type { Place } from "../address";
import { type Asked, listHref, type Wanted } from "./asked";
import { AROUND_M, type CopiedStation, type Copy, type Covering } from "./copy";
import { chord_m, ecef } from "./geodesy";
import { type Station, stationAt } from "./station";

/** How far a list reaches, in metres, and how many it names. */
const WITHIN_M = 5000;
const NEAREST = 20;
const LATER = 10;
/** How many of the nearest are looked at for those that are closed. */
const LOOKED_AT = 50;
const PAGE = 200;
/** What borders are measured to. */
const SURE = 0.98;

/** What was found. */
export interface Found {
  readonly fitting: readonly Station[];
  readonly later: readonly Station[];
  /** The nearest one past the limit, where the copy can know that it is the nearest. */
  readonly beyond: Station | undefined;
  readonly nextHref: string | undefined;
}

/** The stations nearest to a place; those that fit but for the hour come after. */
export function nearest({ copy, inside_m }: Covering, from: Place, asked: Asked, at_ms: number): Found {
  const here = ecef(from);
  const ways = copy.stations
    .filter((facts) => lasts(facts, asked.wanted))
    .map((facts) => ({ facts, far_m: chord_m(here, ecef(facts)) }))
    .sort((a, b) => a.far_m - b.far_m || (a.facts.id < b.facts.id ? -1 : 1));
  const near = ways.filter((way) => way.far_m <= WITHIN_M);
  const seen = ({ facts }: { facts: CopiedStation }) => stationAt(copy, facts, at_ms, from);
  const fitting = first(near, NEAREST, seen, (station) => fits(station, asked.wanted));
  const others = asked.wanted.isOpen ? near.slice(0, LOOKED_AT).map(seen) : [];
  const later = others
    .filter((station) => !station.isOpen && wouldFit(station, asked.wanted))
    .slice(0, LATER);
  const known_m = AROUND_M + (inside_m > 0 ? inside_m * SURE : inside_m / SURE);
  const known = fitting.length > 0 ? [] : ways.filter((way) => way.far_m <= known_m);
  const [beyond] = first(known, 1, seen, (station) => fits(station, asked.wanted));
  return { fitting, later, beyond, nextHref: undefined };
}

/** The stations of a copy's district, those that fit before those that do not now. */
export function ofDistrict(copy: Copy, asked: Asked, at_ms: number): Found {
  const { wanted, after } = asked;
  const chosen = copy.stations
    .filter((facts) => facts.district === copy.district && lasts(facts, wanted))
    .filter((facts) => after === undefined || facts.id > after)
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map((facts) => stationAt(copy, facts, at_ms))
    .filter((station) => wanted.isOpen || fits(station, wanted));
  const page = chosen.slice(0, PAGE);
  const last = chosen.length > PAGE ? page.at(-1) : undefined;
  const nextHref = last && listHref({ ...asked, after: last.facts.id });
  if (!wanted.isOpen) return { fitting: page, later: [], beyond: undefined, nextHref };
  const all = page.filter((station) => wouldFit(station, wanted));
  const fitting = all.filter((station) => fits(station, wanted));
  const later = all.filter((station) => !station.isOpen);
  return { fitting, later, beyond: undefined, nextHref };
}

/** The first so many that fit, looking at no more than needed. */
function first<T>(
  from: readonly T[],
  most: number,
  seen: (one: T) => Station,
  isFit: (s: Station) => boolean,
) {
  const found: Station[] = [];
  for (const one of from) {
    const station = seen(one);
    if (isFit(station)) found.push(station);
    if (found.length === most) break;
  }
  return found;
}

/** What does not depend on the instant. */
function lasts(facts: CopiedStation, wanted: Wanted): boolean {
  return (!wanted.noPhone || facts.no_phone === true) && (!wanted.alwaysOpen || facts.always_open);
}

function fits(station: Station, wanted: Wanted): boolean {
  const needsOpen = wanted.isOpen || wanted.facilities.length > 0;
  const usable = (code: string) => station.facilities.some((f) => f.code === code && f.isOpen);
  return (!needsOpen || station.isOpen) && wanted.facilities.every(usable);
}

/** Whether a station offers what is wanted, whatever the hour. */
function wouldFit(station: Station, wanted: Wanted): boolean {
  const has = (code: string) => station.facilities.some((f) => f.code === code && f.isOffered);
  return wanted.facilities.every(has);
}
