// Drawn later.

export function Board() {
  return null;
}
