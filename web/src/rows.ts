// The stations of the page, read from the rows of the list: so the map cannot show others.

import { DOOR_SHAPES } from "./door";

/** A station as its row states it. */
export interface Station {
  readonly id: string;
  readonly name: string;
  /** The shape of its door. */
  readonly state: string;
  /** Its state in words. */
  readonly word: string;
  /** Its distance in words, where the list has a place. */
  readonly far: string;
  readonly lon: number;
  readonly lat: number;
  /** Whether it leads the list. */
  readonly isFirst: boolean;
}

/** The stations of all rows within, in their order; a row that states no position is left out. */
export function readStations(root: ParentNode): Station[] {
  const rows = root.querySelectorAll<HTMLElement>("li.row[data-id]");
  return [...rows]
    .map(readRow)
    .filter((station) => Number.isFinite(station.lon) && Number.isFinite(station.lat));
}

/** The row of a station. */
export function rowOf(root: ParentNode, id: string): HTMLElement | undefined {
  const rows = root.querySelectorAll<HTMLElement>("li.row[data-id]");
  return [...rows].find((row) => row.dataset.id === id);
}

function readRow(row: HTMLElement): Station {
  const { id = "", name = "", word = "", far = "", state = "" } = row.dataset;
  return {
    id,
    name,
    word,
    far,
    state: DOOR_SHAPES.includes(state) ? state : "unknown",
    lon: Number(row.dataset.lon ?? Number.NaN),
    lat: Number(row.dataset.lat ?? Number.NaN),
    isFirst: row.classList.contains("first"),
  };
}
