// "My usual beat": places that somebody keeps on this phone, and nowhere else.

import type { Place } from "./address";
import { button, element } from "./element";
import { say, type Words } from "./words";

/** Where the places are kept. */
const KEY = "beat";
/** So many places; the oldest goes when another comes. */
const MOST = 5;
/** The longest name, in characters. */
const LONGEST = 20;

/** A kept place. */
export interface Beat extends Place {
  readonly name: string;
}

/** The kept places, the latest first; what the storage holds beside is passed over. */
export function beats(): Beat[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(kept) ? kept.filter(isBeat).slice(0, MOST) : [];
  } catch {
    return [];
  }
}

function isBeat(value: unknown): value is Beat {
  const { name, lon, lat } = (value ?? {}) as Partial<Beat>;
  return typeof name === "string" && Number.isFinite(lon) && Number.isFinite(lat);
}

/** Keeps a place under a name; the same name again moves it. */
export function keep(beat: Beat): void {
  store([beat, ...beats().filter((other) => other.name !== beat.name)].slice(0, MOST));
}

/** Forgets a place. */
export function forget(name: string): void {
  store(beats().filter((beat) => beat.name !== name));
}

function store(kept: readonly Beat[]): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(kept));
  } catch {
    // A phone without storage keeps nothing; the page works as before.
  }
}

/** Draws the kept places as buttons into their box on the start page. */
export function drawBeats(box: HTMLElement, words: Words, look: (place: Place) => void): void {
  const kept = beats();
  box.className = kept.length > 0 ? "beats" : "";
  const title = element("h2", "");
  title.textContent = words.beats_title;
  const rows = kept.map((beat) => row(beat, box, words, look));
  box.replaceChildren(...(rows.length > 0 ? [title, ...rows] : []));
}

function row(beat: Beat, box: HTMLElement, words: Words, look: (place: Place) => void): HTMLElement {
  const go = button("btn quiet", beat.name, () => look(beat), "pin");
  const forgotten = () => {
    forget(beat.name);
    drawBeats(box, words, look);
  };
  const gone = button("btn plain", "", forgotten, "close");
  gone.setAttribute("aria-label", say(words.forget, beat.name));
  const line = element("div", "one-line");
  line.append(go, gone);
  return line;
}

/** Asks for a name in place of the button that was touched, and keeps the place under it. */
export function askName(touched: HTMLElement, place: Place, proposed: string, words: Words): void {
  const form = element("form", "one-line");
  const field = element("input", "");
  field.maxLength = LONGEST;
  field.required = true;
  field.value = proposed.slice(0, LONGEST);
  field.setAttribute("aria-label", words.keep_name);
  const save = element("button", "btn");
  save.textContent = words.keep_save;
  form.append(field, save);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    keep({ name: field.value.trim(), lon: place.lon, lat: place.lat });
    const done = element("p", "");
    done.setAttribute("role", "status");
    done.textContent = words.kept;
    form.replaceWith(done);
  });
  touched.replaceWith(form);
  field.select();
}
