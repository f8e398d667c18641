// @vitest-environment happy-dom
// The sheet's grid: how keys walk, where problems are, which samples are looked at.

import { expect, test } from "vitest";
import { placeOf, problemsAt, singleFixes } from "../../../src/staff/imports/dock";
import { moved, walkOf, widthOf } from "../../../src/staff/imports/layout";
import { samplesOf } from "../../../src/staff/imports/place";
import { faultyColumn } from "../../../src/staff/imports/problems";
import { nextFaulty, worst } from "../../../src/staff/imports/rows";
import { alike } from "../../../src/staff/imports/sides";
import { IMPORT, rowOf } from "./sample";

const error = { column: 0, level: "error", code: "code_twice", detail: "" } as const;
const warning = { column: null, level: "warning", code: "parked", detail: "" } as const;

test("keys walk within the grid and stop at its edges", () => {
  const walk = (key: string, at: number, column: number) => {
    const step = walkOf({ key });
    return step && moved(at, column, step, 10, 3, 4);
  };
  expect(walk("ArrowDown", 9, 1)).toEqual({ at: 9, column: 1 });
  expect(walk("ArrowLeft", 0, 0)).toEqual({ at: 0, column: -1 });
  expect(walk("ArrowRight", 0, 2)).toEqual({ at: 0, column: 2 });
  expect(walk("PageDown", 2, 1)).toEqual({ at: 6, column: 1 });
  expect(walk("End", 2, 0)).toEqual({ at: 2, column: 2 });
  expect(walk("x", 2, 0)).toBeUndefined();
});

test("the next problem is to the right or below, and from the end above", () => {
  const rows = [rowOf(2, [error]), rowOf(3), rowOf(4, [{ ...error, column: 2 }, warning])];
  const next = (at: number, column: number) => nextFaulty(rows, { at, column });
  expect(next(-1, -1)).toEqual({ at: 0, column: 0 });
  expect(next(0, 0)).toEqual({ at: 2, column: -1 });
  expect(next(2, -1)).toEqual({ at: 2, column: 2 });
  expect(next(2, 2)).toEqual({ at: 0, column: 0 });
  expect(nextFaulty([rowOf(2)], { at: 0, column: 0 })).toBeUndefined();
});

test("a cell shows its own problem, a row the one of the whole of it", () => {
  const row = rowOf(2, [warning, error]);
  expect(worst(row, 0)?.code).toBe("code_twice");
  expect(worst(row, null)?.code).toBe("parked");
  expect(worst(row, 1)).toBeUndefined();
  expect(faultyColumn(row)).toBe(0);
  expect(faultyColumn(rowOf(2, [warning]))).toBe(-1);
  expect(problemsAt(row, 0)).toEqual([error]);
  expect(problemsAt(row, 1)).toEqual([warning]);
  expect(problemsAt(row, -1)).toHaveLength(2);
});

test("columns are as wide as their texts, within bounds", () => {
  const [code, name] = IMPORT.headings;
  if (!code || !name) throw new Error("the sample has headings");
  expect(widthOf({ ...code, samples: ["很".repeat(200)] })).toBe(17);
  expect(widthOf({ ...code, heading: "", samples: [] })).toBe(5);
  expect(widthOf(name)).toBeGreaterThan(widthOf({ ...name, samples: [] }) - 0.01);
});

test("samples are spread over the sheet, rows of registered codes first", () => {
  const rows = Array.from({ length: 100 }, (_, i) => rowOf(i + 2));
  expect(samplesOf(rows, 4).map(({ row }) => row)).toEqual([2, 27, 52, 77]);
  const station = { id: "s", name: "x", code: "HG-1" };
  const some = rows.map((row, i) => (i % 30 === 7 ? { ...row, station } : row));
  expect(samplesOf(some, 10).map(({ row }) => row)).toEqual([9, 39, 69, 99]);
  expect(samplesOf([{ ...rowOf(2), pins: null }], 4)).toEqual([]);
});

test("texts that differ in spaces and width alone are alike", () => {
  expect(alike("河北大街 １ 号", "河北大街1号")).toBe(true);
  expect(alike(undefined, "")).toBe(true);
  expect(alike("饮水", "饮水、充电")).toBe(false);
});

test("a problem of another cell names its column, one of the cell that is shown does not", () => {
  expect(placeOf(IMPORT, error, { row: 2, column: 0 })).toBe("");
  expect(placeOf(IMPORT, error, { row: 2, column: -1 })).toBe("“编号”列：");
  expect(placeOf(IMPORT, { ...error, column: 30 }, { row: 2, column: 0 })).toBe("“AE”列：");
  expect(placeOf(IMPORT, warning, { row: 2, column: -1 })).toBe("");
});

test("a kind is mended in all cells of a row that have one way only", () => {
  const formula = (column: number, ...values: string[]) => ({
    column,
    level: "error" as const,
    code: "formula_cell",
    detail: "",
    suggestions: values.map((value) => ({ label: value, fixes: [{ column, value }] })),
  });
  const row = rowOf(7, [formula(0, "甲"), formula(1, "乙", "丙"), formula(2, "丁"), error]);
  expect(singleFixes(row, "formula_cell")).toEqual([
    { row: 7, column: 0, value: "甲" },
    { row: 7, column: 2, value: "丁" },
  ]);
});
