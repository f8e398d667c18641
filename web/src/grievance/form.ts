// The form: what is written is kept at once, and handed over without leaving the page.

import { button } from "../element";
import { parseFragment, swap } from "../fragment";
import { clearNotice, showNotice } from "../notice";
import { say } from "../words";
import { Attached } from "./attached";
import { type Draft, draft, forget, keepDraft } from "./draft";
import { type Outcome, send } from "./send";
import type { Words } from "./words";

/** After so many seconds it is tried again, the longer the more often it failed. */
const PAUSES_S = [5, 15, 60];
/** What belongs to the page and not to what somebody writes. */
const PAGES_OWN = ["place", "via", "attachment"];

/** The form of one page. */
export class Form {
  readonly #main: HTMLElement;
  readonly #form: HTMLFormElement;
  readonly #words: Words;
  readonly #attached: Attached | undefined;
  readonly #ended = new AbortController();
  #tries = 0;
  #timer = 0;
  #isSending = false;
  #isWaiting = false;

  constructor(
    main: HTMLElement,
    form: HTMLFormElement,
    words: Words,
    readonly begin: () => void,
  ) {
    this.#main = main;
    this.#form = form;
    this.#words = words;
    const box = form.querySelector<HTMLElement>("[data-files]");
    this.#attached = box ? new Attached(box, words, () => void this.#keep()) : undefined;
  }

  /** Fills in what was kept, and goes on with what was handed over. */
  async start(): Promise<void> {
    // The files are on the phone and go along each time; those of the try before are let go.
    for (const old of this.#form.querySelectorAll("[name=attachment], [data-kept]")) old.remove();
    await this.#attached?.restore();
    const kept = await draft();
    if (this.#form.querySelector("[data-refused]")) await this.#keep();
    else if (kept) this.#fill(kept);
    const { signal } = this.#ended;
    this.#form.addEventListener("input", () => void this.#keep(), { signal });
    this.#form.addEventListener("submit", (event) => this.#submit(event), { signal });
    addEventListener("online", () => this.#isWaiting && void this.#try(), { signal });
    this.#offer();
    if (kept?.isWaiting && !this.#form.querySelector("[data-refused]")) void this.#hand();
  }

  #submit(event: Event): void {
    event.preventDefault();
    void this.#hand();
  }

  /** From now on it is tried until there is an answer, whatever happens to the page. */
  async #hand(): Promise<void> {
    if (this.#isWaiting) return;
    const kept = await draft();
    // What waits is sent as it was, also where the page is now about another station.
    if (!kept?.isWaiting) await this.#keep(true);
    this.#isWaiting = true;
    await this.#try();
  }

  async #try(): Promise<void> {
    if (this.#isSending) return;
    clearTimeout(this.#timer);
    this.#isSending = true;
    this.#busy(true);
    const outcome = await send(this.#form.action);
    this.#isSending = false;
    this.#busy(false);
    await this.#after(outcome);
  }

  async #after(outcome: Outcome): Promise<void> {
    if (outcome.kind === "later") return this.#wait(outcome.wait_s);
    await this.#stop();
    if (outcome.kind === "never") {
      const { refused_title: title, refused: text } = this.#words;
      showNotice(this.#answer, { title, text, icon: "warn", isBad: true });
      return;
    }
    if (outcome.kind === "filed") await forget();
    this.#ended.abort();
    swap(this.#main, parseFragment(outcome.text), []);
    scrollTo(0, 0);
    const first = this.#main.querySelector<HTMLElement>("[data-refused]");
    (first ?? this.#answer).focus({ preventScroll: true });
    this.begin();
  }

  /** It is in the phone's hands: says so, and tries again by itself. */
  #wait(wait_s: number | undefined): void {
    const pause_s = wait_s ?? PAUSES_S[Math.min(this.#tries, PAUSES_S.length - 1)] ?? 60;
    this.#tries += 1;
    this.#timer = window.setTimeout(() => void this.#try(), pause_s * 1000);
    this.#lock(true);
    const { waiting_title: title, waiting, waiting_until, now, change } = this.#words;
    const text = wait_s === undefined ? waiting : say(waiting_until, wait_s);
    const action = { label: now, run: () => void this.#try() };
    showNotice(this.#answer, { title, text, icon: "offline", isBad: true, action });
    const other = button("", change, () => void this.#stop().then(() => this.#keep()));
    this.#answer.querySelector("[data-notice] p")?.append(other);
    this.#answer.scrollIntoView();
  }

  /** It waits no more: somebody can write in it again. */
  async #stop(): Promise<void> {
    clearTimeout(this.#timer);
    this.#isWaiting = false;
    this.#tries = 0;
    this.#lock(false);
    clearNotice(this.#answer);
    const kept = await draft();
    if (kept) await keepDraft({ ...kept, isWaiting: false });
  }

  /** What waits is not changed; the page keeps its heading. */
  #lock(isLocked: boolean): void {
    for (const part of this.#form.children)
      if (part instanceof HTMLElement && part.tagName !== "H1") part.inert = isLocked;
  }

  async #keep(isWaiting = false): Promise<void> {
    const texts = [...new FormData(this.#form)].filter(([, value]) => typeof value === "string");
    await keepDraft({ fields: texts as [string, string][], isWaiting });
    this.#offer();
  }

  #fill(kept: Draft): void {
    const own = PAGES_OWN.concat(kept.isWaiting ? [] : ["station", "report"]);
    const fields = kept.fields.filter(([name]) => !own.includes(name));
    for (const box of this.#form.querySelectorAll<HTMLInputElement>("[name=publish]")) box.checked = false;
    for (const [name, value] of fields) {
      for (const field of this.#form.querySelectorAll<HTMLInputElement>(`[name="${CSS.escape(name)}"]`)) {
        if (field.type === "radio" || field.type === "checkbox") field.checked ||= field.value === value;
        else field.value = value;
      }
    }
  }

  /** Says that a draft is kept, and offers to remove it, where something stands in it. */
  #offer(): void {
    const box = this.#form.querySelector<HTMLElement>("[data-draft]");
    const typed = this.#form.querySelectorAll<HTMLInputElement>("textarea, [type=tel], #name, #unit");
    const isEmpty = this.#attached?.count === 0 && [...typed].every(({ value }) => value === "");
    if (isEmpty) box?.replaceChildren();
    if (!box || isEmpty || box.hasChildNodes()) return;
    // The page comes anew, with a key of its own.
    const remove = button("", this.#words.forget, () => void forget().then(() => location.reload()));
    box.append(this.#words.kept, " ", remove);
  }

  #busy(isBusy: boolean): void {
    const sender = this.#form.querySelector<HTMLButtonElement>("button.btn.wide");
    if (!sender) return;
    sender.dataset.label ??= sender.textContent ?? "";
    sender.setAttribute("aria-busy", String(isBusy));
    sender.textContent = isBusy ? this.#words.sending : sender.dataset.label;
  }

  get #answer(): HTMLElement {
    return this.#main.querySelector<HTMLElement>("#answer") ?? this.#main;
  }
}
