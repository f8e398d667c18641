// Amounts of money: whole fen inside, yuan for people.

/** The most fen that are read from a field: a thousand million yuan. */
const MOST_FEN = 100_000_000_000;

/** An amount in yuan, with fen where there are any: `20`, `1,250.50`. */
export function yuan(fen: number): string {
  const sign = fen < 0 ? "−" : "";
  const whole = Math.floor(Math.abs(fen) / 100);
  const rest = Math.abs(fen) % 100;
  const grouped = String(whole).replace(/\B(?=(\d{3})+$)/g, ",");
  return sign + grouped + (rest ? `.${String(rest).padStart(2, "0")}` : "");
}

/** What a field for yuan means, in fen; nothing where it is empty, NaN where it is no amount. */
export function fenOf(text: string): number | undefined {
  const plain = text.replace(/[,，\s元¥]/g, "");
  if (!plain) return undefined;
  const found = /^(\d{1,9})(?:\.(\d{1,2}))?$/.exec(plain);
  if (!found) return Number.NaN;
  const fen = Number(found[1]) * 100 + Number((found[2] ?? "").padEnd(2, "0"));
  return fen > MOST_FEN ? Number.NaN : fen;
}
