// The end of a signed-in screen: leaving on this phone, or on every other one, such as one that was lost.

import { useState } from "preact/hooks";
import { signOutOthers } from "./api";
import { Button, Failure, useTask } from "./parts";
import type { Signed } from "./session";
import { p, say } from "./words";

/** The ways out of a session. */
export function Leaving({ session, leave, renew }: Signed) {
  const [isDone, setDone] = useState(false);
  const task = useTask();
  const endOthers = async () => {
    if (!(await task.run(signOutOthers))) return;
    setDone(true);
    renew();
  };
  return (
    <>
      <Failure failure={task.failure} />
      {session.others > 0 && !isDone ? (
        <Button look="quiet wide" busy={task.busy} onClick={() => void endOthers()}>
          {say(p.sign_in.end_others, { n: session.others })}
        </Button>
      ) : null}
      {isDone ? (
        <p class="cap" role="status">
          {p.sign_in.ended_others}
        </p>
      ) : null}
      <Button look="plain wide" onClick={leave}>
        {p.common.sign_out}
      </Button>
    </>
  );
}
