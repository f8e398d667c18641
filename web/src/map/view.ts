// Which part of the map shows a list best, and the room it has.

import type { PaddingOptions } from "maplibre-gl";
import type { Place } from "../address";
import type { Station } from "../rows";

/** Where the map is: above the list, over everything, or beside the list. */
export type Room = "strip" | "full" | "desk";

/** West, south, east, north in degrees. */
export type Box = readonly [number, number, number, number];

/** So many of the nearest stations are in sight at first, if there is a place; otherwise all are. */
const IN_SIGHT = 4;
/** Half the height of the smallest box, in degrees: about 250 m, so that a single station has surroundings. */
const LEAST = 0.0022;

/** The box around a place and the stations nearest to it; nothing where there is nothing to show. */
export function boxAround(stations: readonly Station[], place: Place | undefined): Box | undefined {
  const shown: readonly Place[] = place ? [place, ...stations.slice(0, IN_SIGHT)] : stations;
  if (shown.length === 0) return undefined;
  const lons = shown.map((point) => point.lon);
  const lats = shown.map((point) => point.lat);
  return widened([Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)]);
}

function widened([west, south, east, north]: Box): Box {
  const [lon, lat] = [(west + east) / 2, (south + north) / 2];
  const half = { lon: Math.max(LEAST, (east - west) / 2), lat: Math.max(LEAST, (north - south) / 2) };
  return [lon - half.lon, lat - half.lat, lon + half.lon, lat + half.lat];
}

/** Pixels for the markers' height and for what floats over the map. */
export function paddingOf(room: Room): PaddingOptions {
  if (room === "strip") return { top: 56, bottom: 14, left: 40, right: 130 };
  if (room === "full") return { top: 110, bottom: 260, left: 50, right: 70 };
  return { top: 90, bottom: 90, left: 80, right: 110 };
}
