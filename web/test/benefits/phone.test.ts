// @vitest-environment happy-dom
// What the wallet and the till reckon by themselves: amounts, codes, instants, limits.

import { expect, test } from "vitest";
import { isWithin } from "../../src/benefits/campaign/claim";
import { fenOf, yuan } from "../../src/benefits/phone/money";
import { end, when } from "../../src/benefits/phone/time";
import { digitsOf, isCode, scannedCode } from "../../src/benefits/till/code";
import { grouped } from "../../src/benefits/wallet/code";
import { pathOf } from "../../src/benefits/wallet/qr";
import { newest } from "../../src/benefits/wallet/voucher";

test("amounts are read and written in yuan", () => {
  expect([0, 50, 2000, 105, 125_000_050].map(yuan)).toEqual(["0", "0.50", "20", "1.05", "1,250,000.50"]);
  expect(yuan(-1200)).toBe("−12");
  const read = ["", "30", "30.5", " 1,250.05 元", "¥8", "0.01"].map(fenOf);
  expect(read).toEqual([undefined, 3000, 3050, 125_005, 800, 1]);
  for (const wrong of ["a", "1.234", "-1", "1e3", "12345678901"]) expect(fenOf(wrong)).toBeNaN();
});

test("a code is eight digits, typed, scanned or brought by the address", () => {
  expect(digitsOf("4829 1335x9")).toBe("48291335");
  expect([isCode("48291335"), isCode("4829133"), isCode("482913351")]).toEqual([true, false, false]);
  expect(scannedCode("https://union.example/benefits/till#48291335")).toBe("48291335");
  expect(scannedCode("48291335")).toBe("48291335");
  for (const other of ["https://other.example/pay#48291335", "482913", "javascript:48291335", ""])
    expect(scannedCode(other)).toBeUndefined();
  expect(grouped("48291335")).toBe("4829 1335");
});

test("instants are told by the city's clock, and midnight belongs to the day before", () => {
  const now_ms = Date.parse("2026-11-24T10:00:00+08:00");
  expect(when("2026-11-24T09:05:00+08:00", now_ms)).toBe("今天 9:05");
  expect(when("2026-11-23T15:59:00Z", now_ms)).toBe("昨天 15:59");
  expect(when("2026-11-25T00:10:00+08:00", now_ms)).toBe("明天 0:10");
  expect(end("2027-03-16T00:00:00+08:00", now_ms)).toBe("2027年3月15日 24:00");
  expect(end("2026-11-25T00:00:00+08:00", now_ms)).toBe("今天 24:00");
});

test("a QR code has its quiet zone and grows with its text", () => {
  const short = pathOf("https://union.example/benefits/till#48291335");
  expect(short.side).toBeGreaterThanOrEqual(21 + 8);
  expect(short.path).toMatch(/^(M\d+ \d+h1v1h-1z)+$/);
  const lefts = [...short.path.matchAll(/M(\d+) (\d+)/g)].flatMap(([, x, y]) => [Number(x), Number(y)]);
  expect(Math.min(...lefts)).toBe(4);
  expect(Math.max(...lefts)).toBe(short.side - 5);
});

test("the newest use counts unless it was taken back, and a limit that is reached is reached", () => {
  const use = (id: string, at: string, is_reversed = false) => ({
    id,
    at,
    amount_fen: 100,
    store: { id: "s", name: "店" },
    merchant: { id: "m", name: "商户" },
    is_reversed,
  });
  const uses = [
    use("a", "2026-11-24T09:00:00+08:00"),
    use("b", "2026-11-24T10:00:00+08:00"),
    use("c", "2026-11-24T11:00:00+08:00", true),
  ];
  expect(newest(uses)?.id).toBe("b");
  expect(newest([])).toBeUndefined();
  const limits = (used: number) => ({
    is_eligible: true,
    rules: [],
    limits: [{ period: "total", limit: 2, used }],
  });
  expect([isWithin(limits(1)), isWithin(limits(2))]).toEqual([true, false]);
});
