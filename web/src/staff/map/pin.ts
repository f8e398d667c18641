// The position of one station on a map: a pin to drag, where it was before, and its entrance.

import { Marker } from "maplibre-gl";
import type { Place } from "../../address";
import type { Colours } from "../../map/colours";
import { w } from "../words";
import { Ground } from "./ground";

/** What is shown. */
export interface Pinned {
  /** The station; nothing where it has no place yet. */
  readonly pin: Place | undefined;
  /** Where it was before it was moved. */
  readonly before: Place | undefined;
  readonly entrance: Place | undefined;
  /** The shape of its door. */
  readonly door: string;
  readonly isLocked: boolean;
  /** Its id, so that it is not drawn twice. */
  readonly id: string;
  /** What a click on the ground places. */
  readonly placing: "pin" | "entrance";
}

/** What the map tells. */
export interface Told {
  readonly pin: (place: Place) => void;
  readonly entrance: (place: Place) => void;
}

const ZOOM = 15.5;
const FAR_ZOOM = 10;
/** How far an arrow key moves a pin, in pixels; with Shift ten times as far. */
const NUDGE_PX = 1;
const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** A map with a pin. */
export class PinMap {
  readonly #ground: Ground;
  readonly #told: Told;
  readonly #pin: Marker;
  readonly #ghost: Marker;
  readonly #entrance: Marker;
  #shown: Pinned | undefined;

  private constructor(ground: Ground, told: Told) {
    this.#ground = ground;
    this.#told = told;
    this.#pin = marker("mk big", w.place.pin, "bottom");
    this.#ghost = marker("mk ghost", "", "bottom");
    this.#entrance = marker("entrance", w.place.entrance_pin, "center");
    this.#drags(this.#pin, told.pin);
    this.#drags(this.#entrance, told.entrance);
    ground.map.on("click", ({ lngLat }) => {
      const { isLocked, placing } = this.#shown ?? { isLocked: true };
      if (!isLocked) this.#told[placing ?? "pin"](this.#ground.place(lngLat));
    });
  }

  /** Opens it in an element. */
  static async open(container: HTMLElement, shown: Pinned, middle: Place, told: Told): Promise<PinMap> {
    const ground = await Ground.open(container, shown.pin ?? middle, shown.pin ? ZOOM : FAR_ZOOM, dotted);
    const map = new PinMap(ground, told);
    map.show(shown);
    return map;
  }

  /** Shows the station where it is now. */
  show(shown: Pinned): void {
    const wasOut = this.#shown && !this.#shown.pin;
    this.#shown = shown;
    const { pin, before, entrance, door, isLocked, id } = shown;
    this.#put(this.#pin, pin);
    this.#put(this.#ghost, before);
    this.#put(this.#entrance, entrance);
    for (const marked of [this.#pin, this.#ghost]) dress(marked, door);
    this.#pin.setDraggable(!isLocked);
    this.#entrance.setDraggable(!isLocked);
    this.#pin.getElement().tabIndex = isLocked ? -1 : 0;
    this.#ground.leaveOut([id]);
    this.#line(pin, before, entrance);
    if (pin && wasOut) this.#ground.map.jumpTo({ center: this.#ground.drawn(pin), zoom: ZOOM });
    else if (pin && !this.#ground.map.getBounds().contains(this.#ground.drawn(pin)))
      this.#ground.map.jumpTo({ center: this.#ground.drawn(pin) });
  }

  /** Takes it away. */
  close(): void {
    this.#ground.close();
  }

  #put(marked: Marker, place: Place | undefined): void {
    if (place) marked.setLngLat(this.#ground.drawn(place)).addTo(this.#ground.map);
    else marked.remove();
  }

  /** A dotted line from where it was, and one to the entrance. */
  #line(pin: Place | undefined, before: Place | undefined, entrance: Place | undefined): void {
    const pairs = [before, entrance].flatMap((end) => (end && pin ? [[end, pin] as const] : []));
    this.#ground.show({
      type: "FeatureCollection",
      features: pairs.map((pair) => ({
        type: "Feature",
        properties: {},
        geometry: { type: "LineString", coordinates: pair.map((place) => this.#ground.drawn(place)) },
      })),
    });
  }

  #drags(marked: Marker, moved: (place: Place) => void): void {
    marked.on("dragend", () => moved(this.#ground.place(marked.getLngLat())));
    marked.getElement().addEventListener("keydown", (event) => {
      const arrow = ARROWS[event.key];
      if (!arrow || this.#shown?.isLocked) return;
      event.preventDefault();
      event.stopPropagation();
      const far = event.shiftKey ? 10 * NUDGE_PX : NUDGE_PX;
      const { x, y } = this.#ground.map.project(marked.getLngLat());
      moved(this.#ground.place(this.#ground.map.unproject([x + arrow[0] * far, y + arrow[1] * far])));
    });
  }
}

function marker(className: string, label: string, anchor: "bottom" | "center"): Marker {
  const element = document.createElement(label ? "button" : "div");
  element.className = className;
  if (element instanceof HTMLButtonElement) {
    element.type = "button";
    element.setAttribute("aria-label", label);
    element.addEventListener("click", (event) => event.stopPropagation());
  }
  element.append(document.createElement("i"));
  return new Marker({ element, anchor, offset: anchor === "bottom" ? [0, -6] : [0, 0] });
}

function dress(marked: Marker, door: string): void {
  const inside = marked.getElement().querySelector("i");
  if (inside) inside.className = `door ${door}`;
}

/** A dotted line in the colour of ink. */
export function dotted(colours: Colours, source: string) {
  return [
    {
      id: "own-line",
      type: "line" as const,
      source,
      layout: { "line-cap": "round" as const },
      paint: { "line-color": colours.ink, "line-width": 2.5, "line-dasharray": [0.5, 2.2] },
    },
  ];
}
