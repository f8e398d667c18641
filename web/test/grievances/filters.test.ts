// The filters of a list: the address holds them, and the service is asked for them.

import { expect, test } from "vitest";
import { addressOf, askedOf, beside, isNarrowed, parametersOf } from "../../src/grievances/queue/filters";

const of = (search: string) => askedOf(new URL(`https://yizhan.example/grievances${search}`));

test("an address without a view asks for what waits for me", () => {
  expect(parametersOf(of(""))).toEqual({ waiting_for: "me" });
  expect(parametersOf(of("?view=nonsense"))).toEqual({ waiting_for: "me" });
  expect(isNarrowed(of(""))).toBe(false);
});

test("filters are kept in the address and passed on; unknown ones are not", () => {
  const asked = of("?view=overdue&state=in_progress&category=pay&colour=red");
  expect(parametersOf(asked)).toEqual({ overdue: "true", state: "in_progress", category: "pay" });
  expect(addressOf(asked)).toBe("/grievances?state=in_progress&category=pay&view=overdue");
  expect(askedOf(new URL(addressOf(asked), "https://yizhan.example"))).toEqual(asked);
  expect(isNarrowed(asked)).toBe(true);
});

test("keys move to the next row and stop at the ends", () => {
  const ids = ["a", "b", "c"];
  expect(beside(ids, "", 1)).toBe("a");
  expect(beside(ids, "a", 1)).toBe("b");
  expect(beside(ids, "c", 1)).toBe("c");
  expect(beside(ids, "a", -1)).toBe("a");
  expect(beside([], "", 1)).toBeUndefined();
});
