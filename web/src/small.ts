// Small conveniences: a panel that opens, copying an address.

import type { Words } from "./words";

/** Opens a panel that a style keeps out of sight, or closes it; its first field or link takes the focus. */
export function togglePanel(root: ParentNode, id: string): void {
  const panel = root.querySelector<HTMLElement>(`#${id}`);
  if (panel?.classList.toggle("shown"))
    panel.querySelector<HTMLElement>("a, input:not([type=hidden])")?.focus();
}

/** Hands a page to the phone's own share sheet, with its name; copies its address where there is none. */
export async function share(button: HTMLElement, words: Words): Promise<void> {
  const url = new URL(button.dataset.path ?? "", location.href).href;
  const title = button.dataset.title ?? document.title;
  if (!navigator.share) return copyText(`${title} ${url}`, button, words.link_copied, words.not_copied);
  // Whoever closes the sheet has shared nothing, which is no fault.
  await navigator.share({ title, text: title, url }).catch(() => undefined);
}

/** Copies the text of a button and says so on it. */
export async function copy(button: HTMLElement, words: Words): Promise<void> {
  await copyText(button.dataset.text ?? "", button, words.copied, words.not_copied);
}

async function copyText(text: string, button: HTMLElement, done: string, failed: string): Promise<void> {
  const said = await navigator.clipboard.writeText(text).then(
    () => done,
    () => failed,
  );
  const icon = button.querySelector(".i");
  button.setAttribute("role", "status");
  button.replaceChildren(...(icon ? [icon] : []), said);
}
