// The place of the map: a strip with a picture of it, the whole screen, or half a desk. The map's code comes when
// it is asked for, on a desk when there is time for it; a browser that cannot draw it has the picture.

import type { Place } from "./address";
import { type Brief, complete, rowFor, stationAddress } from "./card";
import { button, element } from "./element";
import type { List } from "./list";
import { isPageDark, onOtherLook } from "./look";
import type { StationMap } from "./map/map";
import { tileQuery } from "./map/question";
import { Preview, picturesOf } from "./preview";
import { readStations, rowOf, type Station } from "./rows";
import { isSparing } from "./sparing";
import type { Words } from "./words";

/** From this width on the map stands beside the list. */
const DESK = matchMedia("(min-width: 900px)");

/** The map's place on the page. */
export class Strip {
  readonly #strip: HTMLElement;
  readonly #list: List;
  readonly #card = element("ol", "card rows");
  readonly #search: HTMLButtonElement;
  readonly #legend = element("ul", "legend");
  readonly #stateWords: Readonly<Record<string, string>>;
  readonly #preview: Preview;
  #map: Promise<StationMap | undefined> | undefined;
  #wanted: Place | undefined;
  /** How often the list has answered. */
  #round = 0;
  /** Stops what is still being asked about a station that is no longer chosen. */
  #asking: AbortController | undefined;

  constructor(strip: HTMLElement, list: List, words: Words) {
    this.#strip = strip;
    this.#list = list;
    this.#search = button("btn floating main", words.search_here, () => void this.#searchHere(), "search");
    this.#search.hidden = true;
    const back = button("btn floating to-list", words.to_list, () => this.#leave(), "list");
    const top = element("div", "bar-top");
    top.append(back, this.#zoom(words));
    const low = element("div", "bar-low");
    low.append(this.#search, this.#card);
    this.#legend.setAttribute("aria-hidden", "true");
    this.#stateWords = words.states;
    const ground = element("div", "preview");
    ground.addEventListener("click", () => void this.open());
    this.#preview = new Preview(ground, (id) => this.#touched(id));
    strip.append(ground, top, this.#legend, low);
    strip.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.isFull) this.#leave();
    });
    DESK.addEventListener("change", () => this.update());
    onOtherLook(() => this.#sketch());
    this.update();
  }

  static #isPossible: boolean | undefined;

  /** Whether this browser can draw the map at all. It takes a while to find out, once. */
  static isPossible(): boolean {
    Strip.#isPossible ??= hasWebGl();
    return Strip.#isPossible;
  }

  /** Whether the map covers the screen. */
  get isFull(): boolean {
    return this.#strip.classList.contains("full");
  }

  /** Once the page is quiet, finds out whether there can be a map, and loads it on a desk that has room for it. */
  loadWhenQuiet(): void {
    const load = () => {
      if (!Strip.isPossible()) document.documentElement.classList.add("no-map");
      else if (DESK.matches && !isSparing()) void this.#loaded();
    };
    if ("requestIdleCallback" in window) requestIdleCallback(load, { timeout: 2000 });
    else setTimeout(load, 300);
  }

  /** Shows the stations that the list shows now. */
  update(): void {
    this.#round += 1;
    const stations = readStations(this.#list.answer);
    const isSheet = this.#list.answer.querySelector("article.sheet") !== null;
    this.#strip.classList.toggle("idle", isSheet || (stations.length === 0 && !this.#list.place));
    this.#search.hidden = true;
    this.#wanted = undefined;
    this.#put(undefined);
    this.#legend.replaceChildren(...legend(stations, this.#query.includes("open="), this.#stateWords));
    this.#sketch();
    if (this.#map) void this.#fit();
    else this.loadWhenQuiet();
  }

  /** Draws the picture of the strip anew. */
  #sketch(): void {
    const { answer, place } = this.#list;
    if (DESK.matches || this.isFull) return;
    this.#preview.show(picturesOf(this.#strip.dataset.basemap, isPageDark()), readStations(answer), place);
  }

  /** Covers the screen with the map; the back key takes it away again. */
  async open(id?: string): Promise<void> {
    if (!Strip.isPossible()) return;
    if (!this.isFull) {
      const state: unknown = history.state;
      history.pushState({ ...(state as object | null), map: true }, "");
    }
    this.#cover(true);
    delete this.#strip.querySelector<HTMLElement>(".canvas")?.dataset.drawn;
    // The page is laid out anew first, then the map drawn.
    await new Promise(requestAnimationFrame);
    const map = await this.#loaded();
    await this.#fit();
    if (id) this.#select(id, map);
  }

  /** Gives the screen back to the list. */
  close(): void {
    if (this.isFull) this.#cover(false);
  }

  /** Goes back to the list; a list of another place, found on the map, stays. */
  #leave(): void {
    const state: unknown = history.state;
    if (typeof state === "object" && state !== null && "map" in state) history.back();
    else this.close();
  }

  /** Shows where a row's station is. */
  async show(id: string): Promise<void> {
    if (!DESK.matches) return this.open(id);
    this.#select(id, await this.#loaded());
  }

  #cover(isFull: boolean): void {
    this.#strip.classList.toggle("full", isFull);
    for (const other of document.querySelectorAll("main > [data-part]:not(.strip), .end, .skip")) {
      other.toggleAttribute("inert", isFull);
    }
    if (isFull) {
      this.#preview.clear();
      this.#strip.setAttribute("role", "dialog");
      this.#strip.setAttribute("aria-modal", "true");
      this.#strip.querySelector<HTMLElement>(".to-list")?.focus();
    } else {
      this.#strip.removeAttribute("role");
      this.#strip.removeAttribute("aria-modal");
      this.#strip.querySelector<HTMLElement>(".see-map")?.focus({ preventScroll: true });
      this.#sketch();
      // What nobody sees is taken off the page, so that each station stands on it once.
      void this.#map?.then((map) => map?.rest());
    }
  }

  #loaded(): Promise<StationMap | undefined> {
    if (!this.#map) {
      this.#map = this.#load();
      void this.#fit();
    }
    return this.#map;
  }

