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
    timer = setTimeout(() => void look(field, main, list), PAUSE_MS);
  });
  main.addEventListener("compositionend", (event) => {
    event.target?.dispatchEvent(new InputEvent("input", { bubbles: true }));
  });
  // Whoever sends the form has finished writing.
  main.addEventListener("submit", () => clearTimeout(timer));
}

async function look(field: HTMLInputElement, main: HTMLElement, list: List): Promise<void> {
  const asked = field.value;
  if (!field.form || !field.isConnected || asked.trim() === "") return;
  await list.live(addressOf(field.form));
  if (!field.isConnected) writeOn(field, asked, main);
}

/** The answer came with a field of its own: it takes what was written meanwhile, and the writer's hand. */
function writeOn(old: HTMLInputElement, asked: string, main: HTMLElement): void {
  const field = main.querySelector<HTMLInputElement>("[data-live] [name=q]");
  const holder = document.activeElement;
  const isFree = holder === null || holder === document.body || holder === field || holder.id === "answer";
  if (!field || !isFree) return;
  field.value = old.value;
  field.focus();
  field.setSelectionRange(old.value.length, old.value.length);
  if (old.value !== asked) field.dispatchEvent(new InputEvent("input", { bubbles: true }));
}
