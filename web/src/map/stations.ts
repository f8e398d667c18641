// Every station on the map, from the server's tiles: clusters far out, bare doors near. The stations of the list
// are left out, because they have markers of their own.

import type { ExpressionSpecification, LayerSpecification, VectorSourceSpecification } from "maplibre-gl";
import { SHAPES } from "../door";
import type { Colours } from "./colours";
import { RING_STEPS } from "./pictures";

/** The deepest zoom of the tiles. */
export const MAX_TILE_ZOOM = 16;
/** From this zoom on tiles hold single stations, as the TileJSON says. */
export const CLUSTER_ZOOM = 13;
/** A tile's cells of clusters: 2^3 to a side. */
const CELL_DEPTH = 3;
/** From this zoom on a door has its name beside it. */
const NAME_ZOOM = 14;

export const SOURCE = "stations";
export const CLUSTERS = "station-clusters";
export const DOORS = "station-doors";
export const LAYERS = [CLUSTERS, DOORS];

/** The source of a set of tiles for a question. */
export function stationSource(datum: string, query: string): VectorSourceSpecification {
  return { type: "vector", tiles: [stationTiles(datum, query)], minzoom: 0, maxzoom: MAX_TILE_ZOOM };
}

/** The address of a set of tiles for a question. */
export function stationTiles(datum: string, query: string): string {
  const folder = datum === "gcj02" ? "/tiles/gcj02/stations" : "/tiles/stations";
  return `${location.origin}${folder}/{z}/{x}/{y}.mvt${query ? `?${query}` : ""}`;
}

/** Single stations that have no marker. */
export function without(listed: readonly string[]): ExpressionSpecification {
  return ["all", ["!", ["has", "cluster"]], ["!", ["in", ["get", "id"], ["literal", [...listed]]]]];
}

/** The layers, shown or not. */
export function stationLayers(
  colours: Colours,
  language: string,
  listed: readonly string[],
): LayerSpecification[] {
  const base = { type: "symbol" as const, source: SOURCE, "source-layer": "stations" };
  return [
    {
      id: DOORS,
      ...base,
      filter: without(listed),
      layout: doorLayout(colours),
      paint: { "text-color": colours.label, "text-halo-color": colours.halo, "text-halo-width": 1.6 },
    },
    {
      id: CLUSTERS,
      ...base,
      filter: ["has", "cluster"],
      layout: clusterLayout(colours, language),
      paint: {},
    },
  ];
}

type SymbolLayout = NonNullable<Extract<LayerSpecification, { type: "symbol" }>["layout"]>;

function doorLayout(colours: Colours): SymbolLayout {
  const shape: ExpressionSpecification = [
    "match", ["get", "state"], ...Object.entries(SHAPES).flat(), "unknown",
  ] as unknown as ExpressionSpecification; // biome-ignore format: one row
  const size = 12 * colours.scale;
  return {
    "icon-image": ["concat", "door:", shape, `::${colours.key}`],
    "icon-anchor": "bottom",
    "icon-allow-overlap": true,
    "icon-size": colours.scale,
    "symbol-sort-key": ["match", ["get", "state"], "open", 3, "closing_soon", 2, "closed_by_notice", 1, 0],
    "text-field": ["step", ["zoom"], "", NAME_ZOOM, ["get", "name"]],
    "text-font": [...colours.fonts],
    "text-size": size,
    "text-anchor": "top",
    "text-offset": [0, 0.3],
    "text-max-width": 9,
    "text-optional": true,
  };
}

function clusterLayout(colours: Colours, language: string): SymbolLayout {
  const [open, all]: ExpressionSpecification[] = [
    ["get", "open_count"],
    ["get", "point_count"],
  ];
  if (!open || !all) return {};
  const steps: ExpressionSpecification = [
    "case",
    ["==", open, 0], 0,
    ["==", open, all], RING_STEPS,
    // A share that is not nothing is seen, and one that is not all leaves a gap.
    ["max", 1, ["min", RING_STEPS - 1, ["round", ["*", RING_STEPS, ["/", open, all]]]]],
  ]; // biome-ignore format: case and value
  const size: ExpressionSpecification = ["step", all, 0, 50, 1, 1000, 2];
  const small = 0.72;
  return {
    "icon-image": ["concat", "ring:", steps, ":", size, `:${colours.key}`],
    "icon-allow-overlap": true,
    "icon-size": colours.scale,
    "symbol-sort-key": all,
    "text-allow-overlap": true,
    "text-field": [
      "case",
      ["==", open, all],
      ["format", short(all, language), { "text-color": colours.litText }],
      [
        "format",
        short(open, language), { "text-color": ["case", ["==", open, 0], colours.quiet, colours.litText] },
        "\n", {},
        ["concat", "/", short(all, language)], { "font-scale": small, "text-color": colours.quiet },
      ], // biome-ignore format: text and its look
    ] as ExpressionSpecification,
    "text-font": ["Bold", ...colours.fonts],
    "text-line-height": 1,
    "text-size": ["step", all, 15 * colours.scale, 1000, 16 * colours.scale],
  };
}

/** A number with few digits: 1.2万, 12k. */
function short(number: ExpressionSpecification, language: string): ExpressionSpecification {
  const tenths = (unit: number): ExpressionSpecification => ["/", ["round", ["/", number, unit / 10]], 10];
  const [from, unit, word] = language.startsWith("en") ? [1000, 1000, "k"] : [10_000, 10_000, "万"];
  return ["case", [">=", number, from], ["concat", tenths(unit), word], ["to-string", number]];
}

/** The cell of the clusters' grid that holds a drawn place at a zoom: the same for a cluster and its members. */
export function cellOf(lon: number, lat: number, zoom: number): string {
  const tileZoom = Math.min(MAX_TILE_ZOOM, Math.max(0, Math.floor(zoom)));
  const across = 2 ** (tileZoom + CELL_DEPTH);
  // Positions of tiles are rounded down to one of 4096 parts.
  const half = 1 / (2 ** tileZoom * 4096 * 2);
  const radians = (lat * Math.PI) / 180;
  const [x, y] = [lon / 360 + 0.5, 0.5 - Math.asinh(Math.tan(radians)) / (2 * Math.PI)];
  return `${Math.floor((x + half) * across)}:${Math.floor((y + half) * across)}`;
}
