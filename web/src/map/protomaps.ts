// Streets from the operator's Protomaps file, in the colours of the page. A chunk of its own: nobody without such
// a file loads it. No sprite and no glyphs are named, so icons are left out and letters are the phone's own.

import { type Flavor, layers, namedFlavor } from "@protomaps/basemaps";
import { addProtocol, type LayerSpecification } from "maplibre-gl";
import { PMTiles, Protocol } from "pmtiles";
import type { Draw } from "./basemap";
import { type Colours, mix } from "./colours";
import { forOlder, isOlder } from "./older";

/** Layers that are nothing without their icons, or that would talk over the stations. */
const LEFT_OUT = ["roads_oneway", "roads_shields", "pois"];

/** What draws the streets of a file. */
export async function streets(address: string): Promise<Draw> {
  const archive = new PMTiles(address);
  const protocol = new Protocol();
  protocol.add(archive);
  addProtocol("pmtiles", protocol.tile);
  const metadata: unknown = await archive.getMetadata().catch(() => undefined);
  const suited = isOlder(metadata) ? forOlder : (layer: LayerSpecification) => layer;
  return (colours, language) => ({
    sources: { base: { type: "vector", url: `pmtiles://${address}` } },
    layers: layers("base", flavourOf(colours), { lang: language.startsWith("en") ? "en" : "zh-Hans" })
      .filter((layer) => !LEFT_OUT.includes(layer.id))
      .map((layer) => legible(suited(layer as LayerSpecification), colours)),
  });
}

/** Without icons, and with letters that can be read in the sun. */
function legible(layer: LayerSpecification, colours: Colours): LayerSpecification {
  if (layer.type !== "symbol") return layer;
  const { "icon-image": _, ...layout } = layer.layout ?? {};
  const size = layout["text-size"];
  const larger = typeof size === "number" ? { "text-size": Math.max(12, size) * colours.scale } : {};
  return {
    ...layer,
    layout: { ...layout, ...larger, "text-transform": "none" },
    paint: { ...layer.paint, "text-halo-width": 1.6 },
  };
}

function flavourOf(colours: Colours): Flavor {
  const { land, outside, sea, park, road, roadEdge, building, label, halo, calmLabel, waterLabel } = colours;
  const green = mix(park, land, 0.35);
  const font = colours.fonts.join(",");
  const minor = colours.isDark ? mix(land, road, 0.85) : road;
  const flavour = namedFlavor(colours.isDark ? "dark" : "light");
  const { landcover: _, pois: __, ...plain } = flavour;
  const all = (names: string[], colour: string) => Object.fromEntries(names.map((name) => [name, colour]));
  const roads = ["other", "minor_service", "minor_a", "minor_b", "link", "major", "highway"];
  const casings = ["minor_service", "minor", "link", "major", "highway"];
  return {
    ...plain,
    ...all(["background", "earth", "pedestrian", "sand", "beach", "glacier"], land),
    ...all(["hospital", "school", "industrial", "military", "aerodrome", "zoo"], outside),
    ...all(["park_a", "park_b", "wood_a", "wood_b", "scrub_a", "scrub_b"], green),
    ...all(
      roads.flatMap((name) => [name, `bridges_${name}`, `tunnel_${name}`]),
      minor,
    ),
    ...all(["bridges_minor", "tunnel_minor", "runway", "pier"], minor),
    ...all(["major", "highway", "bridges_major", "bridges_highway"], road),
    ...all(
      casings.flatMap((name) => [`${name}_casing`, `bridges_${name}_casing`, `tunnel_${name}_casing`]),
      roadEdge,
    ),
    ...all(["bridges_other_casing", "tunnel_other_casing"], roadEdge),
    ...all(
      ["major_casing_early", "major_casing_late", "highway_casing_early", "highway_casing_late"],
      roadEdge,
    ),
    water: sea,
    buildings: building,
    railway: mix(roadEdge, label, 0.25),
    boundaries: colours.border,
    ...all(["roads_label_minor", "roads_label_major", "subplace_label", "address_label"], label),
    ...all(["city_label", "state_label", "country_label"], colours.ink),
    ...all(
      ["roads_label_minor_halo", "roads_label_major_halo", "subplace_label_halo", "address_label_halo"],
      halo,
    ),
    ...all(["city_label_halo", "state_label_halo"], halo),
    ocean_label: waterLabel,
    state_label: calmLabel,
    regular: font,
    bold: `Bold,${font}`,
    italic: font,
  };
}
