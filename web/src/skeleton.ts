// Rows as high as real ones, for the moment before a list is there: nothing jumps when it comes.

import { element } from "./element";

const ROWS = 5;

/** A list that is still being asked for. */
export function skeleton(): HTMLElement {
  const list = element("div", "skeleton");
  list.setAttribute("aria-hidden", "true");
  for (let row = 0; row < ROWS; row++) {
    const box = element("div", "sk-row");
    const lines = element("div", "");
    lines.append(...["sk w80", "sk w60", "sk w90"].map((className) => element("div", className)));
    box.append(element("div", "sk far"), lines);
    list.append(box);
  }
  return list;
}
