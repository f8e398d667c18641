// The screens of the grievance centre, and who may see them.

import type { ComponentType } from "preact";
import { Inbox } from "../inbox/inbox";
import { Board } from "./board/page";
import { Calls } from "./calls/page";
import { CasePage } from "./case/page";
import { Figures } from "./figures/page";
import { Intake } from "./intake/page";
import { Ledger } from "./ledger/page";
import { Publication } from "./publication/page";
import { Queue } from "./queue/page";
import { may } from "./session";
import { Sessions } from "./sessions/page";
import { Settings } from "./settings/page";
import { Supervised } from "./supervision/page";

/** A screen; `rest` is what follows its name in the address. */
export interface Screen {
  readonly draw: ComponentType<{ rest: string }>;
  readonly may: () => boolean;
}

// A handler sees what is his without seeing anything else.
const sees = () => may("grievance_see") || may("grievance_handle") || may("grievance_call_back");
const counts = () => may("grievance_figures");

export const SCREENS: Readonly<Record<string, Screen>> = {
  inbox: { draw: Inbox, may: () => true },
  queue: { draw: Queue, may: sees },
  cases: { draw: CasePage, may: sees },
  new: { draw: Intake, may: () => may("grievance_intake") },
  calls: { draw: Calls, may: () => may("grievance_call_back") },
  supervision: { draw: Supervised, may: () => may("grievance_see") },
  sessions: { draw: Sessions, may: () => may("grievance_intake") },
  ledger: { draw: Ledger, may: counts },
  board: { draw: Board, may: counts },
  figures: { draw: Figures, may: counts },
  publication: { draw: Publication, may: () => may("grievance_publish") },
  settings: { draw: Settings, may: () => may("grievance_configure") },
};
