// The list of the page: goes to another question without a reload, from the copy on the phone where there is no
// network, and says what went wrong when it cannot.

import { isListPage, type Place, placeOf, withoutPlace, withPlace } from "./address";
import { element } from "./element";
import { type Fragment, fetchFragment, swap } from "./fragment";
import { clearNotice, type Notice, showNotice } from "./notice";
import { loadOffline } from "./offline/load";
import { skeleton } from "./skeleton";
import { say, type Words } from "./words";

/** A list older than this is asked for again when somebody looks at it. */
export const FRESH_MS = 5 * 60_000;
/** An answer that takes longer than this is not waited for where the phone has one. */
const PATIENCE_MS = 6000;
const TOO_SLOW = "too slow";
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
  /** How old the copy is that the page shows; nothing while it shows what the server said. */
  #copied: string | undefined;

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

  /** The district of the question, if the server named one. */
  get district(): string | undefined {
    return this.answer.dataset.adcode;
  }

  /** Whether the page has to do without the server. */
  get isOffline(): boolean {
    return this.#copied !== undefined || !navigator.onLine;
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

  /** Goes to a question on a page that stands in for another: the copy answers first, then the server. */
  async goFromCopy(question: URL): Promise<void> {
    this.#copied = "";
    await this.go(question, "replace");
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

  /**
   * Goes to a question and shows its answer; a newer one overtakes an older. While the page has to do without the
   * server, the copy answers at once, and the server where it can be reached again.
   */
  async go(question: URL, history: History, keep = KEPT): Promise<void> {
    this.#running?.abort();
    const running = new AbortController();
    this.#running = running;
    this.answer.setAttribute("aria-busy", "true");
    const isDrawn = this.#copied !== undefined && (await this.#draw(question, history));
    const isShown = isDrawn && this.#question === question;
    const patience = setTimeout(() => running.abort(TOO_SLOW), PATIENCE_MS);
    try {
      const fragment = await fetchFragment(question, running.signal);
      this.#copied = undefined;
      this.#show(question, fragment, isShown ? "none" : history, keep);
    } catch (error) {
      if (this.#running !== running) return;
      const isUnreached = running.signal.aborted || error instanceof TypeError;
      const isTold = isUnreached && (isDrawn || (await this.#draw(question, history)));
      if (!isTold) this.#fail(question, history, isUnreached);
    } finally {
      clearTimeout(patience);
    }
    if (this.#running === running) this.answer.removeAttribute("aria-busy");
  }

  /** Answers from the copy on the phone. Says whether there was one, even if not of this place. */
  async #draw(question: URL, history: History): Promise<boolean> {
    const asked = this.#running;
    const offline = await loadOffline();
    const drawn = await offline?.draw(question, document.documentElement.lang);
    if (asked !== this.#running) return true;
    if (!drawn) return false;
    this.#copied = drawn.note;
    if (drawn.fragment) this.#show(question, drawn.fragment, history, KEPT);
    this.#tell(drawn.note, { label: this.#words.try_again, run: () => void this.go(question, history) });
    return true;
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

  #fail(question: URL, history: History, isUnreached: boolean): void {
    const again = { label: this.#words.try_again, run: () => void this.go(question, history) };
    const { fault_title: title, fault: text } = this.#words;
    if (isUnreached) this.#tell(this.#age, again);
    else showNotice(this.answer, { title, text, icon: "warn", isBad: true, action: again });
  }

  /** How old the page is that is shown. */
  get #age(): string {
    const made = this.#main.querySelector("[data-made]")?.textContent ?? "";
    return this.#copied ?? (made && say(this.#words.offline, made));
  }

  #tell(text: string, action?: NonNullable<Notice["action"]>): void {
    const notice: Notice = { title: this.#words.offline_title, text, icon: "offline" };
    showNotice(this.answer, action ? { ...notice, action } : notice);
  }

  /** Tells that the network is gone or back. */
  network(isOnline: boolean): void {
    if (isOnline) {
      clearNotice(this.answer);
      void (this.#copied === undefined ? this.refresh() : this.again());
    } else {
      this.#tell(this.#age);
    }
  }
}
