// A station that the map shows and the list does not hold: a row made of what the tile says, completed by what its
// own page says.

import { element } from "./element";
import { fetchFragment } from "./fragment";

/** What is known of it at once. */
export interface Brief {
  readonly id: string;
  readonly name: string;
  /** The shape of its door. */
  readonly state: string;
}

/** The address of a station's page that knows the way from the place of a question. */
export function stationAddress(id: string, question: URL): URL {
  const address = new URL(`/stations/${encodeURIComponent(id)}`, question);
  for (const name of ["lat", "lon", "lang"]) {
    const value = question.searchParams.get(name);
    if (value) address.searchParams.set(name, value);
  }
  return address;
}

/** A row for a station, with its state in words. */
export function rowFor(station: Brief, word: string, address: URL): HTMLElement {
  const row = element("li", "row");
  row.dataset.id = station.id;
  const link = element("a", "");
  link.href = address.href;
  const far = element("p", "far");
  far.append(door(station.state));
  const text = element("div", "");
  const name = element("h2", "");
  name.textContent = station.name;
  const state = element("p", `st ${station.state}`);
  const says = element("span", "");
  says.textContent = word;
  state.append(door(station.state), says);
  text.append(name, state);
  link.append(far, text);
  row.append(link);
  return row;
}

/** Adds what the station's page says: its state until when, its address and how far it is. */
export async function complete(row: HTMLElement, address: URL, signal: AbortSignal): Promise<void> {
  const fragment = await fetchFragment(address, signal).catch(() => undefined);
  const page = fragment?.parts.get("answer");
  const said = (selector: string) => page?.querySelector(selector)?.textContent?.trim() ?? "";
  const [state, where] = [said(".now b"), said(".addr")];
  const words = row.querySelector(".st span");
  if (words && state) words.textContent = state;
  if (!where) return;
  const line = element("p", "how");
  line.textContent = where;
  row.querySelector("div")?.append(line);
}

function door(state: string): HTMLElement {
  const made = element("i", `door ${state}`);
  made.setAttribute("aria-hidden", "true");
  return made;
}
