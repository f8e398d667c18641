// Drawn later.

export function Supervised() {
  return null;
}
