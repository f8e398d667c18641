// The list of the page: goes to another question without a reload, and says what went wrong when it cannot.

import { isListPage, type Place, placeOf, withoutPlace, withPlace } from "./address";
import { type Fragment, fetchFragment, swap } from "./fragment";
import { clearNotice, element, showNotice } from "./notice";
import { skeleton } from "./skeleton";
import { say, type Words } from "./words";

/** A list older than this is asked for again when somebody looks at it. */
export const FRESH_MS = 5 * 60_000;
/** The map is not the server's: it lives through every change of the list. */
const KEPT = ["map"];

/** How a change of the list is written into the tab's history. */
export type History = "push" | "replace" | "none";

/** The list of the page and the question it answers. */
export class List {
  readonly #main: HTMLElement;
  readonly #words: Words;
  readonly #changed: () => void;
  readonly #said = element("p", "vh");
  #question: URL;
  #loadedAt = Date.now();
  #running: AbortController | undefined;

  /** `changed` is called whenever the page shows other stations. */
  constructor(main: HTMLElement, words: Words, changed: () => void) {
    this.#main = main;
    this.#words = words;
    this.#changed = changed;
    this.#question = new URL(location.href);
    this.#said.setAttribute("role", "status");
    document.body.append(this.#said);
  }

  /** The part of the page that holds the list. */
  get answer(): HTMLElement {
    return this.#main.querySelector<HTMLElement>("#answer") ?? this.#main;
  }

  /** The place of the question, if it has one. */
  get place(): Place | undefined {
    return placeOf(this.#question);
  }

  /** The question, its place included. */
  get question(): URL {
    return this.#question;
  }

  /** Takes the place out of the address bar; the tab's history remembers it. */
  hidePlace(history: Exclude<History, "none"> = "replace"): void {
    // In a frame of another site the address is that of the frame, and going back is the other site's.
    if (document.documentElement.hasAttribute("data-embedded")) return;
    const state = this.place ? { place: this.place } : null;
    const bare = withoutPlace(this.#question).href;
    if (history === "push") globalThis.history.pushState(state, "", bare);
    else globalThis.history.replaceState(state, "", bare);
  }

  /** Asks the same question about another place. */
  async look(place: Place): Promise<void> {
    const start = isListPage(this.#question) ? this.#question : new URL("/", this.#question);
    await this.go(withPlace(start, place), "push");
  }

  /** Asks the same question again, for instance after a while. */
  async again(): Promise<void> {
    await this.go(this.#question, "none");
  }

  /** Asks again where the list has become old. */
  async refresh(): Promise<void> {
    if (Date.now() - this.#loadedAt > FRESH_MS) await this.again();
  }

  /** Goes to a question while nothing useful is shown: rows without words stand in until the answer comes. */
  async goFromNothing(question: URL): Promise<void> {
    const before = [...this.answer.childNodes];
    const standIn = skeleton();
    this.answer.replaceChildren(standIn);
    await this.go(question, "replace");
    standIn.replaceWith(...before);
  }

  /** Shows what is found for a question while somebody is still writing it, and leaves the field alone. */
  async live(question: URL): Promise<void> {
    const writing = this.#main.querySelector(".top [data-live]") ? ["top"] : [];
    await this.go(question, "replace", [...KEPT, ...writing]);
  }

  /** Goes to a question and shows its answer; a newer one overtakes an older. */
  async go(question: URL, history: History, keep = KEPT): Promise<void> {
    this.#running?.abort();
    const running = new AbortController();
    this.#running = running;
    this.answer.setAttribute("aria-busy", "true");
    try {
      const fragment = await fetchFragment(question, running.signal);
      this.#show(question, fragment, history, keep);
    } catch (error) {
      if (running.signal.aborted) return;
      this.#fail(question, history, error);
    }
    this.answer.removeAttribute("aria-busy");
  }

  #show(question: URL, fragment: Fragment, history: History, keep: readonly string[]): void {
    const isOtherPlace = history === "push";
    this.#question = question;
    this.#loadedAt = Date.now();
    swap(this.#main, fragment, keep);
    if (history !== "none") this.hidePlace(history);
    if (isOtherPlace) scrollTo({ top: 0 });
    this.#said.textContent = [fragment.title, this.answer.querySelector(".count")?.textContent].join(" ");
    this.#changed();
  }

  #fail(question: URL, history: History, error: unknown): void {
    const words = this.#words;
    const made = this.#main.querySelector("[data-made]")?.textContent ?? "";
    const isOffline = !navigator.onLine || error instanceof TypeError;
    showNotice(this.answer, {
      title: isOffline ? words.offline_title : words.fault_title,
      text: isOffline ? made && say(words.offline, made) : words.fault,
      icon: isOffline ? "offline" : "warn",
      isBad: !isOffline,
      action: { label: words.try_again, run: () => void this.go(question, history) },
    });
  }

  /** Tells that the network is gone or back. */
  network(isOnline: boolean): void {
    if (isOnline) {
      clearNotice(this.answer);
      void this.refresh();
    } else {
      const made = this.#main.querySelector("[data-made]")?.textContent ?? "";
      const text = made && say(this.#words.offline, made);
      showNotice(this.answer, { title: this.#words.offline_title, text, icon: "offline" });
    }
  }
}
