// Two people changed one station: what each of them did since the state that both began with.

import type { Facts, Field, Station } from "../types";
import { same } from "./same";

/** A field, or the position, which is two fields that belong together. */
export type Part = Field | "position";

/** What became of a part. */
export interface Difference {
  readonly part: Part;
  readonly base: unknown;
  readonly mine: unknown;
  readonly theirs: unknown;
  /** Whether both changed it, and not to the same. */
  readonly isConflict: boolean;
}

/** What somebody wants of a part that both changed. */
export type Side = "mine" | "theirs";

const POSITION: readonly Field[] = ["lat", "lon"];

/** Everything that one of both changed; what both changed to the same is left out. */
export function differences(base: Station, values: Partial<Facts>, theirs: Station): readonly Difference[] {
  const names = Object.keys(base).filter((name) => isFact(name, base)) as Field[];
  const parts: Part[] = ["position", ...names.filter((name) => !POSITION.includes(name))];
  return parts.flatMap((part) => {
    const [was, is] = [factOf(part, base), factOf(part, theirs)];
    const mine = factOf(part, { ...base, ...values });
    const [isMine, isTheirs] = [!same(was, mine), !same(was, is)];
    if ((!isMine && !isTheirs) || same(mine, is)) return [];
    return [{ part, base: was, mine, theirs: is, isConflict: isMine && isTheirs }];
  });
}

const NO_FACTS = [
  "id", "version", "status", "demonstration", "rating", "last_confirmed", "created", "changed", "state", "allowed", "crs",
]; // biome-ignore format: one row

function isFact(name: string, _: Station): boolean {
  return !NO_FACTS.includes(name);
}

function factOf(part: Part, facts: Station): unknown {
  return part === "position" ? { lat: facts.lat, lon: facts.lon } : facts[part];
}

/**
 * My changes as changes of their state: what only I changed, and what both changed where I want mine. Of a
 * conflict about which nothing is said, theirs stays.
 */
export function rebased(
  found: readonly Difference[],
  choice: Readonly<Record<string, Side>>,
  base: Station,
): Partial<Facts> {
  const values: Record<string, unknown> = {};
  for (const { part, base: was, mine, isConflict } of found) {
    const isWanted = isConflict ? choice[part] === "mine" : !same(was, mine);
    if (!isWanted) continue;
    if (part === "position") Object.assign(values, mine as object);
    else if (part in base) values[part] = mine;
  }
  return values as Partial<Facts>;
}
