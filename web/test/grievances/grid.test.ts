// The grid of a session: what is sent, and whose a fault is.

import { expect, test } from "vitest";
import { blank, casesOf, faultsByRow } from "../../src/grievances/sessions/grid";

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

test("a fault finds its row although an empty one stands between", () => {
  const fault = (field: string) => ({ field, code: "required", detail: field });
  const found = faultsByRow(ROWS, [
    fault("cases[1].category"),
    fault("/cases/0/text"),
    fault("kind"),
    fault("cases[9].x"),
  ]);
  expect([...found.keys()].sort()).toEqual([7, 9]);
  expect(found.get(9)).toMatchObject([{ field: "category" }]);
  expect(found.get(7)).toMatchObject([{ field: "text" }]);
});
