// @vitest-environment happy-dom
// Both languages say everything, with the same gaps.

import { expect, test } from "vitest";
import { say } from "../../src/staff/words";
import en from "../../words/staff.en.json";
import zh from "../../words/staff.zh.json";

/** Each sentence with its place in the dictionary. */
function sentences(part: unknown, path = ""): [string, string][] {
  if (typeof part === "string") return [[path, part]];
  return Object.entries(part as object).flatMap(([key, inner]) => sentences(inner, `${path}.${key}`));
}

/** The names of the gaps of a sentence. */
function gaps(text: string): string[] {
  return [...new Set([...text.matchAll(/\{([^}|]*)/g)].map(([, name]) => name ?? ""))].sort();
}

test("both languages have the same sentences with the same gaps", () => {
  const [ours, theirs] = [new Map(sentences(zh)), new Map(sentences(en))];
  expect([...ours.keys()]).toEqual([...theirs.keys()]);
  for (const [path, text] of ours) expect([path, gaps(theirs.get(path) ?? "")]).toEqual([path, gaps(text)]);
});

test("a gap is filled, and one thing is told from many", () => {
  expect(say("{n} {n|star|stars}", 1)).toBe("1 star");
  expect(say("{n} {n|star|stars}", 4)).toBe("4 stars");
  expect(say("{from}–{to}", { from: 1, to: 2 })).toBe("1–2");
});
