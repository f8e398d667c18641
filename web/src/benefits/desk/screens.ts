// The screens of the desk of benefits, and who may see them.

import type { ComponentType } from "preact";
import { may } from "../../staff/session";
import { Alarms } from "./alarms/page";
import { Campaigns } from "./campaigns/page";
import { Ledger } from "./figures/ledger";
import { Figures } from "./figures/page";
import { Goals } from "./goals/page";
import { Members } from "./members/page";
import { RosterPage } from "./members/roster";
import { Merchants } from "./merchants/page";
import { Settlements } from "./settlements/page";

/** A screen; `rest` is what follows its name in the address. */
export interface Screen {
  readonly draw: ComponentType<{ rest: string }>;
  readonly icon: string;
  readonly may: () => boolean;
}

const sees = () => may("benefit_see");

/** The screens in their order. */
export const SCREENS: Readonly<Record<string, Screen>> = {
  campaigns: { draw: Campaigns, icon: "ticket", may: sees },
  merchants: { draw: Merchants, icon: "pin", may: sees },
  members: { draw: Members, icon: "user", may: () => may("member_see") },
  roster: { draw: RosterPage, icon: "upload", may: () => may("member_manage") },
  settlements: { draw: Settlements, icon: "list", may: sees },
  goals: { draw: Goals, icon: "flag", may: sees },
  figures: { draw: Figures, icon: "layers", may: () => may("benefit_figures") },
  ledger: { draw: Ledger, icon: "check", may: () => may("benefit_figures") },
  alarms: { draw: Alarms, icon: "warn", may: sees },
};

/** Whether somebody has any right of benefits. */
export function belongs(): boolean {
  return Object.values(SCREENS).some((screen) => screen.may());
}
