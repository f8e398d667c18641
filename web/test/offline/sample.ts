// A copy with a few stations for the tests.

import type { CopiedFacility, CopiedStation, Copy, Transition } from "../../src/offline/copy";
import { type Kept, keyOf } from "../../src/offline/store";

/** When the copy was made: a Tuesday morning in winter. */
export const AT = "2026-11-24T10:00:00+08:00";
export const UNTIL = "2026-11-26T10:00:00+08:00";

/** A state from an instant on. */
export function turn(from: string, state: Transition["state"], more: Partial<Transition> = {}): Transition {
  return { from, state, provisional: false, opens_at: null, closes_at: null, ...more };
}

/** A facility that can be used all the time that the copy speaks of. */
export function facility(code: string, more: Partial<CopiedFacility> = {}): CopiedFacility {
  const transitions = [
    { from: AT, in_season: true, usable: true },
    { from: UNTIL, in_season: true, usable: false },
  ];
  return { code, working: true, transitions, ...more };
}

/** A station that is always open. */
export function station(id: string, more: Partial<CopiedStation> = {}): CopiedStation {
  return {
    id,
    code: null,
    name: `驿站${id}`,
    signboard: `驿站${id}`,
    district: "130304",
    address: null,
    lon: 119.49,
    lat: 39.83,
    host: null,
    access: [],
    no_phone: null,
    always_open: true,
    hours: "24/7",
    hours_text: "24小时",
    phone: null,
    rating: null,
    last_confirmed: null,
    demonstration: false,
    nav: { amap: "https://a", baidu: "https://b", tencent: "https://t", apple: "https://p", geo: "geo:0,0" },
    notices: [],
    transitions: [turn(AT, "open"), turn(UNTIL, "unknown")],
    facilities: [],
    ...more,
  };
}

/** A copy of a square of about 34 by 44 km. */
export function copy(stations: readonly CopiedStation[], more: Partial<Copy> = {}): Copy {
  const ring = [
    [119.3, 39.6],
    [119.7, 39.6],
    [119.7, 40],
    [119.3, 40],
    [119.3, 39.6],
  ] as const;
  return {
    district: "130304",
    name: "北戴河区",
    outline: { coordinates: [[ring]] },
    revision: 7,
    at: AT,
    until: UNTIL,
    walk: { walk_m_s: 1.25, ride_m_s: 4, detour: 1.3 },
    facility_words: { microwave: "微波炉", toilet: "厕所" },
    host_words: {},
    stations,
    ...more,
  };
}

/** A copy as it is kept. */
export function kept(stations: readonly CopiedStation[], more: Partial<Kept> = {}): Kept {
  const made = copy(stations);
  return {
    key: keyOf("130304", "zh"),
    language: "zh",
    etag: '"7"',
    asked_ms: Date.parse(AT),
    copy: made,
    ...more,
  };
}
