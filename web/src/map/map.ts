// The map itself, in a chunk of its own: MapLibre with this server's overview and one marker for each row.

import { type LngLatLike, Map as MapLibre, Marker, type PaddingOptions, setWorkerUrl } from "maplibre-gl";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url";
import "maplibre-gl/dist/maplibre-gl.css";
import type { Place } from "../address";
import { element } from "../notice";
import type { Station } from "../rows";
import { markerElement, setSelected } from "./marker";
import { baseStyle, coloursOf } from "./style";
import { boxAround } from "./view";

setWorkerUrl(workerUrl);

/** Where the map is: above the list, over everything, or beside the list. */
export type Room = "strip" | "full" | "desk";

/** What the map tells the page. */
export interface Told {
  marker: (id: string) => void;
  ground: (place: Place) => void;
  panned: (place: Place) => void;
}

/** Amid Qinhuangdao, where the page knows no better. */
const MIDDLE: Place = { lon: 119.5, lat: 39.9 };
const START_ZOOM = 9;
const MAX_ZOOM = 17;
const CLOSEST_FIT = 14.5;
const FAR_OUT_ZOOM = 11;
const SELECT_ZOOM = 14;
/** So many markers are drawn in full in a narrow strip; the others are smaller there. */
const IN_FRONT = 4;

/** The map of the stations in the list. */
export class StationMap {
  readonly #map: MapLibre;
  readonly #markers = new Map<string, { marker: Marker; station: Station }>();
  readonly #me = new Marker({ element: mark("me") });
  readonly #pin = new Marker({ element: mark("chosen i i-pin"), anchor: "bottom" });
  readonly #told: Told;
  #room: Room = "strip";

  constructor(container: HTMLElement, middle: Place | undefined, told: Told) {
    this.#told = told;
    const style = () =>
      baseStyle(location.origin, coloursOf(document.documentElement), document.documentElement.lang);
    this.#map = new MapLibre({
      container,
      style: style(),
      center: at(middle ?? MIDDLE),
      zoom: START_ZOOM,
      maxZoom: MAX_ZOOM,
      attributionControl: false,
      dragRotate: false,
      pitchWithRotate: false,
      localIdeographFontFamily: getComputedStyle(document.body).fontFamily,
    });
    this.#map.touchZoomRotate.disableRotation();
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.#map.setStyle(style()));
    this.#listen(container);
  }

  /** Shows these stations and no others, around a place if there is one. */
  show(stations: readonly Station[], place: Place | undefined): void {
    for (const { marker } of this.#markers.values()) marker.remove();
    this.#markers.clear();
    this.#pin.remove();
    stations.forEach((station, rank) => {
      this.#add(station, rank);
    });
    if (place) this.#me.setLngLat(at(place)).addTo(this.#map);
    else this.#me.remove();
    this.#map.resize();
    const box = boxAround(stations, place);
    if (!box) return;
    this.#map.fitBounds([...box], { padding: this.#padding(), maxZoom: CLOSEST_FIT, animate: false });
  }

  /** Draws one station as selected and brings it into sight. */
  select(id: string): void {
    for (const { marker, station } of this.#markers.values())
      setSelected(marker.getElement(), station, station.id === id);
    const chosen = this.#markers.get(id);
    if (!chosen) return;
    const zoom = Math.max(this.#map.getZoom(), SELECT_ZOOM);
    this.#map.easeTo({ center: chosen.marker.getLngLat(), zoom, padding: this.#padding(), duration: calm() });
  }

  /** In a strip the page scrolls under the finger; elsewhere the map moves. */
  setRoom(room: Room): void {
    this.#room = room;
    const isLoose = room !== "strip";
    const { dragPan, scrollZoom, doubleClickZoom, touchZoomRotate, keyboard } = this.#map;
    for (const way of [dragPan, scrollZoom, doubleClickZoom, touchZoomRotate, keyboard]) {
      if (isLoose) way.enable();
      else way.disable();
    }
    this.#map.touchZoomRotate.disableRotation();
    this.#map.getCanvas().tabIndex = isLoose ? 0 : -1;
  }

  /** One step nearer or farther. */
  zoom(step: number): void {
    this.#map.easeTo({ zoom: this.#map.getZoom() + step, duration: calm() });
  }

  #add(station: Station, rank: number): void {
    const made = markerElement(station, (id) => this.#told.marker(id));
    made.classList.toggle("minor", rank >= IN_FRONT);
    const marker = new Marker({ element: made, anchor: "bottom", offset: [0, -6] });
    marker.setLngLat(at(station)).addTo(this.#map);
    this.#markers.set(station.id, { marker, station });
  }

  #listen(container: HTMLElement): void {
    this.#map.on("click", ({ lngLat }) => {
      const place = { lon: lngLat.lng, lat: lngLat.lat };
      if (this.#room !== "strip") this.#pin.setLngLat(lngLat).addTo(this.#map);
      this.#told.ground(place);
    });
    this.#map.on("dragend", () => {
      this.#pin.remove();
      const { lng, lat } = this.#map.getCenter();
      this.#told.panned({ lon: lng, lat });
    });
    const mind = () => container.classList.toggle("far-out", this.#map.getZoom() < FAR_OUT_ZOOM);
    this.#map.on("zoom", mind);
    // A tile that the network did not bring leaves the ground empty; anything else is a fault to be seen.
    this.#map.on("error", ({ error }) => {
      if ((error as Partial<{ status: number }>).status !== 0) console.error(error);
    });
    this.#map.on("idle", () => {
      container.dataset.drawn = "yes";
    });
  }

  /** Room for the markers' height and for what floats over the map. */
  #padding(): PaddingOptions {
    if (this.#room === "strip") return { top: 56, bottom: 14, left: 40, right: 130 };
    if (this.#room === "full") return { top: 110, bottom: 260, left: 50, right: 70 };
    return { top: 90, bottom: 90, left: 80, right: 110 };
  }
}

function at(place: Place): LngLatLike {
  return [place.lon, place.lat];
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
