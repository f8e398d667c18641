// The built-in overview in the colours of the page: sea with a pale band along its coast, rivers, districts, names.
// Labels are drawn from the phone's own fonts: no glyph server and no sprite is named, so nothing but this
// server's tiles is asked for.

import type { ExpressionSpecification, LayerSpecification, LineLayerSpecification } from "maplibre-gl";
import type { Ground } from "./basemap";
import { type Colours, mix } from "./colours";

/** The deepest zoom the server draws; beyond, its tiles are enlarged. */
const MAX_ZOOM = 12;
/** The bands of shallow water along the coast, as parts of the widest. */
const BANDS = [1, 0.8, 0.62, 0.46, 0.32, 0.2];
const BASE = { source: "base" };
/** The outlines of districts are coarse: from here on they give way. */
const CITY_TINT: [number, number] = [8, 10.5];

/** The overview; a chosen district stands out by the others being calmer. */
export function builtin(colours: Colours, language: string, district: string | undefined): Ground {
  const tiles = [`${location.origin}/tiles/base/{z}/{x}/{y}.mvt`];
  return {
    sources: { base: { type: "vector", tiles, minzoom: 0, maxzoom: MAX_ZOOM } },
    layers: [
      ...ground(colours, district),
      ...water(colours),
      ...borders(colours),
      ...labels(colours, language, district),
    ],
  };
}

function byZoom(...stops: (number | ExpressionSpecification)[]): ExpressionSpecification {
  return ["interpolate", ["linear"], ["zoom"], ...stops] as ExpressionSpecification;
}

function ground(colours: Colours, district: string | undefined): LayerSpecification[] {
  const { outside, land, sea, shore } = colours;
  const fading = ["interpolate", ["linear"], ["zoom"], CITY_TINT[0], outside, CITY_TINT[1], land];
  const around = fading as ExpressionSpecification;
  // Opaque bands over each other: translucent ones would show where the strokes of a bent line overlap.
  const bands = BANDS.map(
    (share, i): LineLayerSpecification => ({
      id: `shore-${i}`,
      type: "line",
      ...BASE,
      "source-layer": "coast",
      layout: { "line-join": "round", "line-cap": "round" },
      paint: {
        "line-color": mix(sea, shore, (i + 1) / BANDS.length),
        "line-width": byZoom(7, 7 * share, 10, 22 * share, 14, 70 * share),
      },
    }),
  );
  const isOther: ExpressionSpecification = ["!=", ["get", "adcode"], district ?? ""];
  return [
    { id: "outside", type: "background", paint: { "background-color": around } },
    {
      id: "sea",
      type: "fill",
      ...BASE,
      "source-layer": "sea",
      paint: { "fill-color": sea, "fill-antialias": false },
    },
    ...bands,
    { id: "land", type: "fill", ...BASE, "source-layer": "land", paint: { "fill-color": around } },
    {
      id: "city",
      type: "fill",
      ...BASE,
      "source-layer": "district",
      maxzoom: CITY_TINT[1],
      paint: {
        "fill-color": district ? ["case", isOther, colours.outside, land] : land,
        "fill-opacity": district ? ["case", isOther, 0.6, 1] : 1,
        "fill-antialias": false,
      },
    },
  ];
}

function water(colours: Colours): LayerSpecification[] {
  const isLake: ExpressionSpecification = ["==", ["geometry-type"], "Polygon"];
  return [
    {
      id: "lake",
      type: "fill",
      ...BASE,
      "source-layer": "water",
      filter: isLake,
      paint: { "fill-color": colours.sea, "fill-outline-color": colours.coast },
    },
    {
      id: "river",
      type: "line",
      ...BASE,
      "source-layer": "water",
      filter: ["!", isLake],
      layout: { "line-cap": "round", "line-join": "round" },
      paint: { "line-color": colours.river, "line-width": byZoom(6, 0.8, 9, 1.8, 12, 4, 16, 12) },
    },
    {
      id: "coast",
      type: "line",
      ...BASE,
      "source-layer": "coast",
      layout: { "line-join": "round" },
      paint: { "line-color": colours.coast, "line-width": byZoom(7, 0.5, 12, 1, 16, 1.6) },
    },
  ];
}

