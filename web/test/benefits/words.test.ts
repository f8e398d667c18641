// Both languages of the pages of benefits say everything, with the same gaps.

import { expect, test } from "vitest";
import en from "../../words/benefits.en.json";
import zh from "../../words/benefits.zh.json";
import deskEn from "../../words/benefits-desk.en.json";
import deskZh from "../../words/benefits-desk.zh.json";

/** Each sentence with its place in the dictionary. */
function sentences(part: unknown, path = ""): [string, string][] {
  if (typeof part === "string") return [[path, part]];
  return Object.entries(part as object).flatMap(([key, inner]) => sentences(inner, `${path}.${key}`));
}

/** The names of the gaps of a sentence. */
function gaps(text: string): string[] {
  return [...new Set([...text.matchAll(/\{([^}|]*)/g)].map(([, name]) => name ?? ""))].sort();
}

test.each([
  ["phones", zh, en],
  ["the desk", deskZh, deskEn],
])("both languages of %s have the same sentences with the same gaps", (_, one, other) => {
  const [ours, theirs] = [new Map(sentences(one)), new Map(sentences(other))];
  expect([...ours.keys()]).toEqual([...theirs.keys()]);
  for (const [path, text] of ours) {
    expect(text, path).not.toBe("");
    expect([path, gaps(theirs.get(path) ?? "")]).toEqual([path, gaps(text)]);
  }
});
