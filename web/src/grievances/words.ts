// Every word of the grievance centre's screens, in the language of the page.

import en from "../../words/grievances.en.json";
import zh from "../../words/grievances.zh.json";
import { isEnglish } from "../staff/words";

/** The words of one language. Both files have the same keys, which the compiler and a test check. */
export type GrievanceWords = typeof zh;

const dictionaries: { readonly zh: GrievanceWords; readonly en: GrievanceWords } = { zh, en };

/** The words of these screens; those of parts shared with the other staff page are in `w`. */
export const g: GrievanceWords = isEnglish ? dictionaries.en : dictionaries.zh;

export { say, w, wordIn } from "../staff/words";
