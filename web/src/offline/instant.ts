// Instants on the city's clocks. A copy names them with the city's offset, which need not be the phone's.

/** The instant a page describes and the one at which it is read, in milliseconds since 1970. */
export interface When {
  readonly now_ms: number;
  readonly at_ms: number;
  /** What the city's clocks are ahead of UTC. */
  readonly offset_ms: number;
}

const MINUTE_MS = 60_000;
/** A day in milliseconds. */
export const DAY_MS = 86_400_000;

/** The offset that an RFC 3339 instant names, in milliseconds. */
export function offset_ms(instant: string): number {
  const [, sign, hours, minutes] = /([+-])(\d\d):(\d\d)$/.exec(instant) ?? [];
  const offset = (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * MINUTE_MS;
  return sign === "-" ? -offset : offset;
}

/** An instant as the city's clocks show it, in the UTC fields of a date. */
export function local(instant_ms: number, when: When): Date {
  return new Date(instant_ms + when.offset_ms);
}

/** The day of a local time, counted from 1970. */
export function dayOf(time: Date): number {
  return Math.floor(time.getTime() / DAY_MS);
}

/** A local time to the minute, as addresses and forms write it: `2026-11-25T22:00`. */
export function minuteText(local_ms: number): string {
  return new Date(local_ms).toISOString().slice(0, 16);
}

/** An instant with the city's offset, in whole seconds. */
export function rfc3339(instant_ms: number, when: When): string {
  const sign = when.offset_ms < 0 ? "-" : "+";
  const minutes = Math.abs(when.offset_ms) / MINUTE_MS;
  const pair = (n: number) => String(Math.floor(n)).padStart(2, "0");
  const zone = `${sign}${pair(minutes / 60)}:${pair(minutes % 60)}`;
  return local(instant_ms, when).toISOString().slice(0, 19) + zone;
}

/** Reads a local time of an address; seconds are passed over. */
export function readMinute(text: string): number | undefined {
  if (!/^\d{4}-\d{1,2}-\d{1,2}T\d{1,2}:\d{1,2}(:\d{1,2})?$/.test(text)) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = text.split(/[-T:]/).map(Number);
  const time = new Date(Date.UTC(year, month - 1, day, hour, minute));
  const isDay = time.getUTCMonth() === month - 1 && time.getUTCDate() === day;
  return isDay && hour < 24 && minute < 60 && second <= 60 ? time.getTime() : undefined;
}
