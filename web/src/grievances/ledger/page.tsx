// Drawn later.

export function Ledger() {
  return null;
}
