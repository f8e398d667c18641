// The service's interface for requests to join the union.

import { ask, query } from "../http";

/** How far a request has come. */
export type State = "new" | "contacted" | "joined" | "declined" | "erased";

/** The states that staff choose from. */
export const CHOSEN = ["new", "contacted", "joined", "declined"] as const satisfies readonly State[];

/** Somebody who wants to join. What names him is gone once he is erased. */
export interface Join {
  readonly id: string;
  readonly version: number;
  readonly number: string;
  readonly state: State;
  readonly name: string | null;
  readonly phone: string | null;
  readonly unit: string | null;
  readonly trade: string | null;
  readonly station: { readonly id: string; readonly name: string | null } | null;
  readonly district: string | null;
  readonly consent_version: number;
  readonly note: string | null;
  /** How many other requests have the same number. */
  readonly same_phone: number;
  readonly created: string;
}

/** Where the list is. */
export const PATH = "/api/v1/joins";

export const changeJoin = ({ id, version }: Join, body: { state: State; note: string }) =>
  ask<Join>("PATCH", `${PATH}/${id}`, { version, body });
export const readJoin = (id: string) => ask<Join>("GET", `${PATH}/${id}`);
export const eraseJoin = (id: string) => ask<void>("POST", `${PATH}/${id}/erase`, { body: {} });
export const exportOf = (asked: Readonly<Record<string, string>>, format: "xlsx" | "csv") =>
  `${PATH}/export${query({ ...asked, format })}`;
