// Two small conveniences: large type, and copying an address.

import type { Words } from "./words";

const YEAR_S = 31_536_000;

/** Switches large type 关怀模式. A cookie tells the server, so that the next page does not jump. */
export function toggleSize(root: HTMLElement = document.documentElement): void {
  const isLarge = root.dataset.size !== "large";
  if (isLarge) root.dataset.size = "large";
  else delete root.dataset.size;
  const value = isLarge ? "large" : "";
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in the browsers of older phones
  document.cookie = `size=${value}; Path=/; Max-Age=${isLarge ? YEAR_S : 0}; SameSite=Lax`;
  markSize(root);
}

/** Says on every button whether large type is on. */
export function markSize(root: HTMLElement = document.documentElement): void {
  const isLarge = root.dataset.size === "large";
  for (const button of document.querySelectorAll('[data-action="size"]')) {
    button.setAttribute("aria-pressed", String(isLarge));
  }
}

/** Copies the text of a button and says so on it. */
export async function copy(button: HTMLElement, words: Words): Promise<void> {
  const said = await navigator.clipboard.writeText(button.dataset.text ?? "").then(
    () => words.copied,
    () => words.not_copied,
  );
  const icon = button.querySelector(".i");
  button.setAttribute("role", "status");
  button.replaceChildren(...(icon ? [icon] : []), said);
}
