// Drawn later.

export function Wall() {
  return null;
}
