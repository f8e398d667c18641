// Where else one is signed in, such as a machine that one forgot to leave, and ending it from here.

import { useState } from "preact/hooks";
import { signOutElsewhere } from "../api";
import { moment } from "../format";
import { Button } from "../parts/button";
import { Done, Failure } from "../parts/notes";
import { useTask } from "../parts/task";
import { renewSession, session } from "../session";
import { say, w } from "../words";

/** The other sessions of whoever is signed in. */
export function Elsewhere() {
  const [isDone, setDone] = useState(false);
  const task = useTask();
  const others = session.value?.others ?? [];
  const end = async () => {
    if (!(await task.run(signOutElsewhere))) return;
    setDone(true);
    await renewSession();
  };
  return (
    <section class="panel form stack">
      <h2>{w.me.others}</h2>
      <Failure failure={task.failure} />
      {isDone ? <Done>{w.me.ended}</Done> : null}
      {others.length === 0 && !isDone ? <p>{w.me.others_none}</p> : null}
      <ul class="plain-list">
        {others.map(({ began, last_used }) => (
          <li key={began + last_used}>
            {say(w.me.other, { began: moment(began), used: moment(last_used) })}
          </li>
        ))}
      </ul>
      {others.length > 0 ? (
        <div class="bar">
          <Button look="quiet" busy={task.busy} onClick={() => void end()}>
            {w.me.end_others}
          </Button>
        </div>
      ) : null}
    </section>
  );
}
