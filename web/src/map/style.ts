// The base map in the colours of the page. Labels are drawn from the phone's own fonts: the style names no glyph
// server and no sprite, so nothing but this server's tiles is asked for.

import type { ExpressionSpecification, LayerSpecification, StyleSpecification } from "maplibre-gl";

/** The deepest zoom the server draws; beyond, its tiles are enlarged. */
const MAX_ZOOM = 12;

/** The colours a map is drawn in. */
export interface Colours {
  readonly land: string;
  readonly sea: string;
  readonly river: string;
  readonly border: string;
  readonly label: string;
  readonly halo: string;
}

/** Reads the colours of the page, which follow the phone's light or dark. */
export function coloursOf(root: Element): Colours {
  const style = getComputedStyle(root);
  const colour = (name: string) => style.getPropertyValue(`--${name}`).trim();
  return {
    land: colour("land"),
    sea: colour("sea"),
    river: colour("river"),
    border: colour("border"),
    label: colour("label"),
    halo: colour("land"),
  };
}

/** The style of the base map. `origin` is this server. */
export function baseStyle(origin: string, colours: Colours, language: string): StyleSpecification {
  const tiles = [`${origin}/tiles/base/{z}/{x}/{y}.mvt`];
  return {
    version: 8,
    sources: { base: { type: "vector", tiles, minzoom: 0, maxzoom: MAX_ZOOM } },
    layers: [...ground(colours), ...labels(colours, language)],
  };
}

function ground(colours: Colours): LayerSpecification[] {
  const isLake: ExpressionSpecification = ["==", ["geometry-type"], "Polygon"];
  return [
    { id: "land", type: "background", paint: { "background-color": colours.land } },
    { id: "sea", type: "fill", source: "base", "source-layer": "sea", paint: { "fill-color": colours.sea } },
    {
      id: "lake",
      type: "fill",
      source: "base",
      "source-layer": "water",
      filter: isLake,
      paint: { "fill-color": colours.sea },
    },
    {
      id: "river",
      type: "line",
      source: "base",
      "source-layer": "water",
      filter: ["==", ["geometry-type"], "LineString"],
      layout: { "line-cap": "round", "line-join": "round" },
      paint: {
        "line-color": colours.river,
        "line-width": ["interpolate", ["linear"], ["zoom"], 7, 1, 14, 5],
      },
    },
    {
      id: "district",
      type: "line",
      source: "base",
      "source-layer": "district",
      paint: { "line-color": colours.border, "line-width": 1.2, "line-dasharray": [6, 2, 1, 2] },
    },
  ];
}

function labels(colours: Colours, language: string): LayerSpecification[] {
  const paint = { "text-color": colours.label, "text-halo-color": colours.halo, "text-halo-width": 1.6 };
  const isEnglish = language.startsWith("en");
  const place: ExpressionSpecification = isEnglish
    ? ["get", "name"]
    : ["case", ["!=", ["get", "name_zh"], ""], ["get", "name_zh"], ["get", "name"]];
  return [
    {
      id: "place",
      type: "symbol",
      source: "base",
      "source-layer": "place",
      minzoom: 9,
      layout: { "text-field": place, "text-size": 12, "symbol-sort-key": ["-", ["get", "population"]] },
      paint,
    },
    {
      id: "district-name",
      type: "symbol",
      source: "base",
      "source-layer": "district_name",
      maxzoom: 13,
      layout: {
        "text-field": ["get", isEnglish ? "name_en" : "name"],
        "text-size": 15,
        "text-letter-spacing": 0.08,
      },
      paint,
    },
  ];
}
