// The planner's map: hexagons of gaps, doors as they are at the hour, service points, and what is picked. It keeps its
// camera whatever it is shown; two of them share one.

import { type GeoJSONFeature, type MapMouseEvent, Marker } from "maplibre-gl";
import type { Place } from "../../address";
import { isPageDark } from "../../look";
import { CLUSTERS, DOORS } from "../../map/stations";
import { Ground } from "../../staff/map/ground";
import { type Bounds, classOf } from "../classes";
import type { Gaps, ServicePoints } from "../types";
import { COVERED, doorLayers, HEXAGONS, isPicked, ownLayers, PICKED, SERVICES } from "./layers";
import { type Box, boxOf } from "./view";

/** What a map shows. */
export interface Shown {
  readonly gaps: Gaps | undefined;
  readonly bounds: Bounds;
  readonly services: ServicePoints | undefined;
  /** The query of the station tiles. */
  readonly query: string;
  /** The cell that is picked. */
  readonly cell: string;
  /** Where the picked station is. */
  readonly station: Place | undefined;
}

/** Where a map looks: WGS-84 and the zoom of the map. */
export interface Camera extends Place {
  readonly zoom: number;
}

/** A station of the tiles that was touched. */
export interface Stop {
  readonly id: string;
  readonly name: string;
  readonly state: string;
  readonly place: Place;
}

/** What a map tells. */
export interface Told {
  readonly cell: (cell: string) => void;
  readonly station: (stop: Stop) => void;
  readonly service: (index: number) => void;
  readonly moved: (camera: Camera) => void;
  readonly rested: (camera: Camera) => void;
  /** All that it shows has been drawn. */
  readonly drawn: () => void;
}

const FAR_ZOOM = 9;
const NEAR_ZOOM = 13;
const FIT = { padding: 80, maxZoom: 12.5, duration: 0 };
const FINGER_PX = 12;

type Shape = Parameters<Ground["show"]>[0];

/** A map of gaps. */
export class GapMap {
  readonly #ground: Ground;
  readonly #container: HTMLElement;
  readonly #told: Told;
  readonly #mark: Marker;
  #shown: Shown | undefined;
  #hasCamera: boolean;
  #isFollowing = false;
  /** Whether it is drawn again for a picture alone. */
  #isTaken = false;

