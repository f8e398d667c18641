// Telling the union something, on pages that work without all this: the draft stays on the phone until it is sent.

import { Form } from "./form";
import { beginSlip } from "./slip";
import { wordsFor } from "./words";

/** Begins what the page at hand needs. */
export function beginGrievance(main: HTMLElement): void {
  const words = wordsFor(document.documentElement.lang);
  const form = main.querySelector<HTMLFormElement>("form[data-grievance]");
  if (form) void new Form(main, form, words, () => beginGrievance(main)).start();
  const slip = main.querySelector<HTMLElement>("[data-grievance-slip]");
  if (slip) beginSlip(main, slip, words);
}
