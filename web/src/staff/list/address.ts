// The filters of a list are its address: links to them, the browser's buttons and a reload work as one expects.

import { go, here } from "../route";

/** The filters that the address holds; empty where it says nothing of one. */
export function filtersOf<N extends string>(names: readonly N[]): Readonly<Record<N, string>> {
  const held = here.value.searchParams;
  return Object.fromEntries(names.map((name) => [name, held.get(name) ?? ""])) as Record<N, string>;
}

/** The address of this screen with some filters set; an empty value takes one away. */
export function addressWith(changes: Readonly<Record<string, string>>): string {
  const url = new URL(here.value);
  for (const [name, value] of Object.entries(changes)) {
    if (value) url.searchParams.set(name, value);
    else url.searchParams.delete(name);
  }
  return url.pathname + url.search;
}

/** Sets filters. Going back leads to where one was before the list, not through every choice. */
export function setFilters(changes: Readonly<Record<string, string>>): void {
  go(addressWith(changes), true);
}