  async #load(): Promise<StationMap | undefined> {
    const canvas = this.#strip.querySelector<HTMLElement>(".canvas");
    if (!canvas) return undefined;
    try {
      const { openMap } = await import("./map/map");
      const { lon = "", lat = "" } = this.#strip.dataset;
      const middle = lon && lat ? { lon: Number(lon), lat: Number(lat) } : undefined;
      const map = await openMap(canvas, this.#strip.dataset.basemap, middle, {
        marker: (id) => this.#touched(id),
        other: (station) => this.#offerOther(station),
        ground: (place) => this.#offer(place),
        panned: (place) => this.#offer(place),
      });
      return map;
    } catch {
      document.documentElement.classList.add("no-map");
      return undefined;
    }
  }

  async #fit(): Promise<void> {
    const map = await this.#map;
    if (map && (this.isFull || DESK.matches)) this.#draw(map);
  }

  #draw(map: StationMap): void {
    map.setRoom(this.isFull ? "full" : "desk");
    const { answer, place } = this.#list;
    const stations = readStations(answer);
    map.show({ round: this.#round, stations, place, query: this.#query, district: this.#district });
  }

  /** The district that the list is of. */
  get #district(): string | undefined {
    const { place, question } = this.#list;
    return place ? undefined : (question.searchParams.get("district") ?? undefined);
  }

  /** What the tiles are asked, so that they show what the list shows. */
  get #query(): string {
    const { place, question } = this.#list;
    return tileQuery(question, place !== undefined || this.#district !== undefined);
  }

  /** A marker was touched: its row is brought up, or its card in front of the map. */
  #touched(id: string): void {
    void this.#map?.then((map) => this.#select(id, map));
    if (this.isFull) return;
    const row = rowOf(this.#list.answer, id);
    row?.scrollIntoView({ block: "center", behavior: "smooth" });
    row?.querySelector<HTMLElement>("a")?.focus({ preventScroll: true });
  }

  #select(id: string, map: StationMap | undefined): void {
    for (const row of this.#list.answer.querySelectorAll("li.row[aria-current]"))
      row.removeAttribute("aria-current");
    const row = rowOf(this.#list.answer, id);
    row?.setAttribute("aria-current", "true");
    map?.select(id);
    const copy = row?.cloneNode(true) as HTMLElement | undefined;
    copy?.removeAttribute("id");
    this.#put(copy);
  }

  /** A station of the map alone was touched: its card comes in front of the map. */
  #offerOther(station: Brief): void {
    for (const row of this.#list.answer.querySelectorAll("li.row[aria-current]"))
      row.removeAttribute("aria-current");
    const address = stationAddress(station.id, this.#list.question);
    const row = rowFor(station, this.#stateWords[station.state] ?? station.state, address);
    this.#put(row);
    this.#card.classList.add("other", "plain");
    this.#asking = new AbortController();
    void complete(row, address, this.#asking.signal);
  }

  /** Puts a row, or none, in front of the map. */
  #put(row: HTMLElement | undefined): void {
    this.#asking?.abort();
    this.#card.classList.remove("other", "plain");
    this.#card.replaceChildren(...(row ? [row] : []));
  }

  #offer(place: Place): void {
    if (!this.isFull && !DESK.matches) {
      void this.open();
      return;
    }
    this.#wanted = place;
    this.#search.hidden = false;
  }

  #zoom(words: Words): HTMLElement {
    const step = (label: string, sign: string, by: number) => {
      const made = element("button", "btn floating");
      made.type = "button";
      made.setAttribute("aria-label", label);
      made.textContent = sign;
      made.addEventListener("click", () => void this.#map?.then((map) => map?.zoom(by)));
      return made;
    };
    const box = element("div", "zoom");
    box.append(step(words.zoom_in, "+", 1), step(words.zoom_out, "−", -1));
    return box;
  }

  async #searchHere(): Promise<void> {
    const place = this.#wanted;
    if (place) await this.#list.look(place);
  }
}

function hasWebGl(): boolean {
  try {
    const context = document.createElement("canvas").getContext("webgl2");
    // A phone has few of them; this one has answered.
    context?.getExtension("WEBGL_lose_context")?.loseContext();
    return context !== null;
  } catch {
    return false;
  }
}

/** The doors that may be on the map, each with its word: those of the list, and those of the tiles. */
function legend(
  stations: readonly Station[],
  isOpenOnly: boolean,
  words: Readonly<Record<string, string>>,
): HTMLElement[] {
  const inTiles = (state: string) => !isOpenOnly || ["open", "soon"].includes(state);
  const listed = new Set(stations.map((station) => station.state));
  const shown = Object.keys(words).filter((state) => inTiles(state) || listed.has(state));
  return shown.map((state) => {
    const item = element("li", state);
    item.append(element("i", `door ${state}`), words[state] ?? state);
    return item;
  });
}
