// Both languages of the grievance centre say everything, with the same gaps.

import { expect, test } from "vitest";
import en from "../../words/grievances.en.json";
import zh from "../../words/grievances.zh.json";

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
  for (const [path, text] of ours) {
    expect(text, path).not.toBe("");
    expect([path, gaps(theirs.get(path) ?? "")]).toEqual([path, gaps(text)]);
  }
});
