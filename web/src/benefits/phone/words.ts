// Every word that the wallet and the till say, in the language of the page.

import { script as en } from "../../../words/benefits.en.json";
import { script as zh } from "../../../words/benefits.zh.json";

/** The words of one language. Both files have the same keys, which a test checks. */
export type Words = typeof zh;

/** The words of the page. */
export const p: Words = document.documentElement.lang.startsWith("en") ? en : zh;

export { say } from "../../words";
