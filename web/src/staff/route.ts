// The address is the state of the page: which screen, which filters, which station. Links work as links do.

import { signal } from "@preact/signals";

/** The address that is shown. */
export const here = signal(new URL(location.href));

/** The screen of an address: `registry`, `notices`, … */
export function screenOf(url: URL): string {
  const [, , name = ""] = url.pathname.split("/");
  return name || "registry";
}

/** Goes to an address of this page; `replace` where going back should not lead to where one was. */
export function go(to: string | URL, replace = false): void {
  const url = new URL(to, location.href);
  if (replace) history.replaceState(null, "", url);
  else history.pushState(null, "", url);
  here.value = url;
}

/**
 * Lets links inside the page change the address without loading it anew, and follows the browser's buttons. The page
 * is everything at and below `base`.
 */
export function followLinks(base = "/staff"): void {
  addEventListener("popstate", () => {
    here.value = new URL(location.href);
  });
  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey)
      return;
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    if (!link || link.target || link.hasAttribute("download")) return;
    const url = new URL(link.href);
    if (
      url.origin !== location.origin ||
      !(url.pathname === base || url.pathname.startsWith(`${base}/`)) ||
      url.searchParams.has("lang")
    )
      return;
    // A place on this page is the browser's own affair: it moves the focus there.
    if (url.hash && url.href.split("#")[0] === location.href.split("#")[0]) return;
    event.preventDefault();
    if (url.href !== here.value.href) go(url);
  });
}
