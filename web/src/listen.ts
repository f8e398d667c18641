// What a tap, a form, the back key and the network do on the page.

import { addressOf, inLanguage, isListPage, withPlace } from "./address";
import { askName } from "./beat";
import { choose, toggleSize } from "./display";
import { follow } from "./follow";
import type { List } from "./list";
import { locate } from "./locate";
import { offerCorrection, toggleCorrection } from "./offset";
import { rememberedPlace } from "./position";
import { copy, share, togglePanel } from "./small";
import type { Strip } from "./strip";
import type { Words } from "./words";

/** What the buttons of the page do, by the name in their `data-action`. */
type Actions = Readonly<Record<string, (target: HTMLElement) => void>>;

/** Listens to everything on the page. */
export function listen(main: HTMLElement, list: List, strip: Strip | undefined, words: Words): void {
  listenToFrame(list);
  listenToMain(main, list, actionsOf(main, list, strip, words));
  listenToBrowser(list, strip);
}

function actionsOf(main: HTMLElement, list: List, strip: Strip | undefined, words: Words): Actions {
  const open = strip && (() => void strip.open());
  return {
    locate: () => void locate(list, words),
    size: () => toggleSize(),
    copy: (target) => void copy(target, words),
    share: (target) => void share(target, words),
    map: () => open?.(),
    pick: () => open?.(),
    keep: (target) => list.place && askName(target, list.place, proposedName(), words),
    off: (target) => offerCorrection(target, words, () => void correct(list), open),
    when: () => togglePanel(main, "when"),
    show: (target) => void strip?.show(target.closest<HTMLElement>("[data-id]")?.dataset.id ?? ""),
  };
}

/** The name of a place is proposed from the title: the district. */
function proposedName(): string {
  return document.querySelector(".top h1")?.textContent?.split(/[，,]/)[0]?.trim() ?? "";
}

async function correct(list: List): Promise<void> {
  if (list.place) await list.look(toggleCorrection(list.place));
}

/** What stands around the main part: the link that skips to the list, the language, the looks. */
function listenToFrame(list: List): void {
  document.querySelector(".skip")?.addEventListener("click", (event) => {
    event.preventDefault();
    list.answer.focus();
  });
  document.querySelector<HTMLAnchorElement>("[data-language]")?.addEventListener("click", (event) => {
    event.preventDefault();
    location.assign(inLanguage(list.question, (event.currentTarget as HTMLAnchorElement).lang));
  });
  for (const link of document.querySelectorAll<HTMLElement>("[data-display]")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      choose(link.dataset.display ?? "", link.dataset.value ?? "");
    });
  }
}

function listenToMain(main: HTMLElement, list: List, actions: Actions): void {
  main.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : undefined;
    const button = target?.closest<HTMLElement>("[data-action]");
    if (button) actions[button.dataset.action ?? ""]?.(button);
    if (button instanceof HTMLAnchorElement) event.preventDefault();
    const link = target?.closest<HTMLAnchorElement>("a[href]");
    if (link) follow(event, link, list);
  });
  main.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (!form.hasAttribute("data-swap")) return;
    event.preventDefault();
    void list.go(addressOf(form), "push");
  });
}

/** The back key, the network, and somebody who looks at the page again. */
function listenToBrowser(list: List, strip: Strip | undefined): void {
  addEventListener("popstate", () => {
    strip?.close();
    const here = new URL(location.href);
    const place = rememberedPlace();
    const question = place ? withPlace(here, place) : here;
    const isDrawable = isListPage(here) || list.isOffline;
    if (isDrawable && question.href !== list.question.href) void list.go(question, "none");
  });
  addEventListener("online", () => list.network(true));
  addEventListener("offline", () => list.network(false));
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && isListPage(new URL(location.href))) void list.refresh();
  });
}
