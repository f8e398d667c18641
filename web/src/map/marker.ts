// A station on the map: a plate with its door. Shape and colour tell the state, the list tells it in words.

import { element } from "../element";
import type { Station } from "../rows";

/** Which marker lies above which: selected, open, soon, notice, unknown, closed, suspended. */
const ORDER = ["suspended", "closed", "unknown", "notice", "soon", "open"];
const SELECTED = ORDER.length + 1;

/** The element of a marker. The list is how one reaches it by keyboard, so it is no stop of its own. */
export function markerElement(station: Station, touched: (id: string) => void): HTMLButtonElement {
  const button = element("button", "mk");
  button.type = "button";
  button.tabIndex = -1;
  button.dataset.marker = station.id;
  button.dataset.state = station.state;
  button.setAttribute("aria-label", [station.name, station.word, station.far].filter(Boolean).join("，"));
  button.append(element("i", `door ${station.state}`));
  button.addEventListener("click", (event) => {
    event.stopPropagation();
    touched(station.id);
  });
  setSelected(button, station, station.isFirst);
  return button;
}

/** Draws a marker as the selected one, with its distance, or as one among others. */
export function setSelected(button: HTMLElement, station: Station, isSelected: boolean): void {
  button.classList.toggle("big", isSelected);
  button.style.zIndex = String(isSelected ? SELECTED : ORDER.indexOf(station.state));
  button.querySelector("b")?.remove();
  const label = station.far || station.name;
  if (!isSelected) return;
  const far = element("b", "");
  far.textContent = label;
  button.append(far);
}
