// Drawn later.

export function Calls() {
  return null;
}
