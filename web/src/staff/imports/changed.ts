// What a row would change of its station, as rows of a diff. The service says both sides as texts.

import { geodesic_m } from "../../offline/geodesy";
import { describe } from "../editor/describe";
import type { Row as DiffRow } from "../editor/diff";
import type { Change } from "../types";

interface Place {
  readonly lat: number;
  readonly lon: number;
}

/** The rows of a diff: a position as the distance that it moves, everything else before and after. */
export function changedRows(changes: readonly Change[], at: Place | null): readonly DiffRow[] {
  const [lat, lon] = ["lat", "lon"].map((name) => changes.find(({ field }) => field === name));
  const others = changes.filter(({ field }) => field !== "lat" && field !== "lon");
  const side = (which: "old" | "new"): Place => ({
    lat: Number(lat?.[which] ?? at?.lat),
    lon: Number(lon?.[which] ?? at?.lon),
  });
  const [old, now] = [side("old"), side("new")];
  const isMoved =
    (lat ?? lon) && [old, now].every((place) => Number.isFinite(place.lat) && Number.isFinite(place.lon));
  return [
    ...(isMoved ? [movedRow(old, now)] : []),
    ...others.map(({ field, old, new: now }) => ({
      kind: "text" as const,
      field,
      old: describe(field, old),
      now: describe(field, now),
    })),
  ];
}

function movedRow(old: Place, now: Place): DiffRow {
  const [from, to] = [describe("position", old), describe("position", now)];
  return { kind: "moved", field: "position", old: from, now: to, metres: geodesic_m(old, now) };
}
