// What waits for whoever is signed in, and what was just handed on; shown by the rail and the queue.

import { signal } from "@preact/signals";
import { listCases } from "./api";

/** The figure; nothing until it is known. */
export const waiting = signal<number | undefined>(undefined);

/** The number of a case that was just taken out of one's hands by one's own step; the queue tells of it. */
export const handedOn = signal("");

/** The most that are counted; the rail says as much. */
const MOST = 99;

/** Asks anew how many wait. A failure leaves the old figure: the list tells of it. */
export async function renewWaiting(): Promise<void> {
  const answer = await listCases({ waiting_for: "me", limit: MOST }).catch(() => undefined);
  if (answer) waiting.value = answer.items.length;
}
