// Signing out, the same from every place of the staff's pages: what this browser holds of somebody's work goes with
// the session.

import { signOut } from "./api";
import { drafts } from "./editor/drafts";
import { Refusal } from "./http";
import { go } from "./route";
import { session } from "./session";
import { forgetAll, unsent } from "./walk/store";
import { forgetPage } from "./walk/take";
import { say, w } from "./words";

/** Signs out and goes where one signs in again. Where the service cannot be reached nothing is forgotten. */
export async function leave(to: string): Promise<void> {
  // What an inspector took along is on this phone only while he is signed in.
  const left = await unsent();
  if (left > 0 && !confirm(say(w.rounds.leave_unsent, left))) return;
  try {
    await signOut();
  } catch (cause) {
    if (!hasEnded(cause)) {
      alert(w.nav.leave_failed);
      return;
    }
  }
  drafts.value = new Map();
  await forgetAll();
  await forgetPage();
  session.value = null;
  go(to, true);
}

/** Whether the session was over before. */
function hasEnded(cause: unknown): boolean {
  return cause instanceof Refusal && cause.status === 401;
}
