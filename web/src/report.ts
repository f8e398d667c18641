// Reports, on pages that work without all this: sent again without doubling, and remembered on this phone alone.

import { button, element } from "./element";
import { parseFragment, swap } from "./fragment";
import { clearNotice, showNotice } from "./notice";
import type { Words } from "./words";

/** What a phone keeps of a report that was sent from it. */
export interface Slip {
  readonly number: string;
  readonly receipt: string;
  readonly station: string;
}

const KEPT = "reports";
/** The most slips kept; the oldest go. */
const MOST = 30;

/** Begins what the page at hand needs. */
export function beginReports(main: HTMLElement, words: Words): void {
  const form = main.querySelector<HTMLFormElement>("form[data-report]");
  if (form) sendWithoutReload(form, main, words);
  rememberSlip(main, words);
  const own = main.querySelector<HTMLElement>("[data-own-reports]");
  if (own) drawOwn(own, words);
}

/** What is sent: the same bytes under the same key each time, so that trying again sends nothing twice. */
interface Parcel {
  readonly key: string;
  readonly body: Blob;
  /** The type of the body with its boundary, as it is written: a blob tells its own in small letters. */
  readonly type: string;
}

/** Sends the form without leaving it; what is written is packed anew when it changes. */
function sendWithoutReload(form: HTMLFormElement, main: HTMLElement, words: Words): void {
  let parcel: Promise<Parcel> | undefined;
  form.addEventListener("input", () => {
    parcel = undefined;
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    parcel ??= pack(form);
    void send(form, main, words, parcel);
  });
}

/** A form in its multipart bytes, whose boundary would be another one each time. */
async function pack(form: HTMLFormElement): Promise<Parcel> {
  const packed = new Response(new FormData(form));
  const type = packed.headers.get("Content-Type") ?? "";
  return { key: newKey(), body: await packed.blob(), type };
}

async function send(
  form: HTMLFormElement,
  main: HTMLElement,
  words: Words,
  packed: Promise<Parcel>,
): Promise<void> {
  const sender = form.querySelector<HTMLButtonElement>("button.btn");
  if (!sender || sender.getAttribute("aria-busy") === "true") return;
  const label = sender.textContent;
  busy(sender, words.report_sending, true);
  try {
    const { key, body, type } = await packed;
    const headers = {
      Accept: "text/html",
      "Content-Type": type,
      "X-Fragment": "list",
      "Idempotency-Key": key,
    };
    const response = await fetch(form.action, { method: "POST", body, headers });
    const text = await response.text();
    if (response.ok) show(main, text, words);
    else if (!refused(form, text)) fail(main, words);
  } catch {
    fail(main, words);
  } finally {
    busy(sender, label ?? "", false);
  }
}

function busy(sender: HTMLElement, label: string, isBusy: boolean): void {
  sender.setAttribute("aria-busy", String(isBusy));
  sender.textContent = label;
}

function show(main: HTMLElement, text: string, words: Words): void {
  swap(main, parseFragment(text), []);
  scrollTo(0, 0);
  main.querySelector<HTMLElement>("#answer")?.focus({ preventScroll: true });
  rememberSlip(main, words);
}

/** Puts what the server finds wrong at the head of the form, which keeps its photo so. */
function refused(form: HTMLFormElement, text: string): boolean {
  const told = new DOMParser().parseFromString(text, "text/html").querySelector("form[data-report] .note");
  if (!told) return false;
  form.querySelector(".note")?.remove();
  const note = document.adoptNode(told);
  form.querySelector("fieldset")?.before(note);
  note.scrollIntoView({ block: "center" });
  return true;
}

function fail(main: HTMLElement, words: Words): void {
  const answer = main.querySelector("#answer");
  if (!answer) return;
  const { report_failed_title: title, report_failed: text } = words;
  showNotice(answer, { title, text, icon: "offline", isBad: true });
  answer.scrollIntoView();
}

/** A key that nobody else has, also where the page came without encryption. */
function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Keeps the slip that the page shows, and says so. */
function rememberSlip(main: HTMLElement, words: Words): void {
  const { number, receipt, station = "" } = main.querySelector<HTMLElement>("[data-slip]")?.dataset ?? {};
  if (!number || !receipt) return;
  clearNotice(main);
  const others = kept().filter((slip) => slip.number !== number);
  if (!keep([{ number, receipt, station }, ...others])) return;
  const said = main.querySelector("[data-once]");
  if (said && !said.querySelector("b")) {
    const also = element("b", "");
    also.textContent = ` ${words.report_kept}`;
    said.append(also);
  }
}

/** The slips of this phone, the newest first. */
export function kept(): Slip[] {
  try {
    const read: unknown = JSON.parse(localStorage.getItem(KEPT) ?? "[]");
    return Array.isArray(read) ? read.filter(isSlip) : [];
  } catch {
    return [];
  }
}

function isSlip(value: unknown): value is Slip {
  const slip = value as Slip;
  return [slip?.number, slip?.receipt, slip?.station].every((text) => typeof text === "string");
}

/** Whether the phone could keep them: a private window may refuse. */
export function keep(slips: readonly Slip[]): boolean {
  try {
    localStorage.setItem(KEPT, JSON.stringify(slips.slice(0, MOST)));
    return true;
  } catch {
    return false;
  }
}

/** The reports of this phone, each a form that asks for its answer. */
function drawOwn(own: HTMLElement, words: Words): void {
  const slips = kept();
  if (slips.length === 0) {
    own.replaceChildren();
    return;
  }
  const title = element("h2", "");
  title.textContent = words.report_own;
  own.replaceChildren(title, ...slips.map((slip) => row(slip, own, words)));
}

function row(slip: Slip, own: HTMLElement, words: Words): HTMLElement {
  const form = element("form", "own");
  form.method = "post";
  form.action = "/reports";
  const open = element("button", "btn quiet");
  const name = element("b", "");
  name.textContent = slip.station;
  open.append(name, ` ${slip.number}`);
  const forget = button("btn plain", "", () => {
    keep(kept().filter((other) => other.number !== slip.number));
    drawOwn(own, words);
  });
  forget.setAttribute("aria-label", `${words.report_forget} ${slip.number}`);
  const cross = element("i", "i i-close");
  cross.setAttribute("aria-hidden", "true");
  forget.append(cross);
  form.append(hidden("number", slip.number), hidden("receipt", slip.receipt), open, forget);
  return form;
}

function hidden(name: string, value: string): HTMLInputElement {
  const field = element("input", "");
  field.type = "hidden";
  field.name = name;
  field.value = value;
  return field;
}
