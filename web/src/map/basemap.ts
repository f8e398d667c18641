// The base map that the operator chose, as the page states it, and what lies under the stations by its kind.

import type { LayerSpecification, SourceSpecification } from "maplibre-gl";
import type { Place } from "../address";
import { fromGcj02, toGcj02 } from "../datum";
import { builtin } from "./builtin";
import type { Colours } from "./colours";

/** What the page states of a base map that is not the built-in one. */
export interface Basemap {
  readonly kind: "builtin" | "pmtiles" | "raster" | "wmts";
  /** The addresses of each layer, the lowest first; of a file, its own. */
  readonly layers: readonly (readonly string[])[];
  /** The coordinate system that positions are drawn in. */
  readonly datum: "wgs84" | "gcj02";
  readonly tile_size: number;
  readonly min_zoom: number;
  readonly max_zoom: number;
}

/** What lies under the stations. */
export interface Ground {
  readonly sources: Record<string, SourceSpecification>;
  readonly layers: LayerSpecification[];
}

/** Makes the ground in the colours of the page; a chosen district may stand out. */
export type Draw = (colours: Colours, language: string, district: string | undefined) => Ground;

const BUILTIN: Basemap = {
  kind: "builtin",
  layers: [],
  datum: "wgs84",
  tile_size: 512,
  min_zoom: 0,
  max_zoom: 17,
};

/** Reads what the page states. */
export function basemapOf(text: string | undefined): Basemap {
  return text ? (JSON.parse(text) as Basemap) : BUILTIN;
}

/** Loads what draws a base map; streets come in a chunk of their own. */
export async function drawingOf(basemap: Basemap): Promise<Draw> {
  if (basemap.kind === "builtin") return builtin;
  if (basemap.kind === "pmtiles") {
    const { streets } = await import("./protomaps");
    return streets(absolute(basemap.layers[0]?.[0] ?? ""));
  }
  return (colours) => pictures(basemap, colours);
}

/** Where a place is drawn, in degrees of the base map. */
export function drawnAt(basemap: Basemap, place: Place): Place {
  return basemap.datum === "gcj02" ? toGcj02(place) : { lon: place.lon, lat: place.lat };
}

/** The place on the ground of a point of the map. */
export function groundAt(basemap: Basemap, drawn: Place): Place {
  return basemap.datum === "gcj02" ? fromGcj02(drawn) : drawn;
}

/** Pictures over each other. At night they are dimmed, because nobody drew a dark set of them. */
function pictures(basemap: Basemap, colours: Colours): Ground {
  const paint = colours.isDark ? { "raster-brightness-max": 0.72, "raster-saturation": -0.25 } : {};
  const source = (tiles: readonly string[]): SourceSpecification => ({
    type: "raster",
    tiles: tiles.map(absolute),
    tileSize: basemap.tile_size,
    minzoom: basemap.min_zoom,
    maxzoom: basemap.max_zoom,
  });
  const background: LayerSpecification = {
    id: "background",
    type: "background",
    paint: { "background-color": colours.land },
  };
  const layers = basemap.layers.map(
    (_, i): LayerSpecification => ({ id: `pictures-${i}`, type: "raster", source: `pictures-${i}`, paint }),
  );
  return {
    sources: Object.fromEntries(basemap.layers.map((tiles, i) => [`pictures-${i}`, source(tiles)])),
    layers: [background, ...layers],
  };
}

/** An address of this server with its host, which a worker cannot fill in. */
function absolute(address: string): string {
  return address.startsWith("/") ? location.origin + address : address;
}
