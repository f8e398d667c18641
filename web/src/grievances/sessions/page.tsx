// Drawn later.

export function Sessions() {
  return null;
}
