// Icons and doors: drawn by the style sheet, hidden from screen readers, always beside a word.

/** An icon by its name in the style sheet. */
export function Icon({ name }: { name: string }) {
  return <i class={`i i-${name}`} aria-hidden="true" />;
}

/** The door of a shape: open, soon, closed, notice, suspended, unknown. */
export function Door({ shape }: { shape: string }) {
  return <i class={`door ${shape}`} aria-hidden="true" />;
}
