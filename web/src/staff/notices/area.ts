// An area that somebody draws: a ring of places that is closed, moved, and written as GeoJSON.

import type { Place } from "../../address";
import type { Area } from "../types";

/** A ring that is being drawn: its corners without the first one again at the end. */
export type Corners = readonly Place[];

/** The most corners that one draws by hand; the service takes more. */
export const MOST_CORNERS = 200;
const LEAST_CORNERS = 3;

/** Whether a ring encloses anything and does not cross itself. */
export function isArea(corners: Corners): boolean {
  return corners.length >= LEAST_CORNERS && !crossesItself(corners) && Math.abs(doubled(corners)) > 0;
}

/** The ring as GeoJSON, counter-clockwise as RFC 7946 wants it. */
export function areaOf(corners: Corners): Area {
  const ring = doubled(corners) < 0 ? [...corners].reverse() : [...corners];
  const points = ring.map(({ lon, lat }) => [lon, lat]);
  return { type: "Polygon", coordinates: [[...points, points[0]]] };
}

/** The outer rings of an area. */
export function ringsOf(area: Area): readonly Corners[] {
  const polygons = (area.type === "Polygon" ? [area.coordinates] : area.coordinates) as [
    number,
    number,
  ][][][];
  return polygons.map((rings) => (rings[0] ?? []).slice(0, -1).map(([lon, lat]) => ({ lon, lat })));
}

/** Adds a corner at the end. */
export function withCorner(corners: Corners, corner: Place): Corners {
  return corners.length < MOST_CORNERS ? [...corners, corner] : corners;
}

/** Moves a corner. */
export function movedCorner(corners: Corners, at: number, to: Place): Corners {
  return corners.map((corner, i) => (i === at ? to : corner));
}

/** Takes a corner away. */
export function withoutCorner(corners: Corners, at: number): Corners {
  return corners.filter((_, i) => i !== at);
}

/** Puts a corner into the middle of the side that begins at one. */
export function withMiddle(corners: Corners, after: number): Corners {
  const [from, to] = [corners[after], corners[(after + 1) % corners.length]];
  if (!from || !to || corners.length >= MOST_CORNERS) return corners;
  const middle = { lon: (from.lon + to.lon) / 2, lat: (from.lat + to.lat) / 2 };
  return [...corners.slice(0, after + 1), middle, ...corners.slice(after + 1)];
}

/** Corners as a list that can be written by hand: one a line, longitude first. */
export function writtenCorners(corners: Corners): string {
  return corners.map(({ lon, lat }) => `${lon.toFixed(6)}, ${lat.toFixed(6)}`).join("\n");
}

/** Reads such a list; `undefined` where a line is no place, with the number of that line. */
export function readCorners(text: string): { readonly corners: Corners } | { readonly line: number } {
  const corners: Place[] = [];
  const lines = text.split("\n");
  for (const [i, line] of lines.entries()) {
    if (!line.trim()) continue;
    const numbers =
      line
        .replace(/[，；;]/g, " ")
        .match(/-?\d+(?:\.\d+)?/g)
        ?.map(Number) ?? [];
    const [lon, lat] = numbers;
    if (numbers.length !== 2 || lon === undefined || lat === undefined) return { line: i + 1 };
    if (Math.abs(lon) > 180 || Math.abs(lat) > 90) return { line: i + 1 };
    corners.push({ lon, lat });
  }
  return { corners: corners.slice(0, MOST_CORNERS) };
}

/** Twice the area in square degrees by the shoelace formula; negative where the ring runs with the clock. */
function doubled(corners: Corners): number {
  return corners.reduce((sum, from, i) => {
    const to = corners[(i + 1) % corners.length] ?? from;
    return sum + (from.lon * to.lat - to.lon * from.lat);
  }, 0);
}

/** Whether two sides that are not next to each other meet. */
function crossesItself(corners: Corners): boolean {
  const n = corners.length;
  const side = (i: number) => [corners[i] as Place, corners[(i + 1) % n] as Place] as const;
  for (let i = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++) {
      const areNeighbours = j === i + 1 || (i === 0 && j === n - 1);
      if (!areNeighbours && meet(...side(i), ...side(j))) return true;
    }
  }
  return false;
}

function meet(a: Place, b: Place, c: Place, d: Place): boolean {
  const turn = (p: Place, q: Place, r: Place) =>
    Math.sign((q.lon - p.lon) * (r.lat - p.lat) - (q.lat - p.lat) * (r.lon - p.lon));
  return turn(a, b, c) !== turn(a, b, d) && turn(c, d, a) !== turn(c, d, b);
}
