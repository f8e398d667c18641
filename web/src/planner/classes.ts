// The five classes of gaps: people without a place to rest in one cell. The bounds are round numbers of one ladder,
// so that the legend stays as it is while the hour changes.

/** The bounds of the classes; the first is the least that is told. */
const LADDER = [50, 150, 300, 600] as const;
const LEAST = 10;
const STEPS = [1, 2, 5] as const;

/** The lower bounds of the five classes. */
export type Bounds = readonly number[];

/** So many classes there are. */
export const CLASSES = LADDER.length + 1;

/**
 * The bounds for these people in cells. The ladder is raised by 1, 2, 5, 10 … until no more than one cell in ten would
 * lie above it, counted by everybody in a cell and not by who is uncovered, so that it does not depend on the hour.
 */
export function boundsFor(people: readonly number[]): Bounds {
  const sorted = people.filter((number) => number >= LEAST).sort((a, b) => a - b);
  const high = sorted[Math.floor(sorted.length * 0.9)] ?? 0;
  for (let power = 1; power < 1e9; power *= 10) {
    for (const step of STEPS) {
      const bounds = LADDER.map((bound) => bound * step * power);
      if ((bounds.at(-1) ?? 0) >= high) return [LEAST, ...bounds];
    }
  }
  return [LEAST, ...LADDER];
}

/** The class of a number of uncovered people, 1 to 5; 0 where the cell counts as covered. */
export function classOf(bounds: Bounds, uncovered: number): number {
  if (uncovered < LEAST) return 0;
  return bounds.filter((bound) => uncovered >= bound).length;
}

/** The larger of two sets of bounds, for maps side by side. */
export function widest(one: Bounds, other: Bounds | undefined): Bounds {
  return other && (other.at(-1) ?? 0) > (one.at(-1) ?? 0) ? other : one;
}

/** What the legend prints of a class: `10–50`, `–150`, `600+`. */
export function classWords(bounds: Bounds, at: number, count: (number: number) => string): string {
  const [low = 0, high] = [bounds[at - 1], bounds[at]];
  if (high === undefined) return `${count(low)}+`;
  return at === 1 ? `${count(low)}–${count(high)}` : `–${count(high)}`;
}

/** So many shades the table of hours has. */
export const SHADES = 6;
/** The shares from which the last shade may be used. */
const TOPS = [0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.85] as const;

/** From which share on the last shade is used: a round one that the best hours reach, and hardly any other. */
export function topFor(shares: readonly (number | null)[]): number {
  const most = Math.max(0, ...shares.map((share) => share ?? 0));
  return Math.max(TOPS[0], ...TOPS.filter((top) => top <= most));
}

/** The shade of a share, 0 to 5; nothing where nobody is there. */
export function shadeOf(share: number | null | undefined, top: number): number | undefined {
  if (typeof share !== "number") return undefined;
  return Math.min(SHADES - 1, Math.floor((share / top) * (SHADES - 1) + 1e-9));
}
