// Drawn later.

export function Intake() {
  return null;
}
