// Protomaps files made before version 4 of the basemap's scheme (2024) name their attributes otherwise. The layers
// are those of today; what they ask for is translated.

import type { LayerSpecification } from "maplibre-gl";

/** What a layer of today asks of a feature, by its older name. */
const KEYS: Readonly<Record<string, string>> = { kind: "pmap:kind" };
/** Kinds that were several. */
const KINDS: Readonly<Record<string, readonly string[]>> = {
  major_road: ["major_road", "medium_road"],
  locality: ["city", "town", "village"],
  neighbourhood: ["neighbourhood", "other"],
};
/** Numbers that the older files lack, each with one that stands for all. */
const NUMBERS: Readonly<Record<string, number>> = { min_zoom: 10, sort_key: 10, population_rank: 9 };

/** Whether a file is an older one, by its own description: since then each lists its layers. */
export function isOlder(metadata: unknown): boolean {
  return typeof metadata === "object" && metadata !== null && !("vector_layers" in metadata);
}

/** The layer as it reads an older file. */
export function forOlder(layer: LayerSpecification): LayerSpecification {
  return translated(layer) as LayerSpecification;
}

function translated(part: unknown): unknown {
  if (Array.isArray(part)) return expression(part);
  if (typeof part !== "object" || part === null) return part;
  return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, translated(value)]));
}

function expression(part: readonly unknown[]): unknown {
  const [operator, key, ...values] = part;
  if (typeof key !== "string") return part.map(translated);
  if (operator === "get") return NUMBERS[key] ?? ["get", KEYS[key] ?? key];
  const older = KEYS[key];
  if (older === undefined) return part.map(translated);
  if (operator !== "==" && operator !== "in") return [operator, older, ...values];
  return ["in", older, ...values.flatMap((value): readonly unknown[] => KINDS[String(value)] ?? [value])];
}
