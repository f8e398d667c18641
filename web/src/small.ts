// Small conveniences: a panel that opens, copying an address.

import type { Words } from "./words";

/** Opens a panel that a style keeps out of sight, or closes it; its first field or link takes the focus. */
export function togglePanel(root: ParentNode, id: string): void {
  const panel = root.querySelector<HTMLElement>(`#${id}`);
  if (panel?.classList.toggle("shown"))
    panel.querySelector<HTMLElement>("a, input:not([type=hidden])")?.focus();
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
