// What the service knows of doors: keepers' links, and hours that keepers propose.

import { ask, query } from "../http";
import type { Page, Status } from "../types";

/** A station's link, as far as anybody but its keeper knows it. */
export interface KeeperLink {
  readonly created: string;
  readonly used: string | null;
}

/** A station as whoever sees to its door needs it. */
export interface Door {
  readonly id: string;
  readonly name: string;
  readonly code: string | null;
  readonly district: string | null;
  readonly status: Status;
  readonly last_confirmed: string | null;
  readonly confirmation_due: boolean;
  readonly keeper_link: KeeperLink | null;
}

/** A page of doors, and how many there are in all. */
export interface DoorPage extends Page<Door> {
  readonly total: number;
}

/** Which stations are asked for. */
export interface DoorFilter {
  readonly q?: string;
  readonly district?: string;
  readonly status?: string;
  readonly confirmed_before?: string;
}

/** Hours that a keeper proposes. */
export interface Proposal {
  readonly id: string;
  readonly version: number;
  readonly station: { readonly id: string; readonly name: string; readonly code: string | null };
  readonly present: string | null;
  readonly text: string;
  readonly hours: string | null;
  readonly words: string | null;
  readonly created: string;
  readonly outcome: "taken" | "refused" | "replaced" | null;
  readonly answer: string | null;
}

const V1 = "/api/v1";

/** Makes a station's link; the one before ends. It is told this once. */
export const makeLink = (station: string) =>
  ask<{ link: string; qr_svg: string }>("POST", `${V1}/stations/${station}/keeper-link`, { body: {} });
export const revokeLink = (station: string) => ask<void>("DELETE", `${V1}/stations/${station}/keeper-link`);
/** Where the card of a station is. */
export const cardOf = (station: string) => `${V1}/stations/${station}/door-card.pdf`;
/** Where the cards of many stations are. */
export const cardsOf = (filter: DoorFilter) => `${V1}/door-cards.pdf${query({ ...filter })}`;

export const takeProposal = ({ id, version }: Proposal, hours: string, answer: string) =>
  ask<Proposal>("POST", `${V1}/proposals/${id}/take`, {
    body: { ...(hours ? { hours } : {}), ...(answer ? { answer } : {}) },
    version,
  });
export const refuseProposal = ({ id, version }: Proposal, answer: string) =>
  ask<Proposal>("POST", `${V1}/proposals/${id}/refuse`, { body: { answer }, version });
