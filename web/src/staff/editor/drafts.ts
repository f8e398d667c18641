// What somebody has changed and not saved, for each station. It outlives a click on another row.

import { signal } from "@preact/signals";
import type { Facts, Field, Station } from "../types";
import { same } from "./same";

/** Changes that are not saved. */
export interface Draft {
  /** The station as it was when the first of them was made; nothing for one that is not registered yet. */
  readonly base: Station | undefined;
  readonly values: Partial<Facts>;
  readonly reason: string;
}

/** The station that is not registered yet. */
export const NEW = "new";

/** All of them, by the station's id. */
export const drafts = signal<ReadonlyMap<string, Draft>>(new Map());

/** Keeps a draft, or forgets one that says nothing. */
export function keep(id: string, draft: Draft | undefined): void {
  const next = new Map(drafts.value);
  if (draft && Object.keys(draft.values).length > 0) next.set(id, draft);
  else next.delete(id);
  drafts.value = next;
}

/** Changes fields. What is as it was before is no change. */
export function change(id: string, base: Station | undefined, fields: Partial<Facts>): void {
  const draft = drafts.value.get(id) ?? { base, values: {}, reason: "" };
  const values: Record<string, unknown> = { ...draft.values, ...fields };
  for (const name of Object.keys(fields)) {
    if (same(values[name], draft.base?.[name as Field])) delete values[name];
  }
  keep(id, { ...draft, values: values as Partial<Facts> });
}

/** Says why. */
export function explain(id: string, reason: string): void {
  const draft = drafts.value.get(id);
  if (draft) keep(id, { ...draft, reason });
}

/** What is sent to the service: the changed fields, with the datum of a position. */
export function patchOf({ values, reason }: Draft, base: Station | undefined): Record<string, unknown> {
  const isMoved = values.lat !== undefined || values.lon !== undefined;
  const position = isMoved
    ? { lat: values.lat ?? base?.lat, lon: values.lon ?? base?.lon, crs: "wgs84" }
    : {};
  return { ...values, ...position, ...(reason.trim() ? { reason: reason.trim() } : {}) };
}

/** Asks before the page is left with changes that are not saved. */
export function guardLeaving(): void {
  addEventListener("beforeunload", (event) => {
    if (drafts.value.size > 0) event.preventDefault();
  });
}
