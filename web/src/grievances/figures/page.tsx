// Drawn later.

export function Figures() {
  return null;
}
