// The worker's page, made livelier: everything here is also possible without it.

import { addressOf, inLanguage, isListPage, placeOf, spoken, withPlace } from "./address";
import { askName, drawBeats } from "./beat";
import { listenAtDesk } from "./desk";
import { choose, markChoices, restoreChoices, toggleSize } from "./display";
import { List } from "./list";
import { searchWhileWriting } from "./live";
import { locate } from "./locate";
import { keepCopies } from "./offline/load";
import { registerWorker } from "./offline/worker";
import { offerCorrection, toggleCorrection } from "./offset";
import { rememberedPlace } from "./position";
import { copy, share, togglePanel } from "./small";
import { Strip } from "./strip";
import { wordsFor } from "./words";

/** Set when a sheet was opened from a list of this tab, so that its back link can go back to just that list. */
const FROM_LIST = "from-list";

function start(main: HTMLElement): void {
  const root = document.documentElement;
  const isShell = root.hasAttribute("data-shell");
  if (isShell) root.lang = spoken(new URL(location.href)) ?? root.lang;
  const words = wordsFor(root.lang);
  const drawKept = () => {
    const box = main.querySelector<HTMLElement>("[data-beats]");
    if (box) drawBeats(box, words, (place) => void list.look(place));
  };
  const list = new List(main, words, () => {
    markChoices();
    drawKept();
    strip?.update();
    keep();
  });
  root.classList.add("js");
  if (isShell) restoreChoices();
  // Its browser keeps pages from opening other apps, which the sheet then says.
  root.classList.toggle("wechat", /MicroMessenger/i.test(navigator.userAgent));
  markChoices();
  const remembered = rememberedPlace();
  if (list.place) list.hidePlace();
  const strip = findStrip(main, list, words);
  const here = new URL(location.href);
  const place = list.place ?? remembered;
  const question = place ? withPlace(here, place) : here;
  if (isShell) void list.goFromCopy(question);
  else if (remembered && isListPage(here) && !placeOf(list.question)) void list.goFromNothing(question);
  listen(main, list, strip, words);
  // In a frame of another site nothing is kept for that site's visitors.
  const isEmbedded = root.hasAttribute("data-embedded");
  const keep = isEmbedded ? () => undefined : keepCopies(list);
  if (!isEmbedded) registerWorker(words);
  searchWhileWriting(main, list);
  listenAtDesk(main);
  drawKept();
}

function findStrip(main: HTMLElement, list: List, words: ReturnType<typeof wordsFor>): Strip | undefined {
  const place = main.querySelector<HTMLElement>(".strip");
  if (!isListPage(new URL(location.href))) place?.remove();
  else if (place && Strip.isPossible()) return new Strip(place, list, words);
  document.documentElement.classList.add("no-map");
  return undefined;
}

function listen(
  main: HTMLElement,
  list: List,
  strip: Strip | undefined,
  words: ReturnType<typeof wordsFor>,
): void {
  const actions: Record<string, (target: HTMLElement) => void> = {
    locate: () => void locate(list, words),
    size: () => toggleSize(),
    copy: (target) => void copy(target, words),
    share: (target) => void share(target, words),
    map: () => void strip?.open(),
    pick: () => void strip?.open(),
    keep: (target) => list.place && askName(target, list.place, proposedName(), words),
    off: (target) =>
      offerCorrection(target, words, () => void correct(list), strip && (() => void strip.open())),
    when: () => togglePanel(main, "when"),
    show: (target) => void strip?.show(target.closest<HTMLElement>("[data-id]")?.dataset.id ?? ""),
  };
  document.querySelector(".skip")?.addEventListener("click", (event) => {
    event.preventDefault();
    list.answer.focus();
  });
  document.querySelector<HTMLAnchorElement>("[data-language]")?.addEventListener("click", (event) => {
    event.preventDefault();
    location.assign(inLanguage(list.question, (event.currentTarget as HTMLAnchorElement).lang));
  });
  main.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : undefined;
    const button = target?.closest<HTMLElement>("[data-action]");
    if (button) actions[button.dataset.action ?? ""]?.(button);
    if (button instanceof HTMLAnchorElement) event.preventDefault();
    const link = target?.closest<HTMLAnchorElement>("a[href]");
    if (link && isPlain(event)) follow(event, link, list);
  });
  for (const link of document.querySelectorAll<HTMLElement>("[data-display]")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      choose(link.dataset.display ?? "", link.dataset.value ?? "");
    });
  }
  main.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (!form.hasAttribute("data-swap")) return;
    event.preventDefault();
    void list.go(addressOf(form), "push");
  });
  addEventListener("popstate", () => {
    strip?.close();
    const here = new URL(location.href);
    const place = rememberedPlace();
    const question = place ? withPlace(here, place) : here;
    if ((isListPage(here) || list.isOffline) && question.href !== list.question.href)
      void list.go(question, "none");
  });
  addEventListener("online", () => list.network(true));
  addEventListener("offline", () => list.network(false));
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && isListPage(new URL(location.href))) void list.refresh();
  });
}

/** The name of a place is proposed from the title: the district. */
function proposedName(): string {
  return document.querySelector(".top h1")?.textContent?.split(/[，,]/)[0]?.trim() ?? "";
}

async function correct(list: List): Promise<void> {
  if (list.place) await list.look(toggleCorrection(list.place));
}

function isPlain(event: MouseEvent): boolean {
  return event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
}

/** Whether an address is one that the copy on the phone can answer. */
function isOurs(url: URL): boolean {
  return url.origin === location.origin && /^\/(stations\/[^/]+)?$/.test(url.pathname);
}

/** Follows a link within the page where that is possible. */
function follow(event: MouseEvent, link: HTMLAnchorElement, list: List): void {
  const isChip = link.closest('[data-part="chips"], .ways') !== null;
  if (link.hasAttribute("data-swap")) {
    event.preventDefault();
    void list.go(new URL(link.href), isChip ? "replace" : "push");
  } else if (list.isOffline && isOurs(new URL(link.href))) {
    event.preventDefault();
    const question = new URL(link.href);
    question.hash = "";
    void list.go(question, "push");
  } else if (link.href === location.href && isListPage(new URL(link.href))) {
    // The browser would load this entry of its history again, and with it the place that it remembers.
    event.preventDefault();
    void list.go(new URL(link.href), "push");
  } else if (link.closest(".row")) {
    sessionStorage.setItem(FROM_LIST, "yes");
  } else if (link.hasAttribute("data-back") && sessionStorage.getItem(FROM_LIST)) {
    event.preventDefault();
    sessionStorage.removeItem(FROM_LIST);
    history.back();
  }
}

const main = document.querySelector("main");
if (main) start(main);
