// The figures of a clause in words: what there is, what is asked for, and what it rests on. Pure.

import { isEnglish, say, w } from "../words";
import type { Clause, Level, Outcome, Rules } from "./api";

/** A clause in the language of the page. */
export function clauseWords({ zh, en }: Clause): string {
  return isEnglish ? en : zh;
}

const trimmed = (value: number) => String(Math.round(value * 100) / 100);

/** A value in its unit. */
export function amount(value: number, unit: Outcome["unit"]): string {
  return unit === "share"
    ? say(w.ratings.share, trimmed(value * 100))
    : say(w.ratings.units[unit], trimmed(value));
}

/** What is asked for. */
export function asked({ target, unit, at_least }: Outcome): string {
  return say(at_least ? w.ratings.at_least : w.ratings.at_most, amount(target, unit));
}

/** What there is: a share with its numerator and denominator. */
export function have(outcome: Outcome): string {
  const { value, numerator, denominator, unit } = outcome;
  if (numerator !== null && denominator !== null) {
    if (denominator === 0)
      return unit === "share" && value !== null ? w.ratings.none_asked : `${numerator} / ${denominator}`;
    return value === null
      ? `${numerator} / ${denominator}`
      : say(w.ratings.share_of, { part: numerator, of: denominator, n: trimmed(value * 100) });
  }
  return value === null ? w.ratings.never : amount(value, unit);
}

/** Everything that explains a clause, as one line. */
export function explained(outcome: Outcome): string {
  const { unknown, evidence } = outcome;
  const figures = say(w.ratings.have, { have: have(outcome), need: asked(outcome) });
  const why = unknown ? w.ratings.unknowns[unknown] : "";
  const hasFigures = !(unknown === "not_stated");
  const rests = evidence.length > 0 ? say(w.ratings.evidence, evidence.join(", ")) : "";
  return [why, hasFigures ? figures : "", rests].filter(Boolean).join(w.common.semicolon);
}

/** Stars as signs, with the empty ones behind them. */
export function starSigns(stars: number): readonly [string, string] {
  return ["★".repeat(stars), "☆".repeat(Math.max(0, 5 - stars))];
}

/** One difference between two versions of the rules. */
export interface Difference {
  readonly what: string;
  readonly before: string;
  readonly after: string;
}

/** The differences from one version of the rules to another, clause by clause and star by star. */
export function differences(before: Rules, after: Rules): Difference[] {
  const found: Difference[] = [];
  const codes = [...new Set([...before.clauses, ...after.clauses].map((c) => c.code))];
  for (const code of codes) {
    const [was, is] = [before, after].map((rules) => rules.clauses.find((c) => c.code === code));
    if (!was || !is) {
      const [one, other] = [was ? clauseWords(was) : "–", is ? clauseWords(is) : "–"];
      found.push({ what: code, before: one, after: other });
      continue;
    }
    for (const field of ["zh", "en", "measure", "target", "points", "cap"] as const) {
      if (was[field] === is[field]) continue;
      const name = {
        zh: w.ratings.clause_zh,
        en: w.ratings.clause_en,
        measure: w.ratings.measure,
        target: w.ratings.target,
        points: w.ratings.worth,
        cap: w.ratings.cap,
      }[field];
      found.push({
        what: `${clauseWords(is)} · ${name}`,
        before: String(was[field] ?? w.ratings.no_cap),
        after: String(is[field] ?? w.ratings.no_cap),
      });
    }
  }
  for (const level of after.levels) {
    const was = before.levels.find((l) => l.stars === level.stars);
    for (const field of ["points", "known"] as const) {
      if (was?.[field] !== level[field]) found.push(ofLevel(was, level, field));
    }
  }
  return found;
}

function ofLevel(was: Level | undefined, is: Level, field: "points" | "known"): Difference {
  const name = field === "points" ? w.ratings.level_points : w.ratings.level_known;
  return {
    what: `${say(w.ratings.star_n, is.stars)} · ${name}`,
    before: String(was?.[field] ?? "–"),
    after: String(is[field]),
  };
}
