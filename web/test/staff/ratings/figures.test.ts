// @vitest-environment happy-dom
// The figures of a clause in words, and the differences between two versions of the rules.

import { expect, test } from "vitest";
import type { Clause, Outcome, Rules } from "../../../src/staff/ratings/api";
import { differences, explained, starSigns } from "../../../src/staff/ratings/figures";

const CLAUSE: Clause = {
  code: "area",
  zh: "面积",
  en: "Area",
  measure: "area_m2",
  target: 15,
  points: 5,
  cap: null,
};
const OUTCOME: Outcome = {
  ...CLAUSE,
  unit: "m2",
  at_least: true,
  verdict: "failed",
  value: 12,
  numerator: null,
  denominator: null,
  evidence: [],
  unknown: null,
};
const LEVELS = [1, 2, 3, 4, 5].map((stars) => ({ stars, points: stars * 15, known: 50 }));

test("a clause says what there is, what is asked for, and what it rests on", () => {
  expect(explained(OUTCOME)).toBe("现在 12 平方米，要求不少于 15 平方米");
  const share = { ...OUTCOME, unit: "share" as const, target: 0.9, value: 0.8, numerator: 4, denominator: 5 };
  expect(explained(share)).toBe("现在 4 / 5（80%），要求不少于 90%");
  const few = { ...share, value: null, numerator: 3, denominator: 4, unknown: "too_few_days" as const };
  expect(explained(few)).toMatch(/不足 5 天.*现在 3 \/ 4/);
  const locked = {
    ...OUTCOME,
    unit: "number" as const,
    at_least: false,
    target: 1,
    value: 2,
    evidence: ["R1", "R2"],
  };
  expect(explained(locked)).toBe("现在 2，要求不超过 1；依据：R1, R2");
  expect(explained({ ...OUTCOME, value: null, unknown: "not_stated" })).toBe("没登记，不算分也不扣分");
});

test("stars are signs of five", () => {
  expect(starSigns(3)).toEqual(["★★★", "☆☆"]);
  expect(starSigns(0)).toEqual(["", "☆☆☆☆☆"]);
});

test("two versions differ where a clause came, went or changed, or a star asks for more", () => {
  const before: Rules = { clauses: [CLAUSE, { ...CLAUSE, code: "gone", zh: "去掉的" }], levels: LEVELS };
  const after: Rules = {
    clauses: [
      { ...CLAUSE, target: 40, cap: 3 },
      { ...CLAUSE, code: "new", zh: "新的" },
    ],
    levels: LEVELS.map((level) => (level.stars === 5 ? { ...level, points: 90 } : level)),
  };
  expect(differences(before, before)).toEqual([]);
  expect(differences(before, after).map(({ before, after }) => [before, after])).toEqual([
    ["15", "40"],
    ["不限", "3"],
    ["去掉的", "–"],
    ["–", "新的"],
    ["75", "90"],
  ]);
});
