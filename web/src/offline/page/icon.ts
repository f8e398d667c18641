// Icons and doors by the names of the style sheet.

import { html, type Markup } from "./html";

/** The icon of each facility. */
const FACILITIES: Readonly<Record<string, string>> = {
  seat: "seat",
  water: "water",
  microwave: "microwave",
  fridge: "fridge",
  cooling: "cooling",
  heating: "heating",
  phone_charge: "charge",
  first_aid: "aid",
  health_check: "aid",
  toilet: "toilet",
  wifi: "wifi",
  rain_gear: "rain",
  aed: "aed",
  bp_meter: "aed",
  tools_pump: "pump",
  ebike_charge: "ebike",
  ebike_swap: "ebike",
  ebike_park: "ebike",
  car_park: "pin",
  shower: "shower",
  changing_room: "lock",
  locker: "locker",
  smart_cabinet: "locker",
  share_shelf: "locker",
  mother_baby: "baby",
  wheelchair_access: "wheelchair",
  printer: "print",
  books: "books",
  tv: "star",
  hair_dryer: "star",
  haircut: "star",
  legal: "legal",
  mediation: "legal",
  law_talk: "legal",
  psychology: "psych",
  discount_meal: "meal",
  join_union: "join",
};

const WAYS_IN: Readonly<Record<string, string>> = {
  open_door: "dooropen",
  ring: "bell",
  scan: "scan",
  app: "scan",
  face: "user",
  key: "key",
  member_only: "lock",
};

/** Whether a code names a facility. */
export function isFacility(code: string): boolean {
  return Object.hasOwn(FACILITIES, code);
}

/** An icon. */
export function icon(name: string): Markup {
  return html`<i class="i i-${name}" aria-hidden="true"></i>`;
}

/** The door of a state. */
export function door(shape: string): Markup {
  return html`<i class="door ${shape}" aria-hidden="true"></i>`;
}

/** The name of a facility's icon. */
export function ofFacility(code: string): string {
  return FACILITIES[code] ?? "info";
}

/** The name of the icon of a way in. */
export function ofAccess(access: string): string {
  return WAYS_IN[access] ?? "info";
}
