// Which part of the map shows most of the people, and how a camera is written in an address.

import type { Gap, Gaps } from "../types";
import type { Camera } from "./gap-map";

/** West, south, east, north in degrees. */
export type Box = readonly [number, number, number, number];

/** The share of the people that may lie outside on each side. */
const OUTSIDE = 0.1;

/** The middle of a cell: the mean of its corners. */
export function middleOf({ geometry }: Gaps["features"][number]): readonly [number, number] {
  const ring = geometry.coordinates[0]?.slice(0, -1) ?? [];
  const sum = ring.reduce<readonly [number, number]>(([x, y], [lon, lat]) => [x + lon, y + lat], [0, 0]);
  return [sum[0] / (ring.length || 1), sum[1] / (ring.length || 1)];
}

/** The box that holds most of the people; nothing where there are none. */
export function boxOf(gaps: Gaps | undefined): Box | undefined {
  const cells = (gaps?.features ?? []).map((cell) => ({
    at: middleOf(cell),
    people: cell.properties.demand,
  }));
  if (cells.length === 0) return undefined;
  const edges = (axis: 0 | 1): [number, number] => {
    const sorted = [...cells].sort((a, b) => a.at[axis] - b.at[axis]);
    return [edge(sorted, axis), edge(sorted.reverse(), axis)];
  };
  const [[west, east], [south, north]] = [edges(0), edges(1)];
  return [west, south, east, north];
}

interface Weighed {
  readonly at: readonly [number, number];
  readonly people: number;
}

/** Where so many people lie behind as may. */
function edge(sorted: readonly Weighed[], axis: 0 | 1): number {
  let left = sorted.reduce((sum, { people }) => sum + people, 0) * OUTSIDE;
  for (const { at, people } of sorted) {
    left -= people;
    if (left <= 0) return at[axis];
  }
  return sorted.at(-1)?.at[axis] ?? 0;
}

/** The camera that an address names. */
export function cameraOf(held: URLSearchParams): Camera | undefined {
  const [lon, lat, zoom, ...more] = (held.get("view") ?? "").split(",").map(Number);
  if (lon === undefined || lat === undefined || zoom === undefined || more.length > 0) return undefined;
  const isThere = Math.abs(lon) <= 180 && Math.abs(lat) < 85 && zoom >= 0 && zoom <= 22;
  return isThere ? { lon, lat, zoom } : undefined;
}

/** A camera as an address has it: a few metres are precise enough. */
export function cameraWords({ lon, lat, zoom }: Camera): string {
  return `${lon.toFixed(4)},${lat.toFixed(4)},${zoom.toFixed(2)}`;
}

/** The cell of an answer, by its name. */
export function gapOf(gaps: Gaps | undefined, cell: string): Gap | undefined {
  return gaps?.features.find(({ properties }) => properties.cell === cell)?.properties;
}
