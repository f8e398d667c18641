// Every word of the desk of benefits, in the language of the page.

import en from "../../../words/benefits-desk.en.json";
import zh from "../../../words/benefits-desk.zh.json";
import { isEnglish } from "../../staff/words";

/** The words of one language. Both files have the same keys, which the compiler and a test check. */
export type DeskWords = typeof zh;

const dictionaries: { readonly zh: DeskWords; readonly en: DeskWords } = { zh, en };

/** The words of these screens; those of parts shared with the other staff pages are in `w`. */
export const b: DeskWords = isEnglish ? dictionaries.en : dictionaries.zh;

export { say, w, wordIn } from "../../staff/words";
