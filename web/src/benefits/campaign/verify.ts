// A draw computed again from what is public: the seed's fingerprint, that of the entries, and who wins. The rules are
// those under which the service draws; anybody can follow them with any tool that knows SHA-256 and HMAC.

import type { Draw } from "../phone/types";

/** What a check found. */
export interface Verdict {
  readonly commitment: boolean;
  readonly digest: boolean;
  readonly winners: boolean;
  /** The winning numbers as they were computed, the best score first. */
  readonly computed: readonly number[];
}

const text = new TextEncoder();
/** So many scores are computed before the page may do something else. */
const AT_ONCE = 400;

/** Hexadecimal digits of bytes. */
export function hexOf(bytes: ArrayBuffer): string {
  return [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function bytesOf(hex: string): Uint8Array<ArrayBuffer> {
  const pairs = hex.match(/../g) ?? [];
  return new Uint8Array(pairs.map((pair) => Number.parseInt(pair, 16)));
}

/** Whether this browser computes: it does so only for pages that came by https or from the machine itself. */
export function canVerify(): boolean {
  return Boolean(globalThis.crypto?.subtle);
}

/** How many tickets there are in a draw. */
export function ticketsOf({ entries }: Draw): number {
  return entries.reduce((sum, { weight }) => sum + weight, 0);
}

/** The fingerprint of the list of entries. */
export async function digestOf(entries: Draw["entries"]): Promise<string> {
  const lines = entries.map(({ number, weight }) => `${number} ${weight}\n`).join("");
  return hexOf(await crypto.subtle.digest("SHA-256", text.encode(lines)));
}

/** The smallest score of each entry's tickets, as hexadecimal digits. */
async function scoresOf(
  draw: Draw,
  seed: Uint8Array<ArrayBuffer>,
  digest: string,
): Promise<Map<number, string>> {
  const key = await crypto.subtle.importKey("raw", seed, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  const tickets = draw.entries.flatMap(({ number, weight }) =>
    Array.from({ length: weight }, (_, ticket) => ({ number, ticket })),
  );
  const scores = new Map<number, string>();
  for (let from = 0; from < tickets.length; from += AT_ONCE) {
    const some = tickets.slice(from, from + AT_ONCE);
    const signed = await Promise.all(
      some.map(({ number, ticket }) =>
        crypto.subtle.sign(
          "HMAC",
          key,
          text.encode(`yizhan draw ${draw.campaign_id} ${digest} ${number} ${ticket}`),
        ),
      ),
    );
    some.forEach(({ number }, at) => {
      const score = hexOf(signed[at] ?? new ArrayBuffer(0));
      const before = scores.get(number);
      if (before === undefined || score < before) scores.set(number, score);
    });
  }
  return scores;
}

/** Computes the draw again and compares. */
export async function verify(draw: Draw): Promise<Verdict> {
  const seed = bytesOf(draw.seed ?? "");
  const digest = await digestOf(draw.entries);
  const scores = [...(await scoresOf(draw, seed, digest))];
  scores.sort(([a, left], [b, right]) => (left < right ? -1 : left > right ? 1 : a - b));
  const computed = scores.slice(0, draw.stock).map(([number]) => number);
  const told = new Set(draw.entries.filter(({ has_won }) => has_won).map(({ number }) => number));
  const commitment = hexOf(await crypto.subtle.digest("SHA-256", seed));
  return {
    commitment: commitment === draw.commitment,
    digest: digest === draw.digest,
    winners: told.size === computed.length && computed.every((number) => told.has(number)),
    computed,
  };
}
