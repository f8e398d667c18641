// The form of an action: which fields it has, which it needs, what of what was typed is sent.

import { expect, test } from "vitest";
import { fieldsOf, inOrder, sentWith } from "../../src/grievances/case/fields";

test("an action asks for what the service needs, known or not", () => {
  expect(fieldsOf({ action: "accept", needs: [] })).toEqual([]);
  const dispatch = fieldsOf({
    action: "dispatch",
    needs: ["department", "handler"],
    may: ["text", "co_handlers"],
  });
  expect(dispatch.filter(({ isNeeded }) => isNeeded).map(({ name }) => name)).toEqual([
    "department",
    "handler",
  ]);
  expect(dispatch.map(({ name }) => name)).toContain("co_handlers");
  expect(fieldsOf({ action: "new_deed", needs: ["text", "colour"] })).toEqual([
    { name: "text", isNeeded: true },
    { name: "colour", isNeeded: true },
  ]);
  expect(
    fieldsOf({ action: "classify", needs: [], may: ["category"] }).some(({ isNeeded }) => isNeeded),
  ).toBe(false);
});

test("only the fields of the action are sent, trimmed, and no empty ones", () => {
  const typed = { text: " 查过了 ", department: "d", outcome: "solved", files: [{ id: "a", name: "a.png" }] };
  expect(sentWith(fieldsOf({ action: "answer", needs: ["outcome", "text"] }), typed)).toEqual({
    outcome: "solved",
    text: "查过了",
    attachments: ["a"],
  });
  expect(sentWith(fieldsOf({ action: "close", needs: [] }), { text: "" })).toEqual({});
});

test("nobody who was not reached has said anything", () => {
  const fields = fieldsOf({ action: "call_back", needs: ["reached"] });
  expect(sentWith(fields, { reached: false, solved: true, grade: "satisfied" })).toEqual({ reached: false });
  expect(sentWith(fields, { reached: true, solved: false, grade: "dissatisfied" })).toEqual({
    reached: true,
    solved: false,
    grade: "dissatisfied",
  });
});

test("what brings a case on comes first, and messages have their own place", () => {
  const allowed = ["note", "message", "supervise", "answer"].map((action) => ({
    action,
    words: "",
    needs: [],
  }));
  expect(inOrder(allowed).map(({ action }) => action)).toEqual(["answer", "note", "supervise"]);
});
