// What must be done before the work: a password of one's own, a second factor.

import { changePassword } from "../api";
import { renewSession, session } from "../session";
import { w } from "../words";
import { Gate } from "./gate";
import { ChangePassword } from "./password";
import { EnrolTotp } from "./totp";

/** The first of the things that must be done. */
export function Must() {
  if (session.value?.must.includes("change_password")) {
    const change = async (old: string, next: string) => {
      await changePassword(old, next);
      await renewSession();
    };
    return (
      <Gate title={w.password.must}>
        <ChangePassword change={change} leads />
      </Gate>
    );
  }
  return (
    <Gate title={w.totp.must}>
      <EnrolTotp onDone={() => void renewSession()} />
    </Gate>
  );
}
