// The service's interface for staff, one function for each question and each deed.

import { ask, query } from "./http";
import type {
  Account, CityFacts, CitySetting, Consent, Grant, Invitation, Invited, Role, Session, Token, Verified,
} from "./person"; // biome-ignore format: three rows
import type {
  Announcement, Area, Done, Facility, Facts, Notice, Page, Queues, Regime, Register, Station, Version, When,
} from "./types"; // biome-ignore format: three rows

const V1 = "/api/v1";

export const readSession = () => ask<Session>("GET", `${V1}/session`);
export const signOutElsewhere = () => ask<void>("DELETE", `${V1}/session/others`);
export const signOut = () => ask<void>("DELETE", `${V1}/session`);
/** Signs in; a code or a recovery code where the account has a second factor. */
export const signIn = (body: { login: string; password: string; totp?: string; recovery_code?: string }) =>
  ask<Session>("POST", `${V1}/session`, { body });
export const changePassword = (old: string, next: string) =>
  ask<void>("POST", `${V1}/session/password`, { body: { old, new: next } });
export const offerTotp = () =>
  ask<{ secret: string; uri: string; qr_svg: string }>("POST", `${V1}/session/totp`, { body: {} });
export const confirmTotp = (body: { code: string; password?: string }) =>
  ask<{ recovery_codes: string[] }>("PUT", `${V1}/session/totp`, { body });
export const removeTotp = (password: string) =>
  ask<void>("DELETE", `${V1}/session/totp`, { body: { password } });
export const lookAtInvitation = (secret: string) =>
  ask<Invited>("POST", `${V1}/invitations/look`, { body: { secret } });
export const redeem = (body: {
  secret: string;
  login?: string;
  name?: string;
  password: string;
  city?: CityFacts;
}) => ask<unknown>("POST", `${V1}/invitations/redeem`, { body });

export const listStations = (search: string, signal?: AbortSignal) =>
  ask<Register>("GET", `${V1}/registry${search}`, signal ? { signal } : {});
export const readStation = (id: string) => ask<Station>("GET", `${V1}/registry/${id}`);
export const readQueues = () => ask<Queues>("GET", `${V1}/registry/queues`);
export const createStation = (facts: Partial<Facts> & { crs: string; reason?: string }) =>
  ask<Station>("POST", `${V1}/stations`, { body: facts });
export const changeStation = (id: string, version: number, patch: object) =>
  ask<Station>("PATCH", `${V1}/stations/${id}`, { body: patch, version });
/** Moves a station on in its life: submit, check, publish, reject, suspend, resume, retire. */
export const moveOn = (id: string, version: number, deed: string, reason?: string) =>
  ask<Station>("POST", `${V1}/stations/${id}/${deed}`, { body: reason ? { reason } : {}, version });
export const moveAll = (
  action: string,
  stations: readonly { id: string; version: number }[],
  reason?: string,
) =>
  ask<Done>("POST", `${V1}/registry/actions`, { body: { action, stations, ...(reason ? { reason } : {}) } });
export const putFacility = (id: string, version: number, { code, ...rest }: Facility) =>
  ask<Station>("PUT", `${V1}/stations/${id}/facilities/${code}`, { body: rest, version });
export const confirmStation = (id: string, how: string, note?: string) =>
  ask<Station>("POST", `${V1}/stations/${id}/confirmations`, { body: { how, ...(note ? { note } : {}) } });
export const readHistory = (id: string, cursor?: string | null) =>
  ask<Page<Version>>("GET", `${V1}/stations/${id}/history${query({ limit: 50, cursor })}`);
export const restoreStation = (id: string, version: number, to: number, reason: string) =>
  ask<Station>("POST", `${V1}/stations/${id}/restore`, { body: { version: to, reason }, version });

export const listNotices = (values: {
  when: When;
  station?: string;
  district?: string;
  cursor?: string | null;
}) => ask<Page<Notice>>("GET", `${V1}/notices${query({ limit: 100, ...values })}`);
export const announceAt = (id: string, body: Announcement) =>
  ask<Notice>("POST", `${V1}/stations/${id}/notices`, { body });
