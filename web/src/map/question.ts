// The list's question as the tiles are asked it, so that map and list show the same stations at the same instant.

/** Parameters that mean the same to a page and to a tile. */
const SHARED = ["facility", "no_phone", "always_open", "host", "access", "at"];

/**
 * The query of the tiles for the address of a list.
 *
 * A page shows what is open unless it says otherwise. The page without a list asks for nothing: its map shows
 * every station with its state.
 */
export function tileQuery(question: URL, hasList: boolean): string {
  const query = new URLSearchParams();
  if (!hasList) return "";
  for (const name of SHARED) {
    const value = question.searchParams.get(name);
    if (value) query.set(name, value);
  }
  const open = question.searchParams.get("open") ?? "now";
  if (open !== "any") query.set("open", open);
  return query.toString();
}
