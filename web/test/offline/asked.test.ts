// Addresses are read and written as the server does it, and times are said in its words.

import { expect, test } from "vitest";
import { listHref, readAsked, stationHref } from "../../src/offline/asked";
import { readMinute, rfc3339 } from "../../src/offline/instant";
import { seasonBegins } from "../../src/offline/page/season";
import { date, end, moment, stamp } from "../../src/offline/page/time";
import { dictionaryFor } from "../../src/words";

const asked = (query: string) => readAsked(new URL(`https://yizhan.example/?${query}`));

test.each([
  "lat=39.8350&lon=119.4890",
  "lat=39.8350&lon=119.4890&open=any&facility=microwave,toilet&no_phone=true&always_open=true&lang=en",
  "district=130304&facility=heating",
  "lat=39.8350&lon=119.4890&at=2026-11-25T22:00&by=ride&facility=toilet",
  "q=%E6%B5%B7%E6%B8%AF%20%26a",
])("%s is read and written back", (query) => {
  expect(listHref(asked(query))).toBe(`/?${query}`);
});

test("what an address adds beside is passed over", () => {
  expect(listHref(asked("from=groupmessage&facility=microwave,warp_drive"))).toBe("/?facility=microwave");
  expect(listHref(asked("district=somewhere"))).toBe("/");
  for (const query of ["lat=91&lon=10", "lat=10", "lat=abc&lon=1", "lat=&lon="])
    expect(asked(query).place).toBeUndefined();
});

test("a sheet keeps the position but not the filters", () => {
  const href = stationHref(asked("lat=39.83501&lon=119.489&facility=tv"), "0199");
  expect(href).toBe("/stations/0199?lat=39.8350&lon=119.4890");
});

test("a time is a minute of a day that there is", () => {
  expect(readMinute("2026-11-25T22:00:59")).toBe(Date.UTC(2026, 10, 25, 22));
  for (const text of ["2026-02-30T10:00", "2026-11-25T24:00", "2026-11-25", "soon"])
    expect(readMinute(text)).toBeUndefined();
});

const zh = dictionaryFor("zh-CN").page;
const at = (text: string) => Date.parse(text);
const now = at("2026-11-24T10:00:00+08:00");
const when = { now_ms: now, at_ms: now, offset_ms: 8 * 3_600_000 };

test("a day is said only where it is another", () => {
  const cases = {
    "2026-11-24T21:00:00+08:00": "21:00",
    "2026-11-24T13:00:00Z": "21:00",
    "2026-11-25T08:30:00+08:00": "明天 8:30",
    "2026-11-26T08:30:00+08:00": "11月26日 周四 8:30",
    "2026-11-23T18:05:00+08:00": "昨天 18:05",
  };
  for (const [instant, said] of Object.entries(cases)) expect(moment(zh, at(instant), when)).toBe(said);
  expect(stamp(zh, now, when)).toBe("今天 10:00");
  const en = dictionaryFor("en").page;
  expect(moment(en, at("2026-12-01T08:30:00+08:00"), when)).toBe("1 Dec Tue 8:30");
  expect(date(zh, new Date("2026-11-29T00:00:00Z"))).toBe("11月29日 周日");
});

test("midnight ends the day before", () => {
  expect(end(zh, at("2026-11-25T00:00:00+08:00"), when)).toBe("24:00");
  expect(end(zh, at("2026-11-26T00:00:00+08:00"), when)).toBe("明天 24:00");
  expect(end(zh, at("2026-11-25T06:00:00+08:00"), when)).toBe("明天 6:00");
  expect(end(zh, at("2027-03-16T00:00:00+08:00"), when)).toBe("3月15日 周一");
});

test("on another day only that day goes without saying", () => {
  const then = { ...when, at_ms: at("2026-11-25T22:00:00+08:00") };
  expect(moment(zh, at("2026-11-25T23:00:00+08:00"), then)).toBe("23:00");
  expect(moment(zh, at("2026-11-24T23:00:00+08:00"), then)).toBe("今天 23:00");
  expect(moment(zh, at("2026-11-26T08:30:00+08:00"), then)).toBe("11月26日 周四 8:30");
  expect(stamp(zh, then.at_ms, then)).toBe("明天 22:00");
});

test("an instant is written with the city's offset", () => {
  expect(rfc3339(now, when)).toBe("2026-11-24T10:00:00+08:00");
  expect(rfc3339(now, { ...when, offset_ms: -12_600_000 })).toBe("2026-11-23T22:30:00-03:30");
});

test("a season comes back the next year", () => {
  const day = (text: string) => Date.parse(`${text}T00:00:00Z`) / 86_400_000;
  expect(seasonBegins("06-01/09-30", day("2026-11-24"))).toBe(day("2027-06-01"));
  expect(seasonBegins("11-15/03-15", day("2026-11-01"))).toBe(day("2026-11-15"));
  expect(seasonBegins("02-29/03-15", day("2026-01-01"))).toBe(day("2026-03-01"));
});
