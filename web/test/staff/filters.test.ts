// @vitest-environment happy-dom
// The filters of the table and the address say the same.

import { expect, test } from "vitest";
import {
  asked,
  countOf,
  type Filters,
  NO_FILTERS,
  readFilters,
  sortedBy,
  withCodes,
  writeFilters,
} from "../../src/staff/registry/filters";

const NOW = Date.parse("2026-11-24T10:00:00+08:00");
const read = (query: string) => readFilters(new URLSearchParams(query));

test("an address without filters has none, and none makes an address without filters", () => {
  expect(read("")).toEqual(NO_FILTERS);
  expect(writeFilters(NO_FILTERS).toString()).toBe("");
  expect(countOf(NO_FILTERS)).toBe(0);
});

test("filters come back from the address as they went in", () => {
  const filters: Filters = {
    ...NO_FILTERS,
    q: "海港 银行",
    codes: { ...NO_FILTERS.codes, status: ["draft", "submitted"], district: ["130302"], facility: ["water"] },
    unconfirmed_days: 90,
    demonstration: false,
    sort: "confirmed",
    isDescending: true,
    cursor: "n5.019303a0",
    from: 50,
  };
  expect(readFilters(new URLSearchParams(writeFilters(filters).toString()))).toEqual(filters);
  expect(countOf(filters)).toBe(6);
});

test("what an address says that means nothing is passed over", () => {
  expect(
    read("status=open,nonsense&state=ajar&sort=-price&unconfirmed=-3&demonstration=maybe").codes.status,
  ).toEqual(["open"]);
  const { codes, sort, isDescending, unconfirmed_days, demonstration } = read(
    "state=ajar&sort=-price&unconfirmed=99999&demonstration=maybe&host=%3Cscript%3E",
  );
  expect(codes.state).toEqual([]);
  expect(codes.host).toEqual([]);
  expect([sort, isDescending, unconfirmed_days, demonstration]).toEqual([
    "code",
    false,
    undefined,
    undefined,
  ]);
});

test("the service takes one district at a time", () => {
  expect(read("district=130302,130304").codes.district).toEqual(["130302"]);
});

test("the service is asked for an instant where the address counts days", () => {
  const parameters = asked({ ...NO_FILTERS, unconfirmed_days: 1, cursor: "x" }, NOW);
  expect(parameters.get("confirmed_before")).toBe("2026-11-23T02:00:00Z");
  expect(parameters.has("unconfirmed")).toBe(false);
  expect(parameters.get("sort")).toBe("code");
  expect(parameters.has("cursor")).toBe(false);
});

test("another filter or order begins at the first page", () => {
  const far = { ...NO_FILTERS, cursor: "x", from: 100 };
  expect(withCodes(far, "host", ["bank"])).toMatchObject({ cursor: "", from: 0 });
  const once = sortedBy(far, "name");
  expect(once).toMatchObject({ sort: "name", isDescending: false, cursor: "" });
  expect(sortedBy(once, "name").isDescending).toBe(true);
  expect(sortedBy(sortedBy(once, "name"), "code").isDescending).toBe(false);
});
