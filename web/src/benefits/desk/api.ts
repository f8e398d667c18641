// The service's interface for the desk of benefits, one function for each deed; lists are read by their path.

import { ask, newKey, query, Refusal, refusalOf } from "../../staff/http";
import type {
  Alarm, Campaign, Card, Check, Clerk, FiguresOf, Goal, Member, Merchant, Offer, Roster, Saving, Settlement, Store,
} from "./types"; // biome-ignore format: three rows

const V1 = "/api/v1";
/** The lists that staff read. */
export const LISTS = {
  campaigns: `${V1}/benefits/campaigns`,
  vouchers: `${V1}/benefits/vouchers`,
  members: `${V1}/members`,
  merchants: `${V1}/benefits/merchants`,
  offers: `${V1}/benefits/offers`,
  settlements: `${V1}/settlements`,
  goals: `${V1}/benefits/goals`,
  savings: `${V1}/benefits/reported-savings`,
  alarms: `${V1}/benefits/alarms`,
} as const;

interface Versioned {
  readonly id: string;
  readonly version: number;
}

export const readCampaign = (id: string) => ask<Campaign>("GET", `${LISTS.campaigns}/${id}`);
export const createCampaign = (body: object) => ask<Campaign>("POST", `${V1}/campaigns`, { body });
export const changeCampaign = ({ id, version }: Versioned, body: object) =>
  ask<Campaign>("PATCH", `${V1}/campaigns/${id}`, { version, body });
/** Takes a step of a campaign's life: publish, freeze, resume, end, budget, draw. */
export const moveCampaign = ({ id, version }: Versioned, step: string, body: object = {}) =>
  ask<unknown>("POST", `${V1}/campaigns/${id}/${step}`, { version, body });
export const voidVoucher = (id: string, reason: string) =>
  ask<unknown>("POST", `${V1}/vouchers/${id}/void`, { body: { reason } });

export const readMember = (id: string) => ask<Member>("GET", `${V1}/members/${id}`);
export const createMember = (body: object) => ask<Member>("POST", `${V1}/members`, { body });
export const changeMember = ({ id, version }: Versioned, body: object) =>
  ask<Member>("PATCH", `${V1}/members/${id}`, { version, body });
export const moveMember = ({ id, version }: Versioned, step: "leave" | "erase", body: object = {}) =>
  ask<unknown>("POST", `${V1}/members/${id}/${step}`, { version, body });
export const addCard = (id: string, body: object) => ask<Card>("POST", `${V1}/members/${id}/cards`, { body });
export const endCard = (id: string, card: string) =>
  ask<unknown>("DELETE", `${V1}/members/${id}/cards/${card}`);

/** The longest that an upload may take, in milliseconds. */
const UPLOAD_MS = 120_000;

/** Sends a roster for a trial. */
export async function tryRoster(file: File, options: object): Promise<Roster> {
  const body = new FormData();
  body.append("options", JSON.stringify(options));
  body.append("file", file, file.name);
  const headers = {
    Accept: "application/json",
    "Accept-Language": document.documentElement.lang || "zh-CN",
    "Idempotency-Key": newKey(),
  };
  const init: RequestInit = { method: "POST", body, headers, signal: AbortSignal.timeout(UPLOAD_MS) };
  const response = await fetch(`${V1}/members/imports`, init).catch(() => {
    throw new Refusal(0, "unreachable", "");
  });
  if (!response.ok) throw await refusalOf(response);
  return (await response.json()) as Roster;
}
export const commitRoster = ({ id, version }: Versioned) =>
  ask<Roster>("POST", `${V1}/members/imports/${id}/commit`, { version, body: {} });
export const dropRoster = ({ id, version }: Versioned) =>
  ask<unknown>("DELETE", `${V1}/members/imports/${id}`, { version });

export const createMerchant = (body: object) => ask<Merchant>("POST", `${V1}/merchants`, { body });
export const changeMerchant = ({ id, version }: Versioned, body: object) =>
  ask<Merchant>("PATCH", `${V1}/merchants/${id}`, { version, body });
export const moveMerchant = ({ id, version }: Versioned, step: string, reason?: string) =>
  ask<unknown>("POST", `${V1}/merchants/${id}/${step}`, { version, body: reason ? { reason } : {} });
export const saveStore = (merchant: string, store: Versioned | undefined, body: object) =>
  store
    ? ask<Store>("PATCH", `${V1}/merchants/${merchant}/stores/${store.id}`, { version: store.version, body })
    : ask<Store>("POST", `${V1}/merchants/${merchant}/stores`, { body });
export const listClerks = (merchant: string) =>
  ask<{ items: Clerk[] }>("GET", `${V1}/merchants/${merchant}/clerks`);
export const saveClerk = (merchant: string, clerk: Versioned | undefined, body: object) =>
  clerk
    ? ask<Clerk>("PATCH", `${V1}/merchants/${merchant}/clerks/${clerk.id}`, { version: clerk.version, body })
    : ask<Clerk>("POST", `${V1}/merchants/${merchant}/clerks`, { body });
export const saveOffer = (offer: Versioned | undefined, body: object) =>
  offer
    ? ask<Offer>("PATCH", `${V1}/offers/${offer.id}`, { version: offer.version, body })
    : ask<Offer>("POST", `${V1}/offers`, { body });
export const removeOffer = ({ id, version }: Versioned) =>
  ask<unknown>("DELETE", `${V1}/offers/${id}`, { version });

export const settle = (merchant_id: string, until_day: string) =>
  ask<Settlement>("POST", `${V1}/settlements`, { body: { merchant_id, until_day } });
export const readSettlement = (id: string) => ask<Settlement>("GET", `${V1}/settlements/${id}`);
export const statementOf = (id: string, kind: string) => `${V1}/settlements/${id}/statement.${kind}`;
export const adjust = (redemption_id: string, amount_fen: number, reason: string) =>
  ask<unknown>("POST", `${V1}/adjustments`, { body: { redemption_id, amount_fen, reason } });
export const checkLedger = () => ask<Check>("GET", `${V1}/ledger/check`);

export const saveGoal = (goal: Versioned | undefined, body: object) =>
  goal
    ? ask<Goal>("PATCH", `${LISTS.goals}/${goal.id}`, { version: goal.version, body })
    : ask<Goal>("POST", LISTS.goals, { body });
export const removeGoal = ({ id, version }: Versioned) =>
  ask<unknown>("DELETE", `${LISTS.goals}/${id}`, { version });
/** Writes what was reported of a month; the id is that of a new entry. */
export const saveSaving = (body: object) =>
  ask<Saving>("PUT", `${LISTS.savings}/${crypto.randomUUID?.() ?? idOf(newKey())}`, { body });
export const removeSaving = ({ id, version }: Versioned) =>
  ask<unknown>("DELETE", `${LISTS.savings}/${id}`, { version });

type Asked = Parameters<typeof query>[0];
export const figuresAddress = (values: Asked) => `${V1}/benefits/figures${query(values)}`;
export const readFigures = (values: Asked) => ask<FiguresOf>("GET", figuresAddress(values));
export const markSeen = ({ id, version }: Alarm) =>
  ask<unknown>("POST", `${LISTS.alarms}/${id}/seen`, { version, body: {} });

/** A UUID (version 4, RFC 9562) of 32 random hexadecimal digits, where the browser makes none itself. */
export function idOf(hex: string): string {
  const variant = "89ab"[Number.parseInt(hex[16] ?? "0", 16) % 4];
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join("-");
}