function borders(colours: Colours): LayerSpecification[] {
  const isInner: ExpressionSpecification = ["get", "inner"];
  const width = (inner: number, outer: number): ExpressionSpecification => ["case", isInner, inner, outer];
  const line = { type: "line" as const, ...BASE, "source-layer": "border" };
  return [
    {
      id: "border-casing",
      ...line,
      layout: { "line-join": "round", "line-cap": "round" },
      paint: {
        "line-color": colours.casing,
        "line-width": byZoom(7, width(2, 3), 12, width(4.5, 6.5)),
        "line-opacity": 0.5,
      },
    },
    {
      id: "border",
      ...line,
      layout: { "line-join": "round" },
      paint: {
        "line-color": colours.border,
        "line-width": byZoom(7, width(0.7, 1), 12, width(1.2, 1.6)),
        "line-dasharray": [6, 2, 1, 2],
      },
    },
  ];
}

function labels(colours: Colours, language: string, district: string | undefined): LayerSpecification[] {
  const isEnglish = language.startsWith("en");
  const name: ExpressionSpecification = isEnglish
    ? ["get", "name"]
    : ["case", ["!=", ["get", "name_zh"], ""], ["get", "name_zh"], ["get", "name"]];
  const halo = { "text-halo-color": colours.halo, "text-halo-width": 1.6, "text-halo-blur": 0.4 };
  const size = (px: number) => px * colours.scale;
  // A name steps aside where a cluster stands on it.
  const aside = {
    "text-variable-anchor": ["center", "bottom", "top", "left", "right"] as (
      | "center"
      | "bottom"
      | "top"
      | "left"
      | "right"
    )[],
    "text-radial-offset": 1.6,
    "text-justify": "auto" as const,
  };
  const people: ExpressionSpecification = ["get", "population"];
  const bySize = (most: number): ExpressionSpecification => [
    "step", people, size(most - 4), 20_000, size(most - 3), 100_000, size(most - 1), 500_000, size(most),
  ]; // biome-ignore format: one row of steps
  const isOther: ExpressionSpecification = ["!=", ["get", "adcode"], district ?? ""];
  return [
    {
      id: "place",
      type: "symbol",
      ...BASE,
      "source-layer": "place",
      layout: {
        "text-field": name,
        "text-font": [...colours.fonts],
        "text-size": byZoom(8, bySize(16), 14, bySize(19)),
        "text-padding": 4,
        ...aside,
        "symbol-sort-key": ["-", people],
      },
      paint: { "text-color": district ? colours.calmLabel : colours.label, ...halo },
    },
    {
      id: "district-name",
      type: "symbol",
      ...BASE,
      "source-layer": "district_name",
      maxzoom: 13.5,
      layout: {
        "text-field": ["get", isEnglish ? "name_en" : "name"],
        "text-font": ["Bold", ...colours.fonts],
        "text-size": byZoom(7, size(12), 10, size(15), 13, size(18)),
        "text-letter-spacing": isEnglish ? 0.02 : 0.1,
        "text-max-width": isEnglish ? 8 : 12,
        "text-padding": 3,
        ...aside,
      },
      paint: {
        "text-color": district ? ["case", isOther, colours.calmLabel, colours.ink] : colours.label,
        ...halo,
      },
    },
    {
      id: "sea-name",
      type: "symbol",
      ...BASE,
      "source-layer": "sea_name",
      layout: {
        "text-field": ["get", isEnglish ? "name_en" : "name"],
        "text-font": ["Italic", ...colours.fonts],
        "text-size": byZoom(7, size(13), 12, size(20)),
        "text-letter-spacing": 0.35,
      },
      paint: { "text-color": colours.waterLabel, "text-halo-color": colours.sea, "text-halo-width": 1 },
    },
  ];
}
