// The service's interface for phones, one function for each question and each deed.

import { ask, query } from "../../staff/http";
import { carryOut } from "./kept";
import type {
  Campaign, Code, Day, Draw, Eligibility, Entry, PhoneSession, Redeemed, Settled, Voucher, Vouchers,
} from "./types"; // biome-ignore format: three rows

const V1 = "/api/v1";

export const sendCode = (phone: string) => ask<void>("POST", `${V1}/phone/codes`, { body: { phone } });
export const signIn = (phone: string, code: string) =>
  ask<PhoneSession>("POST", `${V1}/phone/session`, { body: { phone, code } });
export const readSession = () => ask<PhoneSession>("GET", `${V1}/phone/session`);
export const signOutOthers = () => ask<void>("DELETE", `${V1}/phone/session/others`);
export const signOut = () => ask<void>("DELETE", `${V1}/phone/session`);

export const listVouchers = (state: string, cursor?: string | null) =>
  ask<Vouchers>("GET", `${V1}/vouchers${query({ state, limit: 20, cursor })}`);
export const readVoucher = (id: string) => ask<Voucher>("GET", `${V1}/vouchers/${id}`);
export const readCode = (id: string) => ask<Code>("GET", `${V1}/vouchers/${id}/code`);

export const listCampaigns = (state: string) =>
  ask<{ items: Campaign[]; next: string | null }>("GET", `${V1}/campaigns${query({ state, limit: 50 })}`);
export const readCampaign = (id: string) => ask<Campaign>("GET", `${V1}/campaigns/${id}`);
export const readEligibility = (id: string) => ask<Eligibility>("GET", `${V1}/campaigns/${id}/eligibility`);
export const readDraw = (id: string) => ask<Draw>("GET", `${V1}/campaigns/${id}/draw`);
/** The name under which a claim or an entry is kept until it is answered. */
export const claimOf = (campaign: string) => `claim-${campaign}`;
export const claim = (id: string) => carryOut<Voucher>(claimOf(id), `${V1}/campaigns/${id}/claims`, {});
export const enter = (id: string) => carryOut<Entry>(claimOf(id), `${V1}/campaigns/${id}/entries`, {});

/** What a clerk redeems. */
export interface Sale {
  readonly code: string;
  readonly amount_fen?: number;
  readonly purchase_fen?: number;
  readonly lat?: number;
  readonly lon?: number;
}
/** The name under which a redemption is kept until it is answered. */
export const SALE = "sale";
export const redeem = (sale: Sale) => carryOut<Redeemed>(SALE, `${V1}/redemptions`, sale);
export const listDay = (day: string, cursor?: string | null) =>
  ask<Day>("GET", `${V1}/redemptions${query({ day, limit: 50, cursor })}`);
export const reverse = (id: string, reason: string) =>
  carryOut<unknown>(`reverse-${id}`, `${V1}/redemptions/${id}/reversal`, { reason });
export const listSettled = () =>
  ask<{ items: Settled[]; next: string | null }>("GET", `${V1}/till/settlements${query({ limit: 24 })}`);
/** A file of a settlement. */
export const settledFile = (id: string, kind: string) => `${V1}/till/settlements/${id}/statement.${kind}`;
/** The open statement of a period as a file. */
export const statementFile = (from: string, until: string, format: string) =>
  `${V1}/till/statement${query({ from, until, format })}`;
