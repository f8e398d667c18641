// Every word of the planner's page, in the language of the page.

import en from "../../words/planner.en.json";
import zh from "../../words/planner.zh.json";
import { isEnglish, say } from "../staff/words";

/** The words of one language. Both files have the same keys, which the compiler and a test check. */
export type PlannerWords = typeof zh;

const dictionaries: { readonly zh: PlannerWords; readonly en: PlannerWords } = { zh, en };

/** The words of this page; those of parts shared with the other staff pages are in `w`. */
export const p: PlannerWords = isEnglish ? dictionaries.en : dictionaries.zh;

const WHOLE = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });

/** A count of people or of person-hours, with thousands apart; a dash where it is not told. */
export function count(number: number | null): string {
  return number === null ? "–" : WHOLE.format(number);
}

/** A round number in few letters, for a legend: `25万`, `250k`. */
export function brief(number: number): string {
  const [unit, word] = isEnglish ? [1000, "k"] : [10_000, "万"];
  return number >= unit ? `${number / unit}${word}` : count(number);
}

/** A share of 0 to 1 as a percentage with one decimal; a dash where it is of nobody. */
export function percent(share: number | null | undefined): string {
  return typeof share === "number" ? `${(share * 100).toFixed(1)}%` : "–";
}

/** The part and the whole that a share is made of: `10,936 / 25,140 人`. */
export function ofWhole(numerator: number | null, denominator: number | null, unit: string): string {
  if (numerator === null || denominator === null) return p.units.few;
  return say(unit === "person_hours" ? p.units.of_hours : p.units.of_people, {
    numerator: count(numerator),
    denominator: count(denominator),
  });
}

export { isEnglish, say, w, wordIn } from "../staff/words";
