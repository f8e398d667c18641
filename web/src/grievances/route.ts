// The addresses of the grievance centre: which screen, which case.

import { go } from "../staff/route";

/** The screen of an address: `queue`, `cases`, `board`, …, and what follows its name. */
export function screenOf(url: URL): { readonly name: string; readonly rest: string } {
  const [, , name = "", ...rest] = url.pathname.split("/");
  return { name: name || "queue", rest: rest.join("/") };
}

/** The address of a case. */
export function caseHref(id: string): string {
  return `/grievances/cases/${id}`;
}

/** Leads from `#/wall`, which stands on notes beside wall screens, to the screen it means. */
export function plainAddress(): void {
  const name = /^#\/(\w+)$/.exec(location.hash)?.[1];
  if (name) go(`/grievances/${name}`, true);
}
