// What is found while one writes. A word that is still being composed is not looked for.

import { addressOf } from "./address";
import type { List } from "./list";

/** How long after the last letter. */
const PAUSE_MS = 250;

/** Looks while somebody writes into a search field of the page, and leaves the field alone. */
export function searchWhileWriting(main: HTMLElement, list: List): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  main.addEventListener("input", (event) => {
    const field = event.target as HTMLInputElement;
    if (!field.form?.hasAttribute("data-live") || (event as InputEvent).isComposing) return;
    clearTimeout(timer);
    timer = setTimeout(() => look(field, list), PAUSE_MS);
  });
  main.addEventListener("compositionend", (event) => {
    event.target?.dispatchEvent(new InputEvent("input", { bubbles: true }));
  });
}

function look(field: HTMLInputElement, list: List): void {
  if (field.form && field.value.trim() !== "") void list.live(addressOf(field.form));
}
