// Phones and lines that should be spared: what they have not asked for is not brought.

/** What some browsers say of the phone and its line; others say nothing. */
interface Said {
  readonly deviceMemory?: number;
  readonly connection?: { readonly saveData?: boolean; readonly effectiveType?: string };
}

/** A phone with no more memory than this, in GiB, has better uses for it than a map nobody asked for. */
const LITTLE_MEMORY = 1;

/** Whether the map waits until somebody asks for it: little memory, data saving, or a line of the second generation. */
export function isSparing(said: Said = navigator as Said): boolean {
  const { deviceMemory, connection } = said;
  const isSmall = deviceMemory !== undefined && deviceMemory <= LITTLE_MEMORY;
  return isSmall || connection?.saveData === true || /2g$/.test(connection?.effectiveType ?? "");
}
