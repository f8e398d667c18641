// The map itself, in a chunk of its own: MapLibre with the operator's ground, one marker for each row of the list,
// and every other station from the server's tiles.

import {
  type GeoJSONFeature,
  type LngLatLike,
  Map as MapLibre,
  type MapMouseEvent,
  Marker,
  ScaleControl,
  type StyleSpecification,
  setWorkerUrl,
  type VectorTileSource,
} from "maplibre-gl";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url";
import "maplibre-gl/dist/maplibre-gl.css";
import type { Place } from "../address";
import { shapeOf } from "../door";
import { element } from "../element";
import { onOtherLook } from "../look";
import type { Station } from "../rows";
import { type Basemap, basemapOf, type Draw, drawingOf, drawnAt, groundAt } from "./basemap";
import { type Colours, coloursOf } from "./colours";
import { markerElement, setSelected } from "./marker";
import { givePictures } from "./pictures";
import * as tiles from "./stations";
import { boxAround, paddingOf, type Room } from "./view";

setWorkerUrl(workerUrl);

/** A station of the tiles that the list does not hold. */
export interface Other extends Place {
  readonly id: string;
  readonly name: string;
  /** The shape of its door. */
  readonly state: string;
}

/** What the map tells the page. */
export interface Told {
  marker: (id: string) => void;
  other: (station: Other) => void;
  ground: (place: Place) => void;
  panned: (place: Place) => void;
}

/** What the page shows and asks. */
export interface Shown {
  /** Which answer of the list it is; the same again brings nothing new but a change of room. */
  readonly round: number;
  readonly stations: readonly Station[];
  readonly place: Place | undefined;
  /** The query of the tiles. */
  readonly query: string;
  /** The district of the list, which then stands out. */
  readonly district: string | undefined;
}

/** Amid Qinhuangdao, where the page knows no better. */
const MIDDLE: Place = { lon: 119.5, lat: 39.9 };
const START_ZOOM = 9;
const MAX_ZOOM = 18;
const CLOSEST_FIT = 14.5;
const FAR_OUT_ZOOM = 11;
const SELECT_ZOOM = 14;
/** So many markers are drawn in full in a narrow strip; the others are smaller there. */
const IN_FRONT = 4;
/** Half the side of a finger, in pixels. */
const FINGER_PX = 22;

/** Opens a map in an element; what the page states of the base map is in `stated`. */
export async function openMap(
  container: HTMLElement,
  stated: string | undefined,
  middle: Place | undefined,
  told: Told,
): Promise<StationMap> {
  const basemap = basemapOf(stated);
  return new StationMap(container, basemap, await drawingOf(basemap), middle, told);
}

/** The map of the stations. */
export class StationMap {
  readonly #map: MapLibre;
  readonly #basemap: Basemap;
  readonly #draw: Draw;
  readonly #markers = new Map<string, { marker: Marker; station: Station }>();
  readonly #me = new Marker({ element: mark("me") });
  readonly #pin = new Marker({ element: mark("chosen i i-pin"), anchor: "bottom" });
  readonly #told: Told;
  #other: { marker: Marker; id: string } | undefined;
  #colours: Colours = coloursOf(document.documentElement);
  #room: Room = "full";
  #shown: Shown = { round: -1, stations: [], place: undefined, query: "", district: undefined };

