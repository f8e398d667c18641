// What the planner's map draws above the ground: hexagons of gaps in five classes, service points, doors. One ramp of
// colours; a cell that is covered is pale pine with an outline.

import type { ExpressionSpecification, LayerSpecification } from "maplibre-gl";
import type { Colours } from "../../map/colours";
import { CLUSTERS, DOORS, stationLayers } from "../../map/stations";
import { CLASSES } from "../classes";

export const HEXAGONS = "gap-cells";
export const COVERED = "covered-cells";
export const PICKED = "picked-cell";
export const SERVICES = "service-points";
/** From this zoom on service points have their names. */
const NAME_ZOOM = 13;

/** A colour of the planner's page by its token. */
export function token(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

/** The colours of the five classes, the fewest people first. */
export function ramp(): readonly string[] {
  return Array.from({ length: CLASSES }, (_, i) => token(`gap-${i + 1}`));
}

const ofKind = (kind: string): ExpressionSpecification => ["==", ["get", "kind"], kind];
const isCovered: ExpressionSpecification = ["==", ["get", "class"], 0];

/** The cell that is picked. */
export function isPicked(cell: string): ExpressionSpecification {
  return ["all", ofKind("cell"), ["==", ["get", "cell"], cell]];
}

/** The layers of the page's own, from the lowest. */
export function ownLayers(colours: Colours, source: string): LayerSpecification[] {
  const classes = ramp().flatMap((colour, i) => [i + 1, colour]);
  const edge = colours.isHigh ? colours.ink : colours.land;
  return [
    {
      id: COVERED,
      type: "fill",
      source,
      filter: ["all", ofKind("cell"), isCovered],
      paint: { "fill-color": token("tint"), "fill-opacity": 0.8 },
    },
    {
      id: `${COVERED}-edge`,
      type: "line",
      source,
      filter: ["all", ofKind("cell"), isCovered],
      paint: { "line-color": token("cov-3"), "line-width": 0.8 },
    },
    {
      id: HEXAGONS,
      type: "fill",
      source,
      filter: ["all", ofKind("cell"), ["!", isCovered]],
      paint: {
        "fill-color": [
          "match",
          ["get", "class"],
          ...classes,
          "transparent",
        ] as unknown as ExpressionSpecification,
        "fill-opacity": 0.92,
      },
    },
    {
      id: `${HEXAGONS}-edge`,
      type: "line",
      source,
      filter: ["all", ofKind("cell"), ["!", isCovered]],
      paint: { "line-color": edge, "line-width": 0.6 },
    },
    {
      id: PICKED,
      type: "line",
      source,
      filter: isPicked(""),
      layout: { "line-join": "round" },
      paint: { "line-color": colours.ink, "line-width": 3 },
    },
    servicePoints(colours, source),
  ];
}

function servicePoints(colours: Colours, source: string): LayerSpecification {
  const isOpen: ExpressionSpecification = ["==", ["get", "state"], "open"];
  const mark = ["case", isOpen, "◆", "◇"];
  const large = { "font-scale": 1.3 };
  const named = ["format", mark, large, "\n", {}, ["get", "name"], { "font-scale": 0.85 }];
  const field = [
    "step",
    ["zoom"],
    ["format", mark, large],
    NAME_ZOOM,
    named,
  ] as unknown as ExpressionSpecification;
  return {
    id: SERVICES,
    type: "symbol",
    source,
    filter: ofKind("service"),
    layout: {
      "text-field": field,
      "text-font": [...colours.fonts],
      "text-size": 14 * colours.scale,
      "text-allow-overlap": true,
      "text-anchor": "top",
      "text-offset": [0, -0.7],
      "text-line-height": 1,
    },
    paint: { "text-color": colours.ink, "text-halo-color": colours.halo, "text-halo-width": 1.6 },
  };
}

/**
 * Doors as elsewhere; where several stand together there is one door, lit if any is open, with how many of how many
 * are. A ring would hide the hexagons that this map is for.
 */
export function doorLayers(
  colours: Colours,
  language: string,
  without: readonly string[],
): LayerSpecification[] {
  return stationLayers(colours, language, without).map((layer): LayerSpecification => {
    if (layer.id === DOORS && layer.type === "symbol")
      return { ...layer, layout: { ...layer.layout, "icon-size": 0.8 * colours.scale } };
    if (layer.id !== CLUSTERS || layer.type !== "symbol") return layer;
    const isLit: ExpressionSpecification = [">", ["get", "open_count"], 0];
    return {
      ...layer,
      layout: {
        "icon-image": ["concat", "door:", ["case", isLit, "open", "closed"], `::${colours.key}`],
        "icon-size": 0.8 * colours.scale,
        "icon-anchor": "bottom",
        "icon-allow-overlap": true,
        "symbol-sort-key": ["get", "open_count"],
        "text-field": ["concat", ["get", "open_count"], "/", ["get", "point_count"]],
        "text-font": ["Bold", ...colours.fonts],
        "text-size": 11 * colours.scale,
        "text-anchor": "top",
        "text-offset": [0, -0.1],
        "text-allow-overlap": true,
      },
      paint: { "text-color": colours.ink, "text-halo-color": colours.halo, "text-halo-width": 1.8 },
    };
  });
}
