// Every word of the staff page, in the language of the page.

import en from "../../words/staff.en.json";
import zh from "../../words/staff.zh.json";

/** The words of one language. Both files have the same keys, which the compiler and a test check. */
export type Words = typeof zh;

const dictionaries: { readonly zh: Words; readonly en: Words } = { zh, en };

/** Whether the page speaks English. */
export const isEnglish = document.documentElement.lang.startsWith("en");
/** The words of the page. */
export const w: Words = isEnglish ? dictionaries.en : dictionaries.zh;

/** A sentence with its gaps filled: one value for all of them, or one for each name. `{n|one|many}` as elsewhere. */
export function say(
  phrase: string,
  values: string | number | Readonly<Record<string, string | number>>,
): string {
  const value = (name: string) => String(typeof values === "object" ? (values[name] ?? "") : values);
  return phrase.replace(
    /\{([^}|]*)(?:\|([^}|]*)\|([^}]*))?\}/g,
    (_, name: string, one?: string, many?: string) => {
      if (one === undefined) return value(name);
      return value(name) === "1" ? one : (many ?? "");
    },
  );
}

/** The word for a code in a part of the dictionary; the code itself where there is none. */
export function wordIn(part: Readonly<Record<string, string>>, code: string): string {
  return Object.hasOwn(part, code) ? (part[code] ?? code) : code;
}
