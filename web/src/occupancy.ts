// How full the station of a sheet is, asked for once when the sheet is opened.

import { element } from "./element";
import type { Words } from "./words";

/** Adds a line to the state of the sheet where the server can tell; without an answer nothing is said. */
export async function tellOccupancy(main: HTMLElement, words: Words): Promise<void> {
  const place = main.querySelector(".sheet .now p");
  const id = /^\/stations\/([^/]+)$/.exec(location.pathname)?.[1];
  if (!place || !id) return;
  const answer = await fetch(`/api/v1/stations/${id}/occupancy`).catch(() => undefined);
  const told: { level?: "quiet" | "some" | "busy" | null } = answer?.ok ? await answer.json() : {};
  if (!told.level || !place.isConnected) return;
  const line = element("span", "");
  line.textContent = words[`occupancy_${told.level}`];
  place.append(line);
}
