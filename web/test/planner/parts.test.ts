// @vitest-environment happy-dom
// Small parts of the planner's page: figures in words, files and profiles as the interface takes them, lists.

import { expect, test } from "vitest";
import { fieldWords } from "../../src/planner/demand/found";
import { profileOf, WHOLE_DAY } from "../../src/planner/demand/profile";
import { optionsOf } from "../../src/planner/demand/upload";
import { nearOf } from "../../src/planner/panel/ask";
import { fromTo } from "../../src/planner/panel/figures";
import { rankedGaps } from "../../src/planner/panel/lists";
import { reachFor } from "../../src/planner/panel/own";
import { periodOf } from "../../src/planner/period";
import { questionOf } from "../../src/planner/question";
import { headOf, partsOf, titleOf } from "../../src/planner/spoken";
import type { Coverage, Figure, Gaps, Timetable } from "../../src/planner/types";
import { brief, ofWhole, percent } from "../../src/planner/words";
import en from "../../words/planner.en.json";
import zh from "../../words/planner.zh.json";

/** Each sentence with its place in the dictionary. */
function sentences(part: unknown, path = ""): [string, string][] {
  if (typeof part === "string") return [[path, part]];
  return Object.entries(part as object).flatMap(([key, inner]) => sentences(inner, `${path}.${key}`));
}

/** The names of the gaps of a sentence. */
function gapsOf(text: string): string[] {
  return [...new Set([...text.matchAll(/\{([^}|]*)/g)].map(([, name]) => name ?? ""))].sort();
}

test("both languages have the same sentences with the same gaps", () => {
  const [ours, theirs] = [new Map(sentences(zh)), new Map(sentences(en))];
  expect([...ours.keys()]).toEqual([...theirs.keys()]);
  for (const [path, text] of ours) {
    expect(text, path).not.toBe("");
    expect([path, gapsOf(theirs.get(path) ?? "")]).toEqual([path, gapsOf(text)]);
  }
});

test("a figure is told with its whole; one of fewer than ten people is not told", () => {
  expect(ofWhole(10_936, 25_140, "people")).toBe("10,936 / 25,140 人");
  expect(ofWhole(1, 2, "person_hours")).toBe("1 / 2 人·时");
  expect(ofWhole(null, null, "people")).toBe("不足 10 人，不显示");
  expect([brief(600), brief(6000), brief(250_000)]).toEqual(["600", "6,000", "25万"]);
  expect([percent(0.435), percent(0), percent(null)]).toEqual(["43.5%", "0.0%", "–"]);
});

test("from one figure to another: the whole is said once where it is the same", () => {
  const figure = (numerator: number, denominator: number) => ({ numerator, denominator }) as Figure;
  expect(fromTo(figure(1, 10), figure(2, 10), { unit: "people" })).toBe("1 → 2 / 10 人");
  expect(fromTo(figure(1, 10), figure(2, 20), { unit: "people" })).toBe("1 / 10 → 2 / 20 人");
});

test("a map is called by what it has and the other has not", () => {
  const held = new URLSearchParams("hour=61&compare=1&b.facility=microwave&b.hour=44");
  const both = { a: questionOf(held, "a"), b: questionOf(held, "b") };
  const period = periodOf(held);
  expect(titleOf("a", both, period, true)).toBe("周三 13:00");
  expect(titleOf("b", both, period, true)).toBe("周二 20:00 · microwave");
  expect(titleOf("b", both, period, false)).toBe("周二 20:00");
  expect(partsOf(both.a)).toEqual(["全部", "全市", "走 15 分"]);
});

test("while an answer is coming the figure of the hour is taken from the table of hours", () => {
  const question = questionOf(new URLSearchParams("hour=1"), "a");
  const period = periodOf(new URLSearchParams());
  const coverage = {
    figures: [{ code: "covered", numerator: 5, denominator: 10, share: 0.5 }],
  } as unknown as Coverage;
  const timetable = { numerator: [0, 8], denominator: [10, 10], twice: [0, 1] } as unknown as Timetable;
  expect(headOf(question, coverage, true, timetable, period)).toMatchObject({ numerator: 5 });
  expect(headOf(question, coverage, false, timetable, period)).toMatchObject({ numerator: 8, share: 0.8 });
  expect(headOf({ ...question, min: 2 }, coverage, false, timetable, period)).toMatchObject({ numerator: 1 });
  expect(headOf(question, undefined, false, undefined, period)).toBeUndefined();
});

test("nearness: the usual choices are recognised, everything else is one's own", () => {
  const near = (text: string) => nearOf(questionOf(new URLSearchParams(text), "a"));
  expect(near("")).toBe("quarter");
  expect(near("within_m=1000&by=straight")).toBe("kilometre");
  expect(near("within_m=500&by=straight")).toBe("half");
  expect(near("within_m=1000")).toBe("own");
  expect(reachFor("minutes", 10)).toEqual({ within_s: 600, within_m: undefined, by: "walk" });
  expect(reachFor("straight", 800)).toEqual({ within_s: undefined, within_m: 800, by: "straight" });
});

test("gaps are listed by their rank, cells without one are not", () => {
  const gap = (cell: string, rank: number | null, uncovered: number) => ({
    properties: { cell, rank, uncovered },
  });
  const features = [gap("c", null, 0), gap("b", 2, 20), gap("a", 1, 30)];
  expect(rankedGaps({ features } as unknown as Gaps).map(({ cell }) => cell)).toEqual(["a", "b"]);
});

test("what is said of a file goes along, what is empty does not", () => {
  const said = {
    code: "default",
    name: " 骑手 ",
    source: "",
    licence: "",
    as_of: "",
    note: "",
    crs: "gcj02",
    trade: "courier",
  };
  expect(optionsOf(said, false, true)).toEqual({
    code: "default",
    name: "骑手",
    crs: "gcj02",
    trade: "courier",
    dry_run: true,
  });
  expect(optionsOf(said, true, false)).toEqual({ code: "default", name: "骑手", crs: "gcj02" });
});

test("a fault names its row as people say it", () => {
  expect(fieldWords("row 5 weight")).toBe("第 5 行 weight");
  expect(fieldWords("row 5")).toBe("第 5 行");
  expect(fieldWords("options.code")).toBe("options.code");
});

test("a profile has 24 shares, or 168 where the weekend is another", () => {
  expect(profileOf({ "": WHOLE_DAY })[""]).toEqual(Array.from({ length: 24 }, () => 1));
  const half = Array.from({ length: 24 }, () => 50);
  const week = profileOf({ courier: { usual: WHOLE_DAY.usual, weekend: half } }).courier ?? [];
  expect([week.length, week[0], week[5 * 24 - 1], week[5 * 24], week[167]]).toEqual([168, 1, 1, 0.5, 0.5]);
  expect(profileOf({ "": { usual: [200, -1] } })[""]).toEqual([1, 0]);
});
