// Drawn later.

export function Settings() {
  return null;
}
