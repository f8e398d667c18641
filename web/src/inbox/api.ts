// The service's interface for the inbox of whoever is signed in.

import { ask, query } from "../staff/http";

/** Something that one is told. */
export interface Notice {
  readonly id: string;
  readonly kind: string;
  readonly group: string;
  readonly text: string;
  /** The screen to go to. */
  readonly link: string | null;
  readonly at: string;
  readonly read: boolean;
}

/** A page of the inbox, and how much of all of it was not read. */
export interface Page {
  readonly items: readonly Notice[];
  readonly next: string | null;
  readonly unread: number;
}

/** The ways by which one can be told besides. */
export type Channel = "mail" | "sms" | "wechat";
/** What is told, in groups for which channels are chosen. */
export const GROUPS = ["work", "deadline", "news"] as const;

/** What one chooses. */
export interface Wish {
  readonly mail: string | null;
  readonly phone: string | null;
  readonly channels: Readonly<Partial<Record<string, readonly Channel[]>>>;
  readonly language: string;
}

/** What is set, and which channels there are. */
export interface Settings extends Wish {
  readonly mail_failed: string | null;
  readonly phone_failed: string | null;
  readonly available: readonly Channel[];
}

const PATH = "/api/v1/notifications";

export const listNotices = (asked: { unread: boolean; cursor?: string | null; limit?: number }) =>
  ask<Page>("GET", `${PATH}${query(asked)}`);
export const readNotice = (id: string) => ask<void>("POST", `${PATH}/${id}/read`);
export const readUpTo = (id: string) =>
  ask<{ unread: number }>("POST", `${PATH}/read`, { body: { up_to: id } });
export const findSettings = () => ask<Settings>("GET", `${PATH}/settings`);
export const setSettings = (wish: Wish) => ask<Settings>("PUT", `${PATH}/settings`, { body: wish });
