// What is sent of a case that is taken down.

import { expect, test } from "vitest";
import { bodyOf, empty, inFours } from "../../src/grievances/intake/draft";

test("empty fields are not sent, others trimmed", () => {
  const draft = { ...empty(), category: "pay", text: " 三个月没发工资 ", phone: "13800000000", unit: " " };
  expect(bodyOf(draft)).toEqual({
    channel: "hotline",
    kind: "appeal",
    category: "pay",
    identity: "named",
    publish: false,
    text: "三个月没发工资",
    contact: { phone: "13800000000" },
  });
});

test("of somebody anonymous neither name nor phone leaves the page", () => {
  const draft = { ...empty(), identity: "anonymous" as const, name: "王", phone: "138", text: "x" };
  expect(JSON.stringify(bodyOf(draft))).not.toMatch(/王|138/);
});

test("a secret is read out in fours", () => {
  expect(inFours("48271903665028417739")).toBe("4827 1903 6650 2841 7739");
});
