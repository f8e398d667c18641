// Numbers as the server prints them.

/** A number with so many decimals; what lies in the middle goes to the even digit, which `toFixed` does not do. */
export function fixed(value: number, decimals: number): string {
  const halves = value * 2 ** (decimals + 1);
  const isMiddle = Number.isInteger(halves) && halves % 2 !== 0;
  if (!isMiddle) return value.toFixed(decimals);
  const below = Math.floor(value * 10 ** decimals);
  return ((below % 2 === 0 ? below : below + 1) / 10 ** decimals).toFixed(decimals);
}
