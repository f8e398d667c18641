// The list of a district as a clerk keeps it, with one fault of each kind, and the registry that it meets.

import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { workbook } from "./workbook.mjs";

const HEADINGS = [
  "站点编号",
  "站点名称",
  "区县",
  "详细地址",
  "经度",
  "纬度",
  "开放时间",
  "服务设施",
  "内部序号",
];
const STREETS = [
  "海阳路",
  "河北大街",
  "建设大街",
  "民族路",
  "燕山大街",
  "红旗路",
  "港城大街",
  "文耕路",
  "秦皇大街",
  "迎宾路",
];
const PLACES = STREETS.map((_, i) => ({ lon: 119.53 + 0.01 * i, lat: 39.938 + 0.003 * (i % 3) }));
const HOURS = "8:30-18:00";

/** The registered stations: ten of 海港区, WGS-84. */
export function registered() {
  const lines = STREETS.map((street, i) => {
    const { lon, lat } = PLACES[i];
    return `HG-R${i + 1},${street}工会驿站,海港区,海港区${street}${i + 1}号,${lon},${lat.toFixed(6)},${HOURS},饮水、微波炉`;
  });
  return `${HEADINGS.slice(0, 8).join(",")}\n${lines.join("\n")}\n`;
}

/** A file that the program can import. */
export function registeredFile() {
  const path = join(mkdtempSync(join(tmpdir(), "yizhan-registered-")), "registered.csv");
  writeFileSync(path, registered());
  return path;
}

/** Where the registered stations are in a coordinate system, by their codes. */
async function placesIn(origin, crs) {
  const answer = await fetch(`${origin}/api/v1/stations?bbox=119.4,39.8,119.8,40.1&out_crs=${crs}&limit=100`);
  const { features } = await answer.json();
  return Object.fromEntries(
    features.map(({ properties, geometry }) => [properties.code, geometry.coordinates]),
  );
}

/** Seven decimals are a centimetre: what is converted back is where it was. */
const degrees = (number) => Number(number.toFixed(7));

/** So many rows of registered codes are in BD-09, as somebody took them from Baidu's map. */
export const FROM_BAIDU = 6;

/** The workbook of the district: GCJ-02, but for the rows from Baidu's map. */
export async function district(origin) {
  const [gcj, bd] = [await placesIn(origin, "gcj02"), await placesIn(origin, "bd09")];
  const known = (i, [lon, lat], hours) => [
    `HG-R${i + 1}`,
    `${STREETS[i]}工会驿站`,
    "海港区",
    `海港区${STREETS[i]}${i + 1}号`,
    degrees(lon),
    degrees(lat),
    hours,
    "饮水、微波炉",
    i + 1,
  ];
  const fresh = (n, name, lon, lat, more = {}) => [
    `HG-N${n}`,
    name,
    more.district ?? "海港区",
    more.address ?? `海港区${name}门口`,
    lon,
    lat,
    more.hours ?? "6:00-22:00",
    more.facilities ?? "饮水、手机充电",
    n,
  ];
  return workbook([
    HEADINGS,
    ...Array.from({ length: FROM_BAIDU }, (_, i) => known(i, bd[`HG-R${i + 1}`], "8:00-20:00")),
    known(6, gcj["HG-R7"], HOURS),
    known(7, gcj["HG-R8"], HOURS),
    fresh(10, "白塔岭骑手驿站", 39.921, 119.561),
    fresh(11, "归提寨骑手驿站", 119.571, 39.957),
    fresh(11, "东环路环卫驿站", 119.641, 39.951),
    fresh(13, "太阳城骑手驿站", 119.592, 39.927),
    fresh(14, "太阳城骑手服务站", 119.5922, 39.9271),
    fresh(15, "西港路加油站驿站", 119.602, 39.921, { facilities: "饮水、量血糖仪" }),
    fresh(16, "人民里社区驿站", 119.612, 39.953, { hours: "看社区上班时间" }),
    fresh(17, "", 119.622, 39.957, { address: "海港区东港路 17 号" }),
    fresh(18, "道南邮政驿站", 119.582, 39.917, { district: "山海关区" }),
    fresh(19, "新世纪公园驿站", 119.552, 39.951, {
      address: { formula: '"海港区"&"和平大街"&"19号"', value: "海港区和平大街19号" },
    }),
    fresh(20, "杜庄镇驿站", "", "", { address: "海港区杜庄镇邮局一楼" }),
  ]);
}

/** The row of the sheet that holds a code's first, or a later, station. */
export const ROW = {
  baidu: 2,
  swapped: 10,
  first: 11,
  twice: 12,
  same: 13,
  other: 14,
  facility: 15,
  hours: 16,
  nameless: 17,
  wrong: 18,
  formula: 19,
  parked: 20,
};