  private constructor(ground: Ground, container: HTMLElement, hasCamera: boolean, told: Told) {
    this.#ground = ground;
    this.#container = container;
    this.#hasCamera = hasCamera;
    this.#told = told;
    const ring = document.createElement("i");
    ring.className = "picked-mark";
    ring.setAttribute("aria-hidden", "true");
    this.#mark = new Marker({ element: ring, anchor: "center", offset: [0, -9] });
    const { map } = ground;
    map.on("click", (event) => this.#touched(event));
    map.on("move", () => {
      if (!this.#isFollowing) told.moved(this.camera());
    });
    map.on("moveend", () => {
      if (!this.#isFollowing) told.rested(this.camera());
    });
    map.on("style.load", () => this.#pick(this.#shown?.cell ?? ""));
    map.on("idle", () => {
      if (!this.#isTaken) this.#report();
    });
  }

  /** Opens it in an element. */
  static async open(
    container: HTMLElement,
    label: string,
    middle: Place,
    camera: Camera | undefined,
    shown: Shown,
    told: Told,
  ): Promise<GapMap> {
    const more = { query: shown.query, stations: doorLayers, label, isUnderLabels: true };
    const zoom = camera?.zoom ?? FAR_ZOOM;
    const ground = await Ground.open(container, camera ?? middle, zoom, ownLayers, more);
    const map = new GapMap(ground, container, camera !== undefined, told);
    map.show(shown);
    return map;
  }

  /** Shows this from now on. The first gaps are brought into view, unless a camera was given. */
  show(shown: Shown): void {
    const before = this.#shown;
    this.#shown = shown;
    this.#ground.ask(shown.query);
    if (
      shown.gaps !== before?.gaps ||
      shown.bounds !== before?.bounds ||
      shown.services !== before?.services
    ) {
      this.#container.dataset.drawn = "no";
      this.#ground.show(this.#shape(shown));
    }
    if (shown.cell !== before?.cell) this.#pick(shown.cell);
    if (shown.station !== before?.station) {
      if (shown.station) this.#mark.setLngLat(this.#ground.drawn(shown.station)).addTo(this.#ground.map);
      else this.#mark.remove();
    }
    const box = this.#hasCamera ? undefined : boxOf(shown.gaps);
    if (!box) return;
    this.#hasCamera = true;
    this.#fit(box);
  }

  /** Looks where another map looks. */
  follow(camera: Camera): void {
    this.#isFollowing = true;
    this.#hasCamera = true;
    this.#ground.map.jumpTo({ center: this.#ground.drawn(camera), zoom: camera.zoom });
    this.#isFollowing = false;
  }

  /** Brings a place into view, and nearer where it is far. */
  goTo(place: Place): void {
    const { map } = this.#ground;
    map.jumpTo({ center: this.#ground.drawn(place), zoom: Math.max(map.getZoom(), NEAR_ZOOM) });
  }

  /** Brings a place into view, where it is not in view. */
  reveal(place: Place): void {
    const at = this.#ground.drawn(place);
    if (!this.#ground.map.getBounds().contains(at)) this.#ground.map.jumpTo({ center: at });
  }

  /** Where it looks. */
  camera(): Camera {
    const { map } = this.#ground;
    return { ...this.#ground.place(map.getCenter()), zoom: map.getZoom() };
  }

  /** Fills the room that it has now. */
  fit(): void {
    this.#ground.map.resize();
  }

  /** Zooms by some steps. */
  zoom(by: number): void {
    this.#ground.map.jumpTo({ zoom: this.#ground.map.getZoom() + by });
  }

  /** The map as it is drawn now, as a picture. */
  picture(): HTMLCanvasElement {
    const { map } = this.#ground;
    // What WebGL drew is there until the browser shows it, so it is copied in the same breath.
    this.#isTaken = true;
    map.redraw();
    this.#isTaken = false;
    const from = map.getCanvas();
    const copy = document.createElement("canvas");
    copy.width = from.width;
    copy.height = from.height;
    copy.getContext("2d")?.drawImage(from, 0, 0);
    return copy;
  }

  /** Takes it away. */
  close(): void {
    this.#ground.close();
  }

  #fit([west, south, east, north]: Box): void {
    const corners: [[number, number], [number, number]] = [
      this.#ground.drawn({ lon: west, lat: south }),
      this.#ground.drawn({ lon: east, lat: north }),
    ];
    this.#ground.map.fitBounds(corners, FIT);
    this.#told.rested(this.camera());
  }

  #pick(cell: string): void {
    if (this.#ground.map.getLayer(PICKED)) this.#ground.map.setFilter(PICKED, isPicked(cell));
  }

  #shape({ gaps, bounds, services }: Shown): Shape {
    const drawn = ([lon, lat]: readonly [number, number]) => this.#ground.drawn({ lon, lat });
    const cells = (gaps?.features ?? []).map(({ geometry, properties }) => ({
      type: "Feature" as const,
      properties: { kind: "cell", cell: properties.cell, class: classOf(bounds, properties.uncovered) },
      geometry: {
        type: "Polygon" as const,
        coordinates: geometry.coordinates.map((ring) => ring.map(drawn)),
      },
    }));
    const points = (services?.features ?? []).map(({ geometry, properties }, index) => ({
      type: "Feature" as const,
      properties: { kind: "service", index, name: properties.name, state: properties.state },
      geometry: { type: "Point" as const, coordinates: drawn(geometry.coordinates) },
    }));
    return { type: "FeatureCollection", features: [...cells, ...points] };
  }

  /** Says on the element what is drawn, once it is. */
  #report(): void {
    const { gaps, bounds = [], query = "" } = this.#shown ?? {};
    const all = gaps?.features.map(({ properties }) => properties) ?? [];
    const counts = [0, 1, 2, 3, 4, 5].map((at) => all.filter((gap) => classOf(bounds, gap.uncovered) === at));
    const { dataset } = this.#container;
    dataset.classes = counts.map((cells) => cells.length).join(" ");
    dataset.uncovered = String(
      counts
        .slice(1)
        .flat()
        .reduce((sum, gap) => sum + gap.uncovered, 0),
    );
    dataset.request = gaps?.request ?? "";
    dataset.query = query;
    dataset.look = isPageDark() ? "dark" : "light";
    dataset.drawn = gaps ? "yes" : "no";
    if (gaps) this.#told.drawn();
  }

  #touched({ point }: MapMouseEvent): void {
    const { map } = this.#ground;
    const box: [[number, number], [number, number]] = [
      [point.x - FINGER_PX, point.y - FINGER_PX],
      [point.x + FINGER_PX, point.y + FINGER_PX],
    ];
    const isThere = (layer: string) => map.getLayer(layer) !== undefined;
    const near = map.queryRenderedFeatures(box, { layers: [DOORS, CLUSTERS, SERVICES].filter(isThere) })[0];
    const under = map.queryRenderedFeatures(point, { layers: [HEXAGONS, COVERED].filter(isThere) })[0];
    const found = near ?? under;
    if (found) this.#open(found);
  }

  #open({ properties, geometry }: GeoJSONFeature): void {
    const { cluster, expansion_zoom, id, name, state, kind, cell, index } = properties;
    if (kind === "cell") this.#told.cell(String(cell));
    else if (kind === "service") this.#told.service(Number(index));
    if (geometry.type !== "Point" || kind) return;
    const [lng = 0, lat = 0] = geometry.coordinates;
    if (cluster) {
      this.#ground.map.jumpTo({ center: [lng, lat], zoom: Number(expansion_zoom) });
      return;
    }
    const place = this.#ground.place({ lng, lat });
    this.#told.station({ id: String(id), name: String(name), state: String(state), place });
  }
}
