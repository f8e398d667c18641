// Sentences with gaps, as the server fills them.

import { expect, test } from "vitest";
import { dictionaryFor, say } from "../src/words";

test("gaps are filled by order, by name and by number", () => {
  expect(say("{n} 处", 3)).toBe("3 处");
  expect(say("{day} {month}", { month: "Nov", day: 24 })).toBe("24 Nov");
  expect([1, 2].map((n) => say("{n} {n|seat|seats}", n))).toEqual(["1 seat", "2 seats"]);
});

test("a page in English is spoken to in English, every other in Chinese", () => {
  expect(dictionaryFor("en").page.today).toBe("today");
  expect(dictionaryFor("zh-CN").page.today).toBe("今天");
});
