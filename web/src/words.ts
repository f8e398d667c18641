// Every word that the script says, from the one dictionary that the server's pages read as well.

import en from "../words/en.json";
import zh from "../words/zh.json";

/** The words of one language. Both files have the same keys, which the compiler checks. */
export type Dictionary = typeof zh;
/** What the script says by itself. */
export type Words = Dictionary["script"];
/** What the server's pages say, and the script where it draws a list without the server. */
export type PageWords = Dictionary["page"];

const dictionaries: { readonly zh: Dictionary; readonly en: Dictionary } = { zh, en };

/** The words for a page's language. */
export function dictionaryFor(language: string): Dictionary {
  return language.startsWith("en") ? dictionaries.en : dictionaries.zh;
}

/** The sentences of the script for a page's language. */
export function wordsFor(language: string): Words {
  return dictionaryFor(language).script;
}

/**
 * A sentence with its gaps filled: one value for all of them, or one for each name. `{n|one|many}` says the
 * first word where n is 1.
 */
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
