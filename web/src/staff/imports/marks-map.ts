// Several marks on the map of staff, each of a shape of its own, with the ground around all of them in view.

import { LngLatBounds, Marker } from "maplibre-gl";
import type { Place } from "../../address";
import { Ground } from "../map/ground";
import { dotted } from "../map/pin";

/** A mark. */
export interface Mark {
  readonly key: string;
  readonly place: Place;
  /** What it is, for whoever cannot see it. */
  readonly label: string;
  /** The classes of its shape. */
  readonly look: string;
  /** Letters inside it. */
  readonly text: string;
}

/** What is shown. */
export interface Marked {
  readonly marks: readonly Mark[];
  /** Keys of the marks between which a dotted line runs. */
  readonly line: readonly string[];
  /** Another word here means that all marks shall be brought into view. */
  readonly view: string;
}

const ZOOM = 10;
const MOST_ZOOM = 16.5;
const MARGIN_PX = 64;

/** A map with marks. */
export class MarksMap {
  readonly #ground: Ground;
  readonly #onPick: (key: string) => void;
  #markers: Marker[] = [];
  #view = "";

  private constructor(ground: Ground, onPick: (key: string) => void) {
    this.#ground = ground;
    this.#onPick = onPick;
  }

  /** Opens it in an element. */
  static async open(container: HTMLElement, middle: Place, onPick: (key: string) => void): Promise<MarksMap> {
    return new MarksMap(await Ground.open(container, middle, ZOOM, dotted), onPick);
  }

  /** Shows these marks and no others. */
  show({ marks, line, view }: Marked): void {
    for (const marker of this.#markers) marker.remove();
    this.#markers = marks.map((mark) => this.#marker(mark));
    this.#line(marks, line);
    if (view === this.#view || marks.length === 0) return;
    this.#view = view;
    const bounds = new LngLatBounds();
    for (const { place } of marks) bounds.extend(this.#ground.drawn(place));
    this.#ground.map.fitBounds(bounds, { padding: MARGIN_PX, maxZoom: MOST_ZOOM, duration: 0 });
  }

  /** Takes it away. */
  close(): void {
    this.#ground.close();
  }

  #marker({ key, place, label, look, text }: Mark): Marker {
    const element = document.createElement("button");
    element.type = "button";
    element.className = `mark ${look}`;
    element.dataset.mark = key;
    element.setAttribute("aria-label", label);
    const inside = document.createElement("span");
    inside.textContent = text;
    element.append(inside);
    element.addEventListener("click", (event) => {
      event.stopPropagation();
      this.#onPick(key);
    });
    return new Marker({ element, anchor: "center" })
      .setLngLat(this.#ground.drawn(place))
      .addTo(this.#ground.map);
  }

  #line(marks: readonly Mark[], keys: readonly string[]): void {
    const ends = keys.flatMap((key) => marks.find((mark) => mark.key === key) ?? []);
    const coordinates = ends.map(({ place }) => this.#ground.drawn(place));
    this.#ground.show({
      type: "FeatureCollection",
      features:
        coordinates.length > 1
          ? [{ type: "Feature", properties: {}, geometry: { type: "LineString", coordinates } }]
          : [],
    });
  }
}
