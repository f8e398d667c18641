// @vitest-environment happy-dom
// What the phone says without the server, and what it does not say because it cannot know.

import { expect, test } from "vitest";
import { type Answer, answered } from "../../src/offline/answer";
import { holding, stationAt } from "../../src/offline/station";
import { AT, copy, facility, kept, station, turn, UNTIL } from "./sample";

const NOW = Date.parse(AT);
const HERE = "lat=39.8300&lon=119.4900";

function ask(path: string, stations = [station("1")], now_ms = NOW): Answer | undefined {
  return answered(new URL(path, "https://yizhan.example"), "zh-CN", [kept(stations)], now_ms);
}

/** The page of an answer, to be looked at. */
function pageOf(answer: Answer | undefined): Document {
  return new DOMParser().parseFromString(answer?.page?.text ?? "", "text/html");
}

function text(answer: Answer | undefined, css: string): string {
  return pageOf(answer).querySelector(css)?.textContent ?? "";
}

test("the last transition that has begun holds", () => {
  const turns = [turn(AT, "open"), turn("2026-11-24T18:00:00+08:00", "closed"), turn(UNTIL, "unknown")];
  const at = (instant: string) => holding(turns, Date.parse(instant))?.state;
  expect(at("2026-11-24T17:59:59+08:00")).toBe("open");
  expect(at("2026-11-24T18:00:00+08:00")).toBe("closed");
  expect(at("2026-11-24T10:00:00Z")).toBe("closed");
  expect(at("2026-11-28T10:00:00+08:00")).toBe("unknown");
  expect(at("2026-11-24T09:59:59+08:00")).toBeUndefined();
});

test("a facility is open where it is usable and its station open", () => {
  const facts = station("1", {
    transitions: [turn(AT, "open"), turn("2026-11-24T18:00:00+08:00", "closed"), turn(UNTIL, "unknown")],
    facilities: [facility("toilet"), facility("microwave", { working: false, transitions: [] })],
  });
  const open = (instant: string) =>
    stationAt(copy([facts]), facts, Date.parse(instant)).facilities.map((f) => f.isOpen);
  expect(open(AT)).toEqual([true, false]);
  expect(open("2026-11-24T19:00:00+08:00")).toEqual([false, false]);
});

test("the nearest come first, equally distant ones in the order of their ids", () => {
  const stations = [station("c", { lon: 119.5 }), station("b"), station("a")];
  const rows = pageOf(ask(`/?${HERE}`, stations)).querySelectorAll("li.row");
  expect([...rows].map((row) => row.getAttribute("data-id"))).toEqual(["a", "b", "c"]);
});

test("an answer says how old its copy is", () => {
  expect(ask(`/?${HERE}`)?.note).toContain("今天 10:00");
  expect(ask(`/?${HERE}`, undefined, NOW + 3 * 3_600_000)?.note).toContain("今天 10:00");
  expect(ask(`/?${HERE}`, undefined, NOW + 20 * 3_600_000)?.note).toContain("昨天 10:00");
});

test("after two days every state is unknown, and that is said", () => {
  const answer = ask(`/?${HERE}&open=any`, undefined, Date.parse(UNTIL));
  expect(answer?.note).toContain("说不准");
  expect(text(answer, ".st")).toBe("未知 · 时间没核实");
  expect(text(ask(`/?${HERE}`, undefined, Date.parse(UNTIL)), ".say h2")).toBe("5 公里内没有开着的驿站");
});

test("a time beyond the copy's horizon or before its beginning is unknown", () => {
  for (const at of ["2026-11-27T12:00", "2026-11-23T12:00"])
    expect(text(ask(`/?${HERE}&open=any&at=${at}`), ".st")).toBe("未知 · 时间没核实");
});

test("a clock that is behind the copy is set right", () => {
  expect(text(ask(`/?${HERE}`, undefined, NOW - 86_400_000), "[data-made]")).toBe("今天 10:00");
});

test("which is the nearest beyond 5 km is said only where the copy can know it", () => {
  // The place is 17 km inside the border, so that 22 km around it are known.
  const inside = ask(`/?${HERE}`, [station("far", { lat: 39.92 })]);
  expect(text(inside, ".say p")).toBe("最近的一处离您 10 公里：");
  expect(pageOf(inside).querySelectorAll("li.row").length).toBe(1);
  const edge = ask("/?lat=39.8300&lon=119.6900", [station("far", { lon: 119.6, lat: 39.83 })]);
  expect(text(edge, ".say p")).toBe("更远的，没有网时查不到。");
  expect(pageOf(edge).querySelectorAll("li.row").length).toBe(0);
});

test("a little outside the district the answer says what may be missing, far outside there is none", () => {
  const near = ask("/?lat=39.8300&lon=119.7100", [station("1", { lon: 119.7 })]);
  expect(near?.note).toContain("北戴河区外面");
  expect(text(near, "h1")).toBe("您附近的驿站");
  const far = ask("/?lat=39.8300&lon=119.8000");
  expect(far?.page).toBeUndefined();
  expect(far?.note).toBe("手机里没有存这个地方的名册，只有北戴河区的。");
  expect(ask("/?district=130302")?.page).toBeUndefined();
  expect(ask("/stations/2")?.page).toBeUndefined();
});

test("a search by words is not taken for a search by place", () => {
  const answer = ask(`/?${HERE}&q=haigang`);
  expect(answer?.page).toBeUndefined();
  expect(answer?.note).toContain("不能按字查找");
});

test("without a copy there is no answer", () => {
  expect(answered(new URL("https://yizhan.example/"), "zh-CN", [], NOW)).toBeUndefined();
});

test("without a place the districts kept are offered", () => {
  const links = pageOf(ask("/")).querySelectorAll(".districts a");
  expect([...links].map((link) => link.getAttribute("href"))).toEqual(["/?district=130304"]);
});

test("whatever a name holds, it is text", () => {
  const hostile = `"><img src=x onerror=alert(1)>'&amp;`;
  const facts = station("1", {
    name: hostile,
    signboard: hostile,
    address: hostile,
    partner: hostile,
    phone: hostile,
    hours: null,
    hours_text: hostile,
    facilities: [facility("toilet", { note: hostile })],
    transitions: [turn(AT, "closed_by_notice", { notice: hostile })],
  });
  for (const path of [`/?${HERE}&open=any`, "/stations/1"]) {
    const page = pageOf(ask(path, [facts]));
    expect(page.querySelector("img")).toBeNull();
    expect(page.querySelector("li.row h2, h1#name")?.textContent).toContain(hostile);
  }
});
