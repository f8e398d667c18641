// Links of the page: followed without a reload where that is possible.

import { isListPage } from "./address";
import type { List } from "./list";

/** Set when a sheet was opened from a list of this tab, so that its back link can go back to just that list. */
const FROM_LIST = "from-list";

/** Follows a link within the page where that is possible; otherwise the browser does. */
export function follow(event: MouseEvent, link: HTMLAnchorElement, list: List): void {
  if (!isPlain(event)) return;
  const url = new URL(link.href);
  if (link.hasAttribute("data-swap")) {
    const isChip = link.closest('[data-part="chips"], .ways') !== null;
    go(event, list, url, isChip ? "replace" : "push");
  } else if (list.isOffline && isOurs(url)) {
    url.hash = "";
    go(event, list, url, "push");
  } else if (link.href === location.href && isListPage(url)) {
    // The browser would load this entry of its history again, and with it the place that it remembers.
    go(event, list, url, "push");
  } else if (link.closest(".row")) {
    sessionStorage.setItem(FROM_LIST, "yes");
  } else if (link.hasAttribute("data-back") && sessionStorage.getItem(FROM_LIST)) {
    event.preventDefault();
    sessionStorage.removeItem(FROM_LIST);
    history.back();
  }
}

function go(event: MouseEvent, list: List, question: URL, history: "push" | "replace"): void {
  event.preventDefault();
  void list.go(question, history);
}

function isPlain(event: MouseEvent): boolean {
  return event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
}

/** Whether an address is one that the copy on the phone can answer. */
function isOurs(url: URL): boolean {
  return url.origin === location.origin && /^\/(stations\/[^/]+)?$/.test(url.pathname);
}
