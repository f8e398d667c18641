// Who is signed in, and what they may do where.

import { computed, signal } from "@preact/signals";
import { readSession } from "./api";
import { Refusal } from "./http";
import type { Session } from "./person";

/** Who is signed in: nobody where null, not known yet where undefined. */
export const session = signal<Session | null | undefined>(undefined);
/** Why it is not known. */
export const sessionFailure = signal<Refusal | undefined>(undefined);

/** Asks who is signed in. */
export async function renewSession(): Promise<void> {
  sessionFailure.value = undefined;
  try {
    session.value = await readSession();
  } catch (cause) {
    if (!(cause instanceof Refusal)) throw cause;
    if (cause.status === 401) session.value = null;
    else sessionFailure.value = cause;
  }
}

/** Where a permission holds, as leading digits of district codes; nowhere where it is empty. */
function prefixesOf(permission: string): readonly string[] {
  return session.value?.permissions[permission] ?? [];
}

/** Whether somebody may do something anywhere, or in one district. */
export function may(permission: string, district?: string | null): boolean {
  const prefixes = prefixesOf(permission);
  if (district === undefined) return prefixes.length > 0 || isKeeperWith(permission);
  return prefixes.some((prefix) => (district ?? "").startsWith(prefix));
}

/** A keeper's permissions hold at stations and not in districts. */
function isKeeperWith(permission: string): boolean {
  return (session.value?.stations.length ?? 0) > 0 && session.value?.permissions[permission] !== undefined;
}

/** The districts that somebody sees: all of the city, or those of their scopes. */
export const ownDistricts = computed(() => {
  const prefixes = prefixesOf("station_see");
  return (session.value?.districts ?? []).filter(({ adcode }) => prefixes.some((p) => adcode.startsWith(p)));
});
