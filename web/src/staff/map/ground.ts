// The map that staff work on: the same ground as the worker's page with every public station, and room for what
// somebody moves or draws.

import {
  type GeoJSONSource,
  type LayerSpecification,
  Map as MapLibre,
  NavigationControl,
  ScaleControl,
  type StyleSpecification,
  setWorkerUrl,
  type VectorTileSource,
} from "maplibre-gl";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url";
import "maplibre-gl/dist/maplibre-gl.css";
import type { Place } from "../../address";
import { onOtherLook } from "../../look";
import { type Basemap, basemapOf, type Draw, drawingOf, drawnAt, groundAt } from "../../map/basemap";
import { type Colours, coloursOf } from "../../map/colours";
import { givePictures } from "../../map/pictures";
import * as tiles from "../../map/stations";
import { basemap as stated } from "../shell";
import { isEnglish, w } from "../words";

setWorkerUrl(workerUrl);

const MAX_ZOOM = 19;
const OWN = "own";
type Shape = Parameters<GeoJSONSource["setData"]>[0];
const NOTHING: Shape = { type: "FeatureCollection", features: [] };

/** What a screen draws above the ground, in the colours of the page. */
export type OwnLayers = (colours: Colours, source: string) => readonly LayerSpecification[];

/** What a map has otherwise than most. */
export interface More {
  /** The query of the station tiles. */
  readonly query?: string;
  /** Draws the stations. */
  readonly stations?: typeof tiles.stationLayers;
  /** What the map is called, where there are several. */
  readonly label?: string;
  /** Whether the names of places stand above what the screen draws. */
  readonly isUnderLabels?: boolean;
}

/** A map in an element. Places are WGS-84 on both sides; the shift of the base map is its own affair. */
export class Ground {
  readonly map: MapLibre;
  readonly #basemap: Basemap;
  readonly #draw: Draw;
  readonly #own: OwnLayers;
  readonly #stations: typeof tiles.stationLayers;
  readonly #isUnderLabels: boolean;
  #query: string;
  #colours: Colours;
  #shape: Shape = NOTHING;
  #without: readonly string[] = [];

  private constructor(
    container: HTMLElement,
    basemap: Basemap,
    draw: Draw,
    middle: Place,
    zoom: number,
    own: OwnLayers,
    more: More,
  ) {
    this.#query = more.query ?? "";
    this.#stations = more.stations ?? tiles.stationLayers;
    this.#isUnderLabels = more.isUnderLabels ?? false;
    this.#basemap = basemap;
    this.#draw = draw;
    this.#own = own;
    this.#colours = coloursOf(document.documentElement);
    this.map = new MapLibre({
      container,
      style: this.#style(),
      center: this.drawn(middle),
      zoom,
      maxZoom: MAX_ZOOM,
      attributionControl: false,
      dragRotate: false,
      pitchWithRotate: false,
      fadeDuration: 0,
      localIdeographFontFamily: getComputedStyle(document.body).fontFamily,
      transformRequest: (url) =>
        url.startsWith(location.origin) ? { url } : { url, referrerPolicy: "origin" },
      locale: {
        ...(more.label ? { "Map.Title": more.label } : {}),
        "NavigationControl.ZoomIn": w.map.zoom_in,
        "NavigationControl.ZoomOut": w.map.zoom_out,
        ...(isEnglish ? {} : { "ScaleControl.Meters": "米", "ScaleControl.Kilometers": "公里" }),
      },
    });
    this.map.addControl(new ScaleControl({ maxWidth: 96, unit: "metric" }), "bottom-left");
    this.map.addControl(new NavigationControl({ showCompass: false }), "bottom-right");
    this.map.touchZoomRotate.disableRotation();
    void givePictures(this.map, () => this.#colours);
    onOtherLook(() => {
      this.#colours = coloursOf(document.documentElement);
      this.map.setStyle(this.#style());
    });
    this.map.on("style.load", () => this.#renew());
    this.map.on("idle", () => {
      container.dataset.drawn = "yes";
    });
    this.map.on("error", ({ error }) => {
      if ((error as Partial<{ status: number }>).status !== 0) console.error(error);
    });
  }

  /** Opens a map amid a place. */
  static async open(
    container: HTMLElement,
    middle: Place,
    zoom: number,
    own: OwnLayers,
    more: More = {},
  ): Promise<Ground> {
    const basemap = basemapOf(stated);
    return new Ground(container, basemap, await drawingOf(basemap), middle, zoom, own, more);
  }

  /** Where a place is drawn. */
  drawn(place: Place): [number, number] {
    const { lon, lat } = drawnAt(this.#basemap, place);
    return [lon, lat];
  }

  /** The place of a point of the map. */
  place({ lng, lat }: { lng: number; lat: number }): Place {
    return groundAt(this.#basemap, { lon: lng, lat });
  }

  /** Shows a shape of one's own, in drawn degrees. */
  show(shape: Shape): void {
    this.#shape = shape;
    this.map.getSource<GeoJSONSource>(OWN)?.setData(shape);
  }

  /** Asks the station tiles another question. */
  ask(query: string): void {
    if (query === this.#query) return;
    this.#query = query;
    this.#renewTiles();
  }

  /** Leaves out stations that are drawn otherwise. */
  leaveOut(ids: readonly string[]): void {
    this.#without = ids;
    if (this.map.getLayer(tiles.DOORS)) this.map.setFilter(tiles.DOORS, tiles.without(ids));
  }

  /** Takes the map away. */
  close(): void {
    this.map.remove();
  }

  #renew(): void {
    this.show(this.#shape);
    this.leaveOut(this.#without);
    if (this.#query) this.#renewTiles();
  }

  #renewTiles(): void {
    const source = this.map.getSource<VectorTileSource>(tiles.SOURCE);
    source?.setTiles([tiles.stationTiles(this.#basemap.datum, this.#query)]);
  }

  #style(): StyleSpecification {
    const language = document.documentElement.lang;
    const ground = this.#draw(this.#colours, language, undefined);
    const isAbove = ({ type }: LayerSpecification) => this.#isUnderLabels && type === "symbol";
    return {
      version: 8,
      sources: {
        ...ground.sources,
        [tiles.SOURCE]: tiles.stationSource(this.#basemap.datum, this.#query),
        [OWN]: { type: "geojson", data: NOTHING },
      },
      layers: [
        ...ground.layers.filter((layer) => !isAbove(layer)),
        ...this.#own(this.#colours, OWN),
        ...ground.layers.filter(isAbove),
        ...this.#stations(this.#colours, language, this.#without),
      ],
    };
  }
}
