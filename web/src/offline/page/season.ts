// The days of the year on which a facility is there.

import { DAY_MS } from "../instant";

/** The first day of the next season `11-15/03-15`, as days since 1970, for a day outside it. */
export function seasonBegins(season: string, day: number): number | undefined {
  const [month, date] = (season.split("/")[0] ?? "").split("-").map(Number);
  if (!month || !date) return undefined;
  const year = new Date(day * DAY_MS).getUTCFullYear();
  // 29 February becomes 1 March in other years, as the server has it.
  const turns = [year, year + 1].map((y) => Math.floor(Date.UTC(y, month - 1, date) / DAY_MS));
  return turns.find((turn) => turn >= day);
}
