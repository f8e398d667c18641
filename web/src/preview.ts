// The strip above a phone's list: pictures of the map with the stations of the list on them. It needs neither
// WebGL nor the map's code, which comes when somebody opens the map.

import type { Place } from "./address";
import { toGcj02 } from "./datum";
import { element } from "./element";
import { markerElement } from "./map/marker";
import { type Box, boxAround, paddingOf } from "./map/view";
import type { Station } from "./rows";

/** The pictures that the ground is made of. */
export interface Pictures {
  /** Addresses of each layer with `{z} {x} {y}`, the lowest first. */
  readonly layers: readonly (readonly string[])[];
  /** The width of a picture on the page, in pixels. */
  readonly size: number;
  readonly min: number;
  readonly max: number;
  /** Whether the pictures are in GCJ-02. */
  readonly isShifted: boolean;
}

/** A point of the world on a map that is one unit wide (EPSG:3857). */
type Point = readonly [x: number, y: number];

/** The deepest zoom of the built-in pictures. */
const DEEPEST = 16;
/** The closest view: so many pixels around the world, where 100 m are some 110 pixels. */
const CLOSEST = 2 ** 23.5;
/** A picture that comes from nowhere after so long is done without. */
const PATIENCE_MS = 4000;
/** So many markers are drawn in full; the others are smaller. */
const IN_FRONT = 4;

/** The built-in pictures, or the operator's where the settings name some. Streets in vectors have none. */
export function picturesOf(stated: string | undefined, isDark: boolean): Pictures {
  const own = `/tiles/base/{z}/{x}/{y}${isDark ? "-dark" : ""}.svg`;
  const builtin = { layers: [[own]], size: 256, min: 0, max: DEEPEST, isShifted: false };
  const told = stated ? JSON.parse(stated) : { kind: "builtin" };
  if (told.kind !== "raster" && told.kind !== "wmts") return builtin;
  const { layers, tile_size: size, min_zoom: min, max_zoom: max, datum } = told;
  return { layers, size, min, max, isShifted: datum === "gcj02" };
}

/** The strip's picture of a list. */
export class Preview {
  readonly #ground: HTMLElement;
  readonly #touched: (id: string) => void;
  #round = 0;

  /** `touched` is told which marker was. */
  constructor(ground: HTMLElement, touched: (id: string) => void) {
    this.#ground = ground;
    this.#touched = touched;
  }

  /** Shows these stations, around a place if there is one. */
  show(pictures: Pictures, stations: readonly Station[], place: Place | undefined): void {
    const shifted = <P extends Place>(at: P): P => (pictures.isShifted ? { ...at, ...toGcj02(at) } : at);
    const drawn = stations.map(shifted);
    const here = place && shifted(place);
    const box = boxAround(drawn, here);
    const { width, height } = this.#ground.getBoundingClientRect();
    if (!box || width === 0) {
      this.clear();
      return;
    }
    const view = viewOf(box, width, height, pictures);
    const tiles = tilesOf(view, width, height, pictures);
    const markers = drawn.map((station, rank) => this.#marker(station, rank, view));
    this.#ground.replaceChildren(...tiles, ...(here ? [me(here, view)] : []), ...markers);
    this.#tellWhenDrawn(tiles);
  }

  /** Shows nothing, while the map itself is open. */
  clear(): void {
    this.#round += 1;
    this.#ground.replaceChildren();
  }

  #marker(station: Station, rank: number, view: View): HTMLElement {
    const made = markerElement(station, this.#touched);
    made.classList.toggle("minor", rank >= IN_FRONT);
    return put(made, station, view);
  }

  /** Says on the element when every picture is there or will not come. */
  #tellWhenDrawn(tiles: readonly HTMLImageElement[]): void {
    this.#round += 1;
    const round = this.#round;
    delete this.#ground.dataset.drawn;
    const there = tiles.map((tile) => tile.decode().catch(() => undefined));
    const late = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS));
    void Promise.race([Promise.all(there), late]).then(() => {
      if (round === this.#round) this.#ground.dataset.drawn = "yes";
    });
  }
}

/** What part of the world is shown: the zoom, and the world's pixel in the upper left corner. */
interface View {
  readonly zoom: number;
  /** Pixels around the world. */
  readonly world: number;
  readonly left: number;
  readonly top: number;
}

/** The closest view at which a box fits between the paddings of the strip, with the box in their middle. */
export function viewOf(
  [west, south, east, north]: Box,
  width: number,
  height: number,
  pictures: Pictures,
): View {
  const { top = 0, bottom = 0, left = 0, right = 0 } = paddingOf("strip");
  const room = { x: width - left - right, y: height - top - bottom };
  const [nw, se] = [mercator({ lon: west, lat: north }), mercator({ lon: east, lat: south })];
  const fits = Math.min(room.x / (se[0] - nw[0]), room.y / (se[1] - nw[1]));
  const world = Math.min(fits, CLOSEST);
  const zoom = Math.floor(Math.log2(world / pictures.size));
  return {
    zoom: Math.max(pictures.min, Math.min(pictures.max, zoom)),
    world,
    left: ((nw[0] + se[0]) / 2) * world - left - room.x / 2,
    top: ((nw[1] + se[1]) / 2) * world - top - room.y / 2,
  };
}

/** The pictures of each layer that the strip shows, enlarged by less than twice. */
function tilesOf(view: View, width: number, height: number, { layers }: Pictures): HTMLImageElement[] {
  const side = view.world / 2 ** view.zoom;
  const first = [Math.floor(view.left / side), Math.floor(view.top / side)] as const;
  const last = [Math.floor((view.left + width) / side), Math.floor((view.top + height) / side)] as const;
  const made: HTMLImageElement[] = [];
  for (const addresses of layers) {
    for (let x = first[0]; x <= last[0]; x++) {
      for (let y = first[1]; y <= last[1]; y++) made.push(tile(addresses, x, y, view, side));
    }
  }
  return made;
}

function tile(
  addresses: readonly string[],
  x: number,
  y: number,
  view: View,
  side: number,
): HTMLImageElement {
  const made = element("img", "");
  const address = addresses[Math.abs(x + y) % addresses.length] ?? "";
  made.src = address.replace("{z}", `${view.zoom}`).replace("{x}", `${x}`).replace("{y}", `${y}`);
  made.alt = "";
  made.referrerPolicy = "origin";
  // A picture that does not come leaves plain ground, no frame around nothing.
  made.addEventListener("error", () => made.remove());
  // Edges are whole pixels, so that neighbours meet without a seam.
  const [left, right] = [x, x + 1].map((edge) => Math.round(edge * side - view.left)) as [number, number];
  const [top, bottom] = [y, y + 1].map((edge) => Math.round(edge * side - view.top)) as [number, number];
  made.width = right - left;
  made.height = bottom - top;
  made.style.left = `${left}px`;
  made.style.top = `${top}px`;
  return made;
}

function me(place: Place, view: View): HTMLElement {
  const made = element("i", "me");
  made.setAttribute("aria-hidden", "true");
  return put(made, place, view);
}

function put(made: HTMLElement, at: Place, view: View): HTMLElement {
  const [x, y] = mercator(at);
  made.style.left = `${Math.round(x * view.world - view.left)}px`;
  made.style.top = `${Math.round(y * view.world - view.top)}px`;
  return made;
}

/** The Web Mercator projection (EPSG:3857), from 0 to 1. */
function mercator({ lon, lat }: Place): Point {
  const sin = Math.sin((lat * Math.PI) / 180);
  return [(lon + 180) / 360, 0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI)];
}
