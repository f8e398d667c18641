// Sentences that the script puts above the list: offline, stale, a failure, no position.

import { button, element } from "./element";

/** A notice with an optional way on. */
export interface Notice {
  readonly title: string;
  readonly text: string;
  readonly icon: "offline" | "warn" | "clock" | "locate";
  readonly isBad?: boolean;
  readonly action?: { readonly label: string; readonly run: () => void };
}

/** Shows a notice at the head of an element, in place of any other. */
export function showNotice(answer: Element, notice: Notice): void {
  clearNotice(answer);
  const box = element("div", notice.isBad ? "note bad" : "note");
  box.dataset.notice = "";
  box.setAttribute("role", "alert");
  const icon = element("i", `i i-${notice.icon}`);
  icon.setAttribute("aria-hidden", "true");
  const text = element("p", "");
  const title = element("b", "");
  title.textContent = notice.title;
  text.append(title, notice.text);
  if (notice.action) text.append(" ", button("", notice.action.label, notice.action.run));
  box.append(icon, text);
  answer.prepend(box);
}

/** Takes the notice away. */
export function clearNotice(answer: Element): void {
  answer.querySelector(":scope > [data-notice]")?.remove();
}
