// @vitest-environment happy-dom
// The steps of the wizard and what their addresses say.

import { expect, test } from "vitest";
import { letterOf, withFields } from "../../../src/staff/imports/columns";
import {
  hrefOf,
  isOfColumns,
  openIn,
  readFilter,
  stepFor,
  stepOf,
  writeFilter,
} from "../../../src/staff/imports/steps";
import { IMPORT } from "./sample";

const at = (query: string) => new URLSearchParams(query);

test("an address without a step shows the first in which something is open", () => {
  expect(stepOf(at(""), IMPORT)).toBe("place");
  const confirmed = { ...IMPORT, options: { ...IMPORT.options, crs_confirmed: true } };
  expect(stepOf(at(""), confirmed)).toBe("problems");
  expect(stepOf(at(""), { ...confirmed, errors: 0 })).toBe("duplicates");
  expect(stepOf(at("step=nonsense"), { ...confirmed, errors: 0, duplicates: [] })).toBe("commit");
  expect(stepOf(at("step=columns"), IMPORT)).toBe("columns");
  expect(stepOf(at(""), { ...IMPORT, state: "committed" })).toBe("commit");
});

test("what is open in a step is counted", () => {
  expect(openIn("duplicates", IMPORT)).toBe(1);
  const missing = {
    row: null,
    column: null,
    level: "error",
    code: "name_column_missing",
    detail: "",
  } as const;
  expect(openIn("columns", { ...IMPORT, problems: [missing] })).toBe(1);
  expect(isOfColumns({ ...missing, row: 1 })).toBe(true);
  expect(isOfColumns({ ...missing, row: 1, code: "name_missing" })).toBe(false);
});

test("what blocks the commit leads to where it is put right", () => {
  expect(stepFor("crs_doubtful").step).toBe("place");
  expect(stepFor("duplicates_undecided").step).toBe("duplicates");
  expect(stepFor("errors")).toEqual({ step: "problems", more: { level: "error" } });
  expect(hrefOf("i", "problems", { level: "error" })).toBe("/staff/imports/i?step=problems&level=error");
});

test("a filter comes back from its address, and nonsense is passed over", () => {
  const filter = { levels: ["error", "warning"], code: "swapped", row: 44 } as const;
  expect(readFilter(new URLSearchParams(writeFilter(filter)))).toEqual(filter);
  expect(readFilter(at("level=bad,ok&code=<b>&row=1e9"))).toEqual({
    levels: ["ok"],
    code: "",
    row: undefined,
  });
});

test("a field that another column takes leaves the one that had it", () => {
  expect(withFields(IMPORT.headings, 2, ["name"])).toEqual({ "1": ["signboard"], "2": ["name"] });
  expect(withFields(IMPORT.headings, 0, [])).toEqual({ "0": [] });
});

test("columns have the letters of a spreadsheet", () => {
  expect([0, 25, 26, 51, 52, 701, 702].map(letterOf)).toEqual(["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]);
});
