// The files of a draft: chosen one after the other, shown small, and taken away again.

import { button, element } from "../element";
import { say } from "../words";
import { files, type Kept, keepFiles } from "./draft";
import { shrunk } from "./shrink";
import type { Words } from "./words";

/** The most bytes of one file, and of all: what the server takes. */
const MOST_BYTES = 10 << 20;
const MOST_IN_ALL = 29 << 20;

/** Shows the files of the draft beside the field that adds to them. */
export class Attached {
  readonly #box: HTMLElement;
  readonly #words: Words;
  readonly #changed: () => void;
  #kept: readonly Kept[] = [];

  constructor(box: HTMLElement, words: Words, changed: () => void) {
    this.#box = box;
    this.#words = words;
    this.#changed = changed;
    const field = box.querySelector<HTMLInputElement>("input[type=file]");
    field?.addEventListener("change", () => void this.#add(field));
  }

  /** How many there are. */
  get count(): number {
    return this.#kept.length;
  }

  /** Shows those that were kept before. */
  async restore(): Promise<void> {
    this.#kept = await files();
    this.#draw();
  }

  async #add(field: HTMLInputElement): Promise<void> {
    const chosen = [...(field.files ?? [])];
    const most = Number(this.#box.dataset.most);
    const faults: string[] = [];
    for (const file of chosen) {
      const kept = await shrunk(file);
      const bytes = this.#kept.reduce((sum, { blob }) => sum + blob.size, kept.blob.size);
      if (this.#kept.length >= most) faults.push(say(this.#words.too_many, most));
      else if (kept.blob.size > MOST_BYTES || bytes > MOST_IN_ALL)
        faults.push(say(this.#words.too_large, file.name));
      else this.#kept = [...this.#kept, kept];
    }
    // What the field holds would be sent once more by a browser whose script stops.
    field.value = "";
    await this.#keep(new Set(faults));
  }

  async #keep(faults: ReadonlySet<string>): Promise<void> {
    await keepFiles(this.#kept);
    this.#draw();
    this.#tell(faults);
    this.#changed();
  }

  #tell(faults: ReadonlySet<string>): void {
    for (const old of this.#box.querySelectorAll("[data-wrong]")) old.remove();
    for (const fault of faults) {
      const told = element("p", "wrong");
      told.dataset.wrong = "";
      told.setAttribute("role", "alert");
      told.textContent = fault;
      this.#box.querySelector("input")?.before(told);
    }
  }

  #draw(): void {
    this.#box.querySelector("ul")?.remove();
    if (this.#kept.length === 0) return;
    const list = element("ul", "");
    list.append(...this.#kept.map((kept) => this.#row(kept)));
    this.#box.append(list);
  }

  #row(kept: Kept): HTMLElement {
    const row = element("li", "");
    if (kept.blob.type.startsWith("image/")) {
      const picture = element("img", "");
      picture.src = URL.createObjectURL(kept.blob);
      picture.alt = "";
      picture.addEventListener("load", () => URL.revokeObjectURL(picture.src));
      row.append(picture);
    }
    const name = element("span", "");
    name.textContent = kept.name;
    const label = say(this.#words.remove, kept.name);
    const remove = button(
      "btn plain",
      "",
      () => {
        this.#kept = this.#kept.filter((other) => other !== kept);
        void this.#keep(new Set());
      },
      "close",
    );
    remove.setAttribute("aria-label", label);
    row.append(name, remove);
    return row;
  }
}
