// The map of offers, in a chunk of its own: the operator's ground, and a mark for each store in sight where an offer
// holds. It asks for what lies in its window.

import { type GeoJSONSource, Map as MapLibre, type MapMouseEvent, setWorkerUrl } from "maplibre-gl";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url";
import "maplibre-gl/dist/maplibre-gl.css";
import type { Place } from "../../address";
import { onOtherLook } from "../../look";
import { type Basemap, basemapOf, drawingOf, drawnAt, groundAt } from "../../map/basemap";
import { coloursOf } from "../../map/colours";
import type { Offer, Offers } from "./offers";
import { boxOf, readOffers, shifted } from "./offers";

setWorkerUrl(workerUrl);

const SOURCE = "offers";
const MARKS = "offers-marks";
const START_ZOOM = 11;
const NEAR_ZOOM = 14;
/** Half the side of a finger, in pixels. */
const FINGER_PX = 22;
const EMPTY: Offers = { type: "FeatureCollection", features: [] };

/** What the map tells the page. */
export interface Told {
  /** The offers at a place that was touched. */
  readonly touched: (offers: readonly Offer[]) => void;
  readonly failed: () => void;
}

/** Opens the map in an element around a place; gives what closes it. */
export async function openOffers(
  container: HTMLElement,
  stated: string | undefined,
  middle: Place,
  isNear: boolean,
  category: string,
  told: Told,
): Promise<() => void> {
  const basemap = basemapOf(stated);
  const draw = await drawingOf(basemap);
  const language = document.documentElement.lang;
  const style = () => {
    const colours = coloursOf(document.documentElement);
    const ground = draw(colours, language, undefined);
    const mark = {
      id: MARKS,
      type: "circle" as const,
      source: SOURCE,
      paint: {
        "circle-radius": 9 * colours.scale,
        "circle-color": ["match", ["get", "state"], "open", colours.lit, colours.plate] as never,
        "circle-stroke-width": 3,
        "circle-stroke-color": ["match", ["get", "state"], "open", colours.plate, colours.ink] as never,
      },
    };
    return {
      version: 8 as const,
      sources: { ...ground.sources, [SOURCE]: { type: "geojson" as const, data: EMPTY } },
      layers: [...ground.layers, mark],
    };
  };
  const { lon, lat } = drawnAt(basemap, middle);
  const map = new MapLibre({
    container,
    style: style(),
    center: [lon, lat],
    zoom: isNear ? NEAR_ZOOM : START_ZOOM,
    maxZoom: 18,
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    localIdeographFontFamily: getComputedStyle(document.body).fontFamily,
    transformRequest: (url) =>
      url.startsWith(location.origin) ? { url } : { url, referrerPolicy: "origin" },
  });
  map.touchZoomRotate.disableRotation();
  follow(map, basemap, category, told, container);
  onOtherLook(() => map.setStyle(style()));
  return () => map.remove();
}

/** Asks for what is in sight, and answers a touch. */
function follow(map: MapLibre, basemap: Basemap, category: string, told: Told, container: HTMLElement): void {
  let asking: AbortController | undefined;
  const ask = async () => {
    asking?.abort();
    asking = new AbortController();
    const bounds = map.getBounds();
    const corner = (lng: number, lat: number) => groundAt(basemap, { lon: lng, lat });
    const box = boxOf(
      corner(bounds.getWest(), bounds.getSouth()),
      corner(bounds.getEast(), bounds.getNorth()),
    );
    try {
      const offers = await readOffers(box, category, asking.signal);
      map.getSource<GeoJSONSource>(SOURCE)?.setData(shifted(offers, (place) => drawnAt(basemap, place)));
      container.dataset.offers = String(offers.features.length);
    } catch {
      if (!asking.signal.aborted) told.failed();
    }
  };
  map.on("style.load", () => void ask());
  map.on("moveend", () => void ask());
  map.on("click", (event: MapMouseEvent) => {
    const { x, y } = event.point;
    const found = map.queryRenderedFeatures(
      [
        [x - FINGER_PX, y - FINGER_PX],
        [x + FINGER_PX, y + FINGER_PX],
      ],
      { layers: [MARKS] },
    );
    told.touched(found.map(({ properties }) => properties as unknown as Offer));
  });
  map.on("idle", () => {
    container.dataset.drawn = "yes";
  });
}
