// A ring that is drawn on a map: a click adds a corner, a corner can be dragged, a middle becomes a corner.

import { Marker } from "maplibre-gl";
import type { Place } from "../../address";
import type { Colours } from "../../map/colours";
import type { Corners } from "../notices/area";
import { say, w } from "../words";
import { Ground } from "./ground";

/** What the map tells. */
export interface Told {
  /** A corner at the end. */
  readonly add: (place: Place) => void;
  readonly move: (at: number, place: Place) => void;
  /** The corner after this one is half-way to the next. */
  readonly split: (after: number) => void;
  readonly remove: (at: number) => void;
}

const ZOOM = 10;

/** A map with a ring. */
export class AreaMap {
  readonly #ground: Ground;
  readonly #told: Told;
  #markers: Marker[] = [];
  #corners: Corners = [];

  private constructor(ground: Ground, told: Told) {
    this.#ground = ground;
    this.#told = told;
    ground.map.getCanvas().style.cursor = "crosshair";
    ground.map.on("click", ({ lngLat }) => told.add(ground.place(lngLat)));
  }

  /** Opens it in an element. */
  static async open(container: HTMLElement, middle: Place, told: Told): Promise<AreaMap> {
    return new AreaMap(await Ground.open(container, middle, ZOOM, layers), told);
  }

  /** Draws the ring. */
  show(corners: Corners): void {
    if (corners === this.#corners) return;
    this.#corners = corners;
    for (const marker of this.#markers) marker.remove();
    const middles = corners.length > 1 ? corners.map((_, i) => this.#middle(i)) : [];
    this.#markers = [...corners.map((corner, i) => this.#corner(corner, i)), ...middles];
    this.#draw();
  }

  /** Takes it away. */
  close(): void {
    this.#ground.close();
  }

  #draw(): void {
    const ring = this.#corners.map((corner) => this.#ground.drawn(corner));
    const [first] = ring;
    this.#ground.show({
      type: "FeatureCollection",
      features: first
        ? [
            {
              type: "Feature",
              properties: {},
              geometry:
                ring.length > 2
                  ? { type: "Polygon", coordinates: [[...ring, first]] }
                  : { type: "LineString", coordinates: ring.length === 1 ? [first, first] : ring },
            },
          ]
        : [],
    });
  }

  #corner(place: Place, at: number): Marker {
    const marker = this.#marker("corner", say(w.area.corner, at + 1), place, true);
    marker.on("dragend", () => this.#told.move(at, this.#ground.place(marker.getLngLat())));
    marker.getElement().addEventListener("keydown", (event) => {
      if (event.key !== "Delete" && event.key !== "Backspace") return;
      event.preventDefault();
      this.#told.remove(at);
    });
    return marker;
  }

  #middle(after: number): Marker {
    const [from, to] = [this.#corners[after], this.#corners[(after + 1) % this.#corners.length]] as [
      Place,
      Place,
    ];
    const place = { lon: (from.lon + to.lon) / 2, lat: (from.lat + to.lat) / 2 };
    const marker = this.#marker("corner middle", say(w.area.middle, after + 1), place, false);
    marker.getElement().addEventListener("click", () => this.#told.split(after));
    return marker;
  }

  #marker(className: string, label: string, place: Place, draggable: boolean): Marker {
    const element = document.createElement("button");
    element.type = "button";
    element.className = className;
    element.setAttribute("aria-label", label);
    element.addEventListener("click", (event) => event.stopPropagation());
    const marker = new Marker({ element, draggable });
    return marker.setLngLat(this.#ground.drawn(place)).addTo(this.#ground.map);
  }
}

function layers(colours: Colours, source: string) {
  return [
    {
      id: "own-fill",
      type: "fill" as const,
      source,
      filter: ["==", ["geometry-type"], "Polygon"] as never,
      paint: { "fill-color": colours.doors.notice ?? colours.ink, "fill-opacity": 0.18 },
    },
    {
      id: "own-line",
      type: "line" as const,
      source,
      paint: { "line-color": colours.doors.notice ?? colours.ink, "line-width": 2.5 },
    },
  ];
}