  constructor(container: HTMLElement, basemap: Basemap, draw: Draw, middle: Place | undefined, told: Told) {
    this.#basemap = basemap;
    this.#draw = draw;
    this.#told = told;
    const isChinese = !document.documentElement.lang.startsWith("en");
    this.#map = new MapLibre({
      container,
      style: this.#style(),
      center: this.#at(middle ?? MIDDLE),
      zoom: START_ZOOM,
      maxZoom: MAX_ZOOM,
      attributionControl: false,
      dragRotate: false,
      pitchWithRotate: false,
      fadeDuration: calm(),
      localIdeographFontFamily: getComputedStyle(document.body).fontFamily,
      // Hosts of tiles learn which site asks, as some of their keys want it, and nothing else of the page.
      transformRequest: (url) =>
        url.startsWith(location.origin) ? { url } : { url, referrerPolicy: "origin" },
      ...(isChinese ? { locale: { "ScaleControl.Meters": "米", "ScaleControl.Kilometers": "公里" } } : {}),
    });
    this.#map.addControl(new ScaleControl({ maxWidth: 96, unit: "metric" }), "bottom-left");
    this.#map.touchZoomRotate.disableRotation();
    void givePictures(this.#map, () => this.#colours);
    onOtherLook(() => {
      this.#colours = coloursOf(document.documentElement);
      this.#redraw();
    });
    this.#listen(container);
  }

  /** Shows these stations with markers, around a place if there is one, and the others as the tiles have them. */
  show(shown: Shown): void {
    const before = this.#shown;
    this.#shown = shown;
    this.#pin.remove();
    this.#leaveOther();
    this.#map.resize();
    if (shown.round !== before.round) this.#renew(before);
    else this.#setSelected(shown.stations.find((station) => station.isFirst)?.id ?? "");
    const box = boxAround(
      shown.stations.map((station) => ({ ...station, ...drawnAt(this.#basemap, station) })),
      shown.place && drawnAt(this.#basemap, shown.place),
    );
    if (!box) return;
    this.#map.fitBounds([...box], { padding: paddingOf(this.#room), maxZoom: CLOSEST_FIT, animate: false });
  }

  /** Takes its markers away until it is shown something again. */
  rest(): void {
    this.show({ ...this.#shown, round: -1, stations: [], place: undefined });
  }

  /** Draws one station as selected and brings it into sight. */
  select(id: string): void {
    this.#leaveOther();
    this.#setSelected(id);
    const chosen = this.#markers.get(id);
    if (!chosen) return;
    const zoom = Math.max(this.#map.getZoom(), SELECT_ZOOM);
    this.#map.easeTo({
      center: chosen.marker.getLngLat(),
      zoom,
      padding: paddingOf(this.#room),
      duration: calm(),
    });
  }

  /** Says how much of it is covered by what floats over it. */
  setRoom(room: Room): void {
    this.#room = room;
  }

  /** One step nearer or farther. */
  zoom(step: number): void {
    this.#map.easeTo({ zoom: this.#map.getZoom() + step, duration: calm() });
  }

  #style(): StyleSpecification {
    const language = document.documentElement.lang;
    const ground = this.#draw(this.#colours, language, this.#shown.district);
    const source = tiles.stationSource(this.#basemap.datum, this.#shown.query);
    const stations = tiles.stationLayers(this.#colours, language, this.#known());
    return {
      version: 8,
      sources: { ...ground.sources, [tiles.SOURCE]: source },
      layers: [...ground.layers, ...stations],
    };
  }

  #redraw(): void {
    this.#map.setStyle(this.#style());
  }

  /** Brings markers and tiles up to another answer of the list. */
  #renew(before: Shown): void {
    for (const { marker } of this.#markers.values()) marker.remove();
    this.#markers.clear();
    this.#shown.stations.forEach((station, rank) => {
      this.#add(station, rank);
    });
    if (this.#shown.place) this.#me.setLngLat(this.#at(this.#shown.place)).addTo(this.#map);
    else this.#me.remove();
    if (before.district !== this.#shown.district) {
      this.#redraw();
      return;
    }
    this.#ask();
    this.#sync();
  }

  /** Asks the tiles anew. The same question is asked again too: its instant is another. */
  #ask(): void {
    const source = this.#map.getSource<VectorTileSource>(tiles.SOURCE);
    source?.setTiles([tiles.stationTiles(this.#basemap.datum, this.#shown.query)]);
  }

  /** Tells the layer of the doors, once it is there, which stations have markers. */
  #sync(): void {
    if (!this.#map.getLayer(tiles.DOORS)) return;
    this.#map.setFilter(tiles.DOORS, tiles.without(this.#known()));
  }

  /** The stations that have markers. */
  #known(): string[] {
    return [...this.#markers.keys(), ...(this.#other ? [this.#other.id] : [])];
  }

  #at(place: Place): LngLatLike {
    const { lon, lat } = drawnAt(this.#basemap, place);
    return [lon, lat];
  }

  #ground({ lng, lat }: { lng: number; lat: number }): Place {
    return groundAt(this.#basemap, { lon: lng, lat });
  }

  #add(station: Station, rank: number): void {
    const made = markerElement(station, (id) => this.#told.marker(id));
    made.classList.toggle("minor", rank >= IN_FRONT);
    const marker = new Marker({ element: made, anchor: "bottom", offset: [0, -6] });
    marker.setLngLat(this.#at(station)).addTo(this.#map);
    this.#markers.set(station.id, { marker, station });
  }

  #setSelected(id: string): void {
    for (const { marker, station } of this.#markers.values())
      setSelected(marker.getElement(), station, station.id === id);
  }

  #listen(container: HTMLElement): void {
    // What was shown before the style was there has not reached it yet.
    this.#map.on("style.load", () => {
      this.#ask();
      this.#sync();
    });
    this.#map.on("click", (event) => this.#touched(event));
    this.#map.on("dragend", () => {
      this.#pin.remove();
      this.#told.panned(this.#ground(this.#map.getCenter()));
    });
    const mind = () => {
      container.classList.toggle("far-out", this.#map.getZoom() < FAR_OUT_ZOOM);
      container.classList.toggle("clustered", this.#map.getZoom() < tiles.CLUSTER_ZOOM);
    };
    this.#map.on("zoom", mind);
    // A tile that the network did not bring leaves the ground empty; anything else is a fault to be seen.
    this.#map.on("error", ({ error }) => {
      if ((error as Partial<{ status: number }>).status !== 0) console.error(error);
    });
    this.#map.on("idle", () => {
      this.#hideClustered();
      const { lng, lat } = this.#map.unproject([container.clientWidth / 2, container.clientHeight / 2]);
      container.dataset.view = [lng, lat, this.#map.getZoom()].join(" ");
      container.dataset.drawn = "yes";
    });
  }

  #touched({ point, lngLat }: MapMouseEvent): void {
    const found = this.#nearestTo(point.x, point.y);
    if (found) {
      this.#pin.remove();
      this.#open(found);
      return;
    }
    this.#pin.setLngLat(lngLat).addTo(this.#map);
    this.#told.ground(this.#ground(lngLat));
  }

  /** The cluster or door under a finger that is nearest to its middle. */
  #nearestTo(x: number, y: number): GeoJSONFeature | undefined {
    if (!this.#map.getLayer(tiles.DOORS)) return undefined;
    const box: [[number, number], [number, number]] = [
      [x - FINGER_PX, y - FINGER_PX],
      [x + FINGER_PX, y + FINGER_PX],
    ];
    const far = (feature: GeoJSONFeature) => {
      const at = this.#map.project(position(feature));
      return Math.hypot(at.x - x, at.y - y);
    };
    return this.#map.queryRenderedFeatures(box, { layers: tiles.LAYERS }).sort((a, b) => far(a) - far(b))[0];
  }

  #open(feature: GeoJSONFeature): void {
    const at = position(feature);
    const { cluster, expansion_zoom, id, name, state } = feature.properties;
    if (cluster) {
      const zoom = Math.min(MAX_ZOOM, Number(expansion_zoom));
      this.#map.easeTo({ center: at, zoom, padding: paddingOf(this.#room), duration: calm() });
      return;
    }
    const place = this.#ground({ lng: at[0], lat: at[1] });
    const other = { ...place, id: String(id), name: String(name), state: shapeOf(state) };
    this.#pick(other, at);
    this.#told.other(other);
  }

  /** Draws a station of the tiles as selected. */
  #pick(other: Other, at: [number, number]): void {
    this.#leaveOther();
    this.#setSelected("");
    const station = { ...other, word: "", far: "", isFirst: false };
    const made = markerElement(station, () => this.#told.other(other));
    made.dataset.other = made.dataset.marker;
    delete made.dataset.marker;
    setSelected(made, station, true);
    const marker = new Marker({ element: made, anchor: "bottom", offset: [0, -6] });
    this.#other = { marker: marker.setLngLat(at).addTo(this.#map), id: other.id };
    this.#sync();
  }

  #leaveOther(): void {
    if (!this.#other) return;
    this.#other.marker.remove();
    this.#other = undefined;
    this.#sync();
  }

  /** A marker whose station is counted in a cluster steps back behind it. */
  #hideClustered(): void {
    const zoom = this.#map.getZoom();
    const filter: ["has", string] = ["has", "cluster"];
    const isClustered = zoom < tiles.CLUSTER_ZOOM;
    const clusters = isClustered
      ? this.#map.querySourceFeatures(tiles.SOURCE, { sourceLayer: "stations", filter })
      : [];
    const cells = new Set(clusters.map((feature) => tiles.cellOf(...position(feature), zoom)));
    for (const { marker } of this.#markers.values()) {
      const { lng, lat } = marker.getLngLat();
      marker.getElement().classList.toggle("within", cells.has(tiles.cellOf(lng, lat, zoom)));
    }
  }
}

function position(feature: GeoJSONFeature): [number, number] {
  const { geometry } = feature;
  return geometry.type === "Point" ? (geometry.coordinates as [number, number]) : [0, 0];
}

function mark(className: string): HTMLElement {
  const made = element("i", className);
  made.setAttribute("aria-hidden", "true");
  return made;
}

/** The length of a movement in milliseconds; none where the phone asks for less motion. */
function calm(): number {
  return matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 240;
}
