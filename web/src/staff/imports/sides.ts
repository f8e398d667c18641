// The two sides of a suspected duplicate in the same terms: a row of the sheet, another row, a registered station.

import { readStation } from "../api";
import { describe } from "../editor/describe";
import type { Place } from "../editor/position";
import { Refusal } from "../http";
import type { Field, Station } from "../types";
import { say, w } from "../words";
import { readRows } from "./api";
import type { Duplicate, Import, Row } from "./types";

/** The facts that are compared, in their order. */
export const COMPARED = [
  "name",
  "code",
  "district",
  "address",
  "hours",
  "facilities",
  "host",
  "phone",
] as const;
export type Compared = (typeof COMPARED)[number];

/** One side. */
export interface Side {
  readonly title: string;
  readonly texts: Readonly<Partial<Record<Compared, string>>>;
  readonly place: Place | undefined;
}

/** A row of the sheet as it is written. */
export function sideOfRow(it: Import, row: Row): Side {
  const texts: Partial<Record<Compared, string>> = {};
  for (const field of COMPARED) {
    const column = it.headings.find(({ fields }) => fields.includes(field))?.column;
    const text = column === undefined ? "" : (row.cells[column] ?? "");
    if (text) texts[field] = text;
  }
  return { title: say(w.imports.row, row.row), texts, place: row.position ?? undefined };
}

/** A registered station in words. */
export function sideOfStation(station: Station): Side {
  const texts: Partial<Record<Compared, string>> = {};
  for (const field of COMPARED) {
    const text = describe(field, factOf(station, field));
    if (text !== "–") texts[field] = text;
  }
  return { title: station.name, texts, place: { lon: station.lon, lat: station.lat } };
}

function factOf(station: Station, field: Compared & Field): unknown {
  return field === "hours" ? (station.hours_text ?? station.hours) : station[field];
}

/** The side that a row is held against; only its name where it is out of reach. */
export async function otherOf(it: Import, pair: Duplicate): Promise<Side> {
  if (typeof pair.other_row === "number") {
    const { items } = await readRows(it.id, { row: pair.other_row });
    const [row] = items;
    if (row) return sideOfRow(it, row);
  }
  const name = pair.station_name ?? "";
  const onlyName: Side = { title: name, texts: { name }, place: undefined };
  if (!pair.station_id) return onlyName;
  try {
    return sideOfStation(await readStation(pair.station_id));
  } catch (cause) {
    if (cause instanceof Refusal && (cause.status === 404 || cause.status === 403)) return onlyName;
    throw cause;
  }
}

/** Whether two texts say the same but for spaces and the width of letters. */
export function alike(a: string | undefined, b: string | undefined): boolean {
  const folded = (text: string | undefined) =>
    (text ?? "").normalize("NFKC").replace(/\s/g, "").toLowerCase();
  return folded(a) === folded(b);
}
