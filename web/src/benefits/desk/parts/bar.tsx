// A share as a bar with its figures: how much of a target was reached, which row has most.

/** The longest bar, in the picture's own units. */
const FULL = 100;

/** The length of a bar for a part of a whole, 0 to 100; what is more than the whole fills it. */
export function lengthOf(part: number, whole: number): number {
  if (whole <= 0 || part <= 0) return 0;
  return Math.min(FULL, Math.round((part / whole) * FULL * 10) / 10);
}

/** The bar. Its figures stand beside it, so it is for eyes alone. */
export function Bar({ part, whole }: { part: number; whole: number }) {
  return (
    <svg class="share" viewBox={`0 0 ${FULL} 8`} preserveAspectRatio="none" aria-hidden="true">
      <rect width={FULL} height="8" class="whole" />
      <rect width={lengthOf(part, whole)} height="8" class="part" />
    </svg>
  );
}
