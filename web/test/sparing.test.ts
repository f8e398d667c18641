// Which phones wait for the map until they are asked.

import { expect, test } from "vitest";
import { isSparing } from "../src/sparing";

test("a phone is spared for its memory, its line or by its wish, and not for saying nothing", () => {
  expect(isSparing({})).toBe(false);
  expect(isSparing({ deviceMemory: 4, connection: { saveData: false, effectiveType: "4g" } })).toBe(false);
  expect(isSparing({ deviceMemory: 0.5 })).toBe(true);
  expect(isSparing({ connection: { saveData: true } })).toBe(true);
  expect(isSparing({ connection: { effectiveType: "slow-2g" } })).toBe(true);
});