export const announceIn = (area: Area, body: Announcement) =>
  ask<Notice>("POST", `${V1}/notices`, { body: { area, ...body } });
export const previewArea = (area: Area, signal?: AbortSignal) =>
  ask<{ stations: number; names: string[] }>("POST", `${V1}/notices/preview`, {
    body: { area },
    ...(signal ? { signal } : {}),
  });
export const withdraw = ({ id, version }: Notice) =>
  ask<unknown>("DELETE", `${V1}/notices/${id}`, { version });
export const beginRegime = (body: {
  kind: string;
  districts: readonly string[];
  hours: string;
  facility?: string;
  from: string;
  to?: string;
  reason: string;
}) => ask<Regime>("POST", `${V1}/regimes`, { body });
export const endRegime = ({ id, version }: Regime) =>
  ask<unknown>("DELETE", `${V1}/regimes/${id}`, { version });

export const listAccounts = (values: {
  q?: string;
  role?: string;
  district?: string;
  blocked?: boolean;
  cursor?: string | null;
}) => ask<Page<Account>>("GET", `${V1}/accounts${query({ limit: 100, ...values })}`);
export const listRoles = () => ask<{ items: Role[] }>("GET", `${V1}/roles`);
export const createAccount = (body: {
  login: string;
  name: string;
  unit?: string;
  grants: readonly Grant[];
  stations?: readonly string[];
}) => ask<{ account: Account; invitation: Invitation }>("POST", `${V1}/accounts`, { body });
export const changeAccount = ({ id, version }: Account, body: object) =>
  ask<Account>("PATCH", `${V1}/accounts/${id}`, { body, version });
export const resetAccount = (id: string) =>
  ask<{ invitation: Invitation }>("POST", `${V1}/accounts/${id}/reset`, { body: {} });
export const eraseAccount = (id: string, reason: string) =>
  ask<unknown>("POST", `${V1}/accounts/${id}/erase`, { body: { reason } });
export const exportAccount = (id: string) => `${V1}/accounts/${id}/export`;

export const listTokens = () => ask<{ items: Token[] }>("GET", `${V1}/tokens`);
export const createToken = (body: {
  name: string;
  permissions: readonly string[];
  scope: string;
  expires: string;
  password?: string;
}) => ask<{ token: string }>("POST", `${V1}/tokens`, { body });
export const revokeToken = (id: string) => ask<void>("DELETE", `${V1}/tokens/${id}`);

export const readCity = () => ask<CitySetting>("GET", `${V1}/city`);
export const changeCity = (version: number, body: Partial<CityFacts>) =>
  ask<CitySetting>("PATCH", `${V1}/city`, { body, version });
export const listConsents = () => ask<{ items: Consent[] }>("GET", `${V1}/consents`);
export const publishConsent = (body: { kind: string; zh: string; en: string }) =>
  ask<Consent>("POST", `${V1}/consents`, { body });

export const verifyAudit = () => ask<Verified>("POST", `${V1}/audit/verify`, { body: {} });

/** The public stations nearest to a place, as the worker's page finds them. */
export const neighbours = (lon: number, lat: number, signal?: AbortSignal) =>
  ask<{
    features: {
      id: string;
      geometry: { coordinates: [number, number] };
      properties: { name: string; distance_m?: number };
    }[];
  }>(
    "GET",
    `${V1}/stations/nearest${query({ lon, lat, limit: 10, within_m: 50 })}`,
    signal ? { signal } : {},
  );

/** What the service makes of hours that somebody writes. */
export interface HoursRead {
  /** The hours in the grammar; nothing where they are not understood. */
  readonly hours: string | null;
  readonly words: string | null;
  readonly fault: string | null;
  readonly week: readonly { date: string; spans: readonly [string, string][]; unknown: boolean }[] | null;
}
export const readHours = (text: string, signal: AbortSignal) =>
  ask<HoursRead>("GET", `${V1}/hours${query({ text })}`, { signal });
