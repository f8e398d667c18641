// @vitest-environment happy-dom
// What the desk reckons by itself: drafts, steps, shares, amounts.

import { expect, test } from "vitest";
import { bodyOf, draftOf, withPlace } from "../../src/benefits/desk/campaigns/draft";
import { stepsOf } from "../../src/benefits/desk/campaigns/steps";
import { figuresOf, rateWords } from "../../src/benefits/desk/figures/page";
import { figureOf, percentOf } from "../../src/benefits/desk/goals/page";
import { amount, whole } from "../../src/benefits/desk/parts/amounts";
import { lengthOf } from "../../src/benefits/desk/parts/bar";
import { hrefOf, screenOf } from "../../src/benefits/desk/route";
import { signedFen } from "../../src/benefits/desk/settlements/page";
import type { Campaign } from "../../src/benefits/desk/types";

const MERCHANT = { id: "m1", name: "港城家常菜" };
const STORE = { id: "s1", name: "文化路店" };

const campaign: Campaign = {
  id: "c1",
  version: 3,
  name: "冬日热饭券",
  rule: "满 30 减 20",
  project: "511",
  category: "food",
  district: null,
  mode: "first_come",
  state: "running",
  life: "running",
  frozen_reason: null,
  opens_at: "2026-11-24T09:00:00+08:00",
  closes_at: "2026-12-24T09:00:00+08:00",
  valid_until: null,
  valid_days: 30,
  face_fen: 2000,
  union_fen: 1500,
  min_spend_fen: 3000,
  is_partial: false,
  limit_total: 2,
  limit_day: 1,
  limit_month: null,
  weight_never_won: 1,
  stock: 500,
  left: 400,
  budget_fen: 750_000,
  spent_fen: 150_000,
  issued: 100,
  redeemed: 60,
  redeemed_fen: 120_000,
  rules: {
    unions: ["海港区快递行业工会"],
    trades: ["courier"],
    districts: [],
    cards: ["member"],
    joined_by: null,
  },
  places: [{ merchant: MERCHANT, store: STORE }],
};

test("a campaign that is opened in the editor and saved stays as it is", () => {
  const body = bodyOf(draftOf(campaign));
  for (const name of [
    "name",
    "rule",
    "face_fen",
    "union_fen",
    "min_spend_fen",
    "stock",
    "budget_fen",
  ] as const)
    expect(body[name], name).toEqual(campaign[name]);
  expect([body.opens_at, body.closes_at]).toEqual([campaign.opens_at, campaign.closes_at]);
  expect([body.valid_days, body.valid_until, body.limit_day, body.limit_month]).toEqual([30, null, 1, null]);
  expect(body.eligibility).toEqual(campaign.rules);
  expect(body.places).toEqual([{ merchant_id: "m1", store_id: "s1" }]);
});

test("where nothing is said the union pays all, and what is no amount is refused", () => {
  const draft = { ...draftOf(undefined), face: "20", stock: "10", budget: "两百" };
  expect(bodyOf(draft)).toMatchObject({ face_fen: 2000, union_fen: 2000, min_spend_fen: 0, budget_fen: -1 });
  expect([amount(""), amount("0.5"), whole(""), whole("12")]).toEqual([0, 50, null, 12]);
});

test("a place is added once", () => {
  const once = withPlace([], MERCHANT, undefined);
  expect(withPlace(once, MERCHANT, undefined)).toBe(once);
  expect(withPlace(once, MERCHANT, STORE)).toHaveLength(2);
});

test("the steps follow from the campaign's life, one's rights and the time", () => {
  const all = { manage: true, freeze: true };
  const open_ms = Date.parse("2026-12-01T00:00:00+08:00");
  const over_ms = Date.parse("2027-01-01T00:00:00+08:00");
  const draw = { commitment: "ab", entries: 7 };
  const of = (change: Partial<Campaign>, can = all, at = open_ms) =>
    stepsOf({ ...campaign, ...change }, can, at);
  expect(of({ life: "draft" })).toEqual(["publish"]);
  expect(of({})).toEqual(["freeze", "end"]);
  expect(of({ life: "frozen" })).toEqual(["resume", "end"]);
  expect(of({ life: "ended" })).toEqual([]);
  expect(of({ mode: "draw", draw })).toEqual(["freeze", "end"]);
  expect(of({ mode: "draw", draw }, all, over_ms)).toEqual(["draw", "freeze", "end"]);
  expect(
    of({ mode: "draw", draw: { ...draw, drawn_at: "2026-12-25T00:00:00+08:00" } }, all, over_ms),
  ).toEqual(["freeze", "end"]);
  expect(of({}, { manage: false, freeze: true })).toEqual(["freeze"]);
  expect(of({}, { manage: false, freeze: false })).toEqual([]);
});

test("shares and rates are told with what they are made of", () => {
  const rate = { numerator: 95_000_000, denominator: 110_000_000, percent: 86.4 };
  expect(rateWords({ rate })).toBe("86.4%（950,000 / 1,100,000）");
  expect(rateWords({ rate: { numerator: 0, denominator: 0, percent: null } })).toBe("–");
  expect([lengthOf(1, 4), lengthOf(9, 4), lengthOf(0, 0), lengthOf(-1, 4)]).toEqual([25, 100, 0, 0]);
  expect(percentOf({ actual: 49_999, target: 50_000 })).toBe("99.9");
  expect([figureOf("cards", 50_000), figureOf("saved_fen", 125_000_000)]).toEqual(["50,000", "1,250,000"]);
  expect(figuresOf({ saved_fen: 12_500, persons: 3, definition: "…" })).toEqual([
    ["省下（元）", "125"],
    ["人数", "3"],
  ]);
});

test("an adjustment may be negative", () => {
  expect(["12.5", "-12.5", "−3", "+4", "x"].map(signedFen)).toEqual([1250, -1250, -300, 400, 0]);
});

test("addresses name a screen and what is on it", () => {
  expect(screenOf(new URL("https://x.example/benefits/desk"))).toEqual({ name: "campaigns", rest: "" });
  expect(screenOf(new URL("https://x.example/benefits/desk/merchants/m1"))).toEqual({
    name: "merchants",
    rest: "m1",
  });
  expect([hrefOf("campaigns"), hrefOf("campaigns", "new"), hrefOf("alarms")]).toEqual([
    "/benefits/desk",
    "/benefits/desk/campaigns/new",
    "/benefits/desk/alarms",
  ]);
});
