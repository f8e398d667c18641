// What fields for amounts and whole numbers mean.

import { fenOf } from "../../phone/money";

/** An amount of a field, in fen: 0 where it is empty, -1 where it is none, which the service then refuses. */
export function amount(text: string): number {
  const fen = fenOf(text) ?? 0;
  return Number.isNaN(fen) ? -1 : fen;
}

/** A whole number of a field; nothing where it is empty. */
export function whole(text: string): number | null {
  return text.trim() === "" ? null : Math.trunc(Number(text));
}
