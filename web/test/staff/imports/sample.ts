// An import and its rows for the tests.

import type { Import, Row } from "../../../src/staff/imports/types";

export const IMPORT: Import = {
  id: "019303a0-0000-7000-8000-000000000001",
  version: 1,
  state: "planned",
  file_name: "驿站台账.xlsx",
  by: { id: "019303a0-0000-7000-8000-000000000002", name: "海港区总工会" },
  created: "2026-11-24T09:30:00+08:00",
  rows: 3,
  ok: 1,
  warnings: 1,
  errors: 1,
  parked: 0,
  skipped: 0,
  progress: null,
  failed: null,
  outcome: null,
  headings: [
    { column: 0, heading: "编号", fields: ["code"], source: "recognised", samples: ["HG-01"] },
    {
      column: 1,
      heading: "站点",
      fields: ["name", "signboard"],
      source: "remembered",
      samples: ["河北大街"],
    },
    { column: 2, heading: "备注栏", fields: [], source: "none", samples: [] },
  ],
  fields: [{ code: "name", zh: "名称", en: "name" }],
  options: { crs: "gcj02", crs_confirmed: false, district: null, publish: false },
  crs: { declared: "gcj02", best: "bd09", doubtful: true, p: 0.001, evidence: [] },
  duplicates: [
    { row: 3, other_row: 2, reason: "similar_name", decision: null },
    {
      row: 4,
      station_id: "019303a0-0000-7000-8000-000000000003",
      reason: "same_point",
      decision: "different",
    },
  ],
  codes: [],
  problems: [],
  plan: { created: 1, updated: 0, unchanged: 0, parked: 0, skipped: 0, absent: 0 },
  absent: [],
  blocked: [],
  undo: null,
};

/** A row of the sheet with what is wrong in it. */
export function rowOf(row: number, problems: Row["problems"] = []): Row {
  const level = problems.find((one) => one.level === "error")?.level ?? problems[0]?.level ?? "ok";
  return {
    row,
    level,
    action: level === "error" ? "none" : "create",
    cells: [`HG-${row}`, `驿站 ${row}`, ""],
    original: {},
    problems,
    station: null,
    changes: [],
    position: { lat: 39.93, lon: 119.6 },
    pins: { wgs84: [119.6, 39.93], gcj02: [119.594, 39.929], bd09: [119.587, 39.923] },
  };
}
