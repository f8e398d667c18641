// Asks the server for the main part of a page and puts its parts in place of the old ones.

/** The main part of a page as the server wrote it. */
export interface Fragment {
  readonly title: string;
  readonly parts: ReadonlyMap<string, Element>;
}

/** A server that answered with something else than a page. */
export class Refused extends Error {}

/**
 * Fetches the main part of a page.
 *
 * The text is parsed as HTML: it comes from this origin's own templates, which escape every name, a parsed
 * document runs no script, and the content security policy allows no inline one.
 */
export async function fetchFragment(url: URL, signal: AbortSignal): Promise<Fragment> {
  const headers = { Accept: "text/html", "X-Fragment": "list" };
  const response = await fetch(url, { headers, signal, cache: "no-store", referrerPolicy: "no-referrer" });
  if (!response.ok) throw new Refused(String(response.status));
  return parseFragment(await response.text());
}

/** Reads the parts of a main element by their names. */
export function parseFragment(text: string): Fragment {
  const main = new DOMParser().parseFromString(text, "text/html").querySelector("main");
  if (!main) throw new Refused("no main part");
  const parts = [...main.querySelectorAll(":scope > [data-part]")];
  const named = parts.map((part) => [part.getAttribute("data-part") ?? "", part] as const);
  return { title: main.getAttribute("data-title") ?? document.title, parts: new Map(named) };
}

/**
 * Puts the parts of another page in place of those of this one, but for those kept; focus and the chips' scroll
 * stay where they were.
 */
export function swap(main: Element, fragment: Fragment, keep: readonly string[]): void {
  const focus = focusedPlace(main);
  const olds = new Map<string, Element>();
  for (const old of main.querySelectorAll(":scope > [data-part]")) {
    const name = old.getAttribute("data-part") ?? "";
    if (fragment.parts.has(name) || keep.includes(name)) olds.set(name, old);
    else old.remove();
  }
  let last: Element | undefined;
  for (const [name, part] of fragment.parts) {
    const old = olds.get(name);
    if (!old && keep.includes(name)) continue;
    const next = old && keep.includes(name) ? old : document.adoptNode(part);
    const left = old?.scrollLeft ?? 0;
    if (old && old !== next) old.replaceWith(next);
    else if (!old) insertAfter(main, last, next);
    next.scrollLeft = left;
    last = next;
  }
  document.title = fragment.title;
  focusAgain(main, focus);
}

function insertAfter(main: Element, last: Element | undefined, next: Element): void {
  if (last) last.after(next);
  else main.prepend(next);
}

type Focus = { part: string; index: number } | undefined;

const FOCUSABLE = "a[href], button, input";

function focusedPlace(main: Element): Focus {
  const part = document.activeElement?.closest("[data-part]");
  if (!part || !main.contains(part)) return undefined;
  const index = [...part.querySelectorAll(FOCUSABLE)].indexOf(document.activeElement as Element);
  return { part: part.getAttribute("data-part") ?? "", index };
}

/** A chip keeps the focus; a list that was replaced takes it as a whole. */
function focusAgain(main: Element, focus: Focus): void {
  if (!focus) return;
  const part = main.querySelector<HTMLElement>(`:scope > [data-part="${focus.part}"]`);
  const same =
    focus.part === "answer" ? undefined : part?.querySelectorAll<HTMLElement>(FOCUSABLE)[focus.index];
  (same ?? part)?.focus({ preventScroll: true });
}
