// The grid of a session: what is sent, and whose a fault is.

import { expect, test } from "vitest";
import { blank, casesOf, outcomeOf, rowsLeft } from "../../src/grievances/sessions/grid";

const ROWS = [
  { ...blank(7), text: "没有加班费", category: "pay", phone: "138" },
  blank(8),
  { ...blank(9), text: "宿舍没热水", identity: "anonymous" as const, name: "王" },
];

test("empty rows are left out, and the channel is that of the session", () => {
  const cases = casesOf(ROWS, "visit_day", "130302");
  expect(cases).toMatchObject([
    { channel: "visit_day", district: "130302", text: "没有加班费", contact: { phone: "138" } },
    { channel: "visit_day", text: "宿舍没热水" },
  ]);
  expect(cases[1]).not.toHaveProperty("contact");
});

test("rows that were refused stay, with what is wrong; those that were taken in go", () => {
  const wrong = [{ field: "category", code: "missing", detail: "必须填写。" }];
  const taken = { row: 1, number: "2026-000132", receipt: "4827", received: "2026-11-24" };
  const { receipts, refused } = outcomeOf(ROWS, [taken as never, { row: 2, errors: wrong }]);
  expect(receipts).toMatchObject([{ number: "2026-000132" }]);
  expect([...refused]).toEqual([[9, wrong]]);
  expect(rowsLeft(ROWS, refused).map(({ key }) => key)).toEqual([8, 9]);
});
