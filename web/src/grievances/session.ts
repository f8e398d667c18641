// What whoever is signed in may do with grievances.

import { may } from "../staff/session";

const RIGHTS = [
  "grievance_see",
  "grievance_intake",
  "grievance_handle",
  "grievance_referee",
  "grievance_supervise",
  "grievance_call_back",
  "grievance_archive",
  "grievance_custody",
  "grievance_publish",
  "grievance_figures",
  "grievance_configure",
] as const;

export { may };

/** Whether somebody has any right of the grievance centre. */
export function belongs(): boolean {
  return RIGHTS.some((right) => may(right));
}
