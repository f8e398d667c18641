// What stands in the editor of a campaign, and what is sent of it. Pure.

import { fieldOf, instantOf } from "../../../staff/shell";
import { yuan } from "../../phone/money";
import { amount, whole } from "../parts/amounts";
import type { Campaign, Named, Place } from "../types";

/** The fields as texts, as a form holds them. */
export interface Draft {
  readonly name: string;
  readonly rule: string;
  readonly project: string;
  readonly category: string;
  readonly district: string;
  readonly mode: "first_come" | "draw";
  readonly opens_at: string;
  readonly closes_at: string;
  readonly valid: "until" | "days";
  readonly valid_until: string;
  readonly valid_days: string;
  readonly face: string;
  readonly union: string;
  readonly min_spend: string;
  readonly is_partial: boolean;
  readonly stock: string;
  readonly budget: string;
  readonly limit_total: string;
  readonly limit_day: string;
  readonly limit_month: string;
  readonly weight: string;
  readonly unions: string;
  readonly trades: readonly string[];
  readonly districts: readonly string[];
  readonly cards: readonly string[];
  readonly joined_by: string;
  readonly places: readonly Place[];
}

const EMPTY: Draft = {
  name: "",
  rule: "",
  project: "",
  category: "food",
  district: "",
  mode: "first_come",
  opens_at: "",
  closes_at: "",
  valid: "days",
  valid_until: "",
  valid_days: "30",
  face: "",
  union: "",
  min_spend: "",
  is_partial: false,
  stock: "",
  budget: "",
  limit_total: "1",
  limit_day: "",
  limit_month: "",
  weight: "1",
  unions: "",
  trades: [],
  districts: [],
  cards: [],
  joined_by: "",
  places: [],
};

const plain = (fen: number) => yuan(fen).replaceAll(",", "");
const text = (number: number | null) => (number === null ? "" : String(number));
const field = (instant: string | null) => (instant ? fieldOf(Date.parse(instant)) : "");

/** The draft of a campaign; an empty one where there is none yet. */
export function draftOf(campaign: Campaign | undefined): Draft {
  if (!campaign) return EMPTY;
  const { rules } = campaign;
  return {
    name: campaign.name,
    rule: campaign.rule,
    project: campaign.project ?? "",
    category: campaign.category,
    district: campaign.district ?? "",
    mode: campaign.mode,
    opens_at: field(campaign.opens_at),
    closes_at: field(campaign.closes_at),
    valid: campaign.valid_until ? "until" : "days",
    valid_until: field(campaign.valid_until),
    valid_days: text(campaign.valid_days),
    face: plain(campaign.face_fen),
    union: plain(campaign.union_fen),
    min_spend: campaign.min_spend_fen ? plain(campaign.min_spend_fen) : "",
    is_partial: campaign.is_partial,
    stock: text(campaign.stock),
    budget: plain(campaign.budget_fen),
    limit_total: text(campaign.limit_total),
    limit_day: text(campaign.limit_day),
    limit_month: text(campaign.limit_month),
    weight: text(campaign.weight_never_won),
    unions: rules.unions.join("\n"),
    trades: rules.trades,
    districts: rules.districts,
    cards: rules.cards,
    joined_by: rules.joined_by ?? "",
    places: campaign.places,
  };
}

/** What is sent of a draft. */
export function bodyOf(draft: Draft) {
  const isDraw = draft.mode === "draw";
  return {
    name: draft.name.trim(),
    rule: draft.rule.trim(),
    project: draft.project.trim() || null,
    category: draft.category,
    district: draft.district || null,
    mode: draft.mode,
    opens_at: instantOf(draft.opens_at),
    closes_at: instantOf(draft.closes_at),
    valid_until: draft.valid === "until" ? instantOf(draft.valid_until) : null,
    valid_days: draft.valid === "days" ? whole(draft.valid_days) : null,
    face_fen: amount(draft.face),
    // Where nothing else is said the union pays all of it.
    union_fen: draft.union.trim() ? amount(draft.union) : amount(draft.face),
    min_spend_fen: amount(draft.min_spend),
    is_partial: draft.is_partial,
    limit_total: whole(draft.limit_total) ?? 1,
    limit_day: whole(draft.limit_day),
    limit_month: whole(draft.limit_month),
    weight_never_won: isDraw ? (whole(draft.weight) ?? 1) : 1,
    stock: whole(draft.stock) ?? 0,
    budget_fen: amount(draft.budget),
    eligibility: {
      unions: draft.unions
        .split("\n")
        .map((line) => line.trim())
        .filter(Boolean),
      trades: draft.trades,
      districts: draft.districts,
      cards: draft.cards,
      joined_by: draft.joined_by || null,
    },
    places: draft.places.map(({ merchant, store }) => ({
      merchant_id: merchant.id,
      store_id: store?.id ?? null,
    })),
  };
}

/** The places with one more; one that is there already is not added again. */
export function withPlace(
  places: readonly Place[],
  merchant: Named,
  store: Named | undefined,
): readonly Place[] {
  const isThere = places.some((place) => place.merchant.id === merchant.id && place.store?.id === store?.id);
  return isThere ? places : [...places, store ? { merchant, store } : { merchant }];
}
