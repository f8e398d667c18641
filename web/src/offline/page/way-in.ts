// How to get in, as a worker would say it to another.

import type { PageWords } from "../../words";
import type { CopiedStation } from "../copy";
import { ofAccess } from "./icon";

/** The ways in, the easiest first; a limit to members is no way in and comes last. */
const EASIEST = ["open_door", "ring", "scan", "app", "face", "key", "member_only"] as const;
type Access = (typeof EASIEST)[number];

/** The shortest useful sentence for a list, with the name of its icon. */
export function short(words: PageWords, station: CopiedStation): readonly [string, string] {
  const access = EASIEST.find((way) => station.access.includes(way));
  if (access) return [ofAccess(access), sentence(words, access, station.no_phone)];
  if (station.no_phone) return ["nophone", words.no_phone];
  return station.phone === null ? ["info", words.way_in_unknown] : ["call", words.call_first];
}

/** The sentence of one way in. */
export function sentence(words: PageWords, access: string, noPhone: boolean | null): string {
  if (access === "open_door" && noPhone) return words.open_door_no_phone;
  return EASIEST.includes(access as Access) ? words[access as Access] : access;
}
