// Whether a place is on a district's ground, and how far from its border.

import type { Place } from "../address";
import { degree_m } from "./geodesy";

/** The polygons of a district: rings of positions, longitude first. */
export interface Outline {
  readonly coordinates: readonly (readonly (readonly (readonly [number, number])[])[])[];
}

/** Metres to the border, negative outside. Measured in the plane at the place: within 1 % up to 20 km. */
export function inside_m(outline: Outline, place: Place): number {
  const [lon_m, lat_m] = degree_m(place);
  let [isInside, border_m] = [false, Number.POSITIVE_INFINITY];
  for (const ring of outline.coordinates.flat()) {
    const points = ring.map(([lon, lat]) => [(lon - place.lon) * lon_m, (lat - place.lat) * lat_m] as const);
    points.forEach((to, i) => {
      const from = points[i === 0 ? points.length - 1 : i - 1] ?? to;
      border_m = Math.min(border_m, toOrigin_m(from, to));
      if (crosses(from, to)) isInside = !isInside;
    });
  }
  return isInside ? border_m : -border_m;
}

type Point = readonly [number, number];

/** Whether the ray from the origin to the east crosses a side. */
function crosses([x1, y1]: Point, [x2, y2]: Point): boolean {
  return y1 > 0 !== y2 > 0 && x1 - (y1 * (x2 - x1)) / (y2 - y1) > 0;
}

function toOrigin_m([x1, y1]: Point, [x2, y2]: Point): number {
  const [dx, dy] = [x2 - x1, y2 - y1];
  const length_2 = dx * dx + dy * dy;
  const share = length_2 > 0 ? Math.min(1, Math.max(0, -(x1 * dx + y1 * dy) / length_2)) : 0;
  return Math.hypot(x1 + share * dx, y1 + share * dy);
}
