// What the script of the grievance form says; the server's templates read the same files.

import { script as en } from "../../words/grievance.en.json";
import { script as zh } from "../../words/grievance.zh.json";

/** The words of one language. Both files have the same keys, which a test of the server checks. */
export type Words = typeof zh;

/** The words for a page's language. */
export function wordsFor(language: string): Words {
  return language.startsWith("en") ? en : zh;
}
