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

/** Makes the parts of the page those of the fragment, but for those kept; focus and the chips' scroll stay. */
export function swap(main: Element, fragment: Fragment, keep: readonly string[]): void {
  const focus = focusedPlace(main);
  const old = new Map(
    [...main.querySelectorAll<HTMLElement>(":scope > [data-part]")].map((part) => [part.dataset.part, part]),
  );
  for (const [name, part] of old) {
    if (!fragment.parts.has(name ?? "") && !keep.includes(name ?? "")) part.remove();
  }
  let before: Element | undefined;
  for (const [name, part] of fragment.parts) {
    const present = old.get(name);
    before = present && keep.includes(name) ? present : put(main, part, present, before);
  }
  document.title = fragment.title;
  focusAgain(main, focus);
}

/** Puts a part in the place of the old one, or after the one before it, where the page had none. */
function put(main: Element, part: Element, old: Element | undefined, before: Element | undefined): Element {
  const next = document.adoptNode(part);
  const left = old?.scrollLeft ?? 0;
  if (old) old.replaceWith(next);
  else if (before) before.after(next);
  else main.prepend(next);
  next.scrollLeft = left;
  return next;
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
