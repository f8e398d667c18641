// How many cases wait for whoever is signed in; shown by the rail.

import { signal } from "@preact/signals";
import { listCases } from "./api";

/** The figure; nothing until it is known. */
export const waiting = signal<number | undefined>(undefined);

/** The most that are counted; the rail says as much. */
const MOST = 99;

/** Asks anew how many wait. A failure leaves the old figure: the list tells of it. */
export async function renewWaiting(): Promise<void> {
  const answer = await listCases({ waiting_for: "me", limit: MOST }).catch(() => undefined);
  if (answer) waiting.value = answer.items.length;
}
