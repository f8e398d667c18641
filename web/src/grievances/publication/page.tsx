// Drawn later.

export function Publication() {
  return null;
}
