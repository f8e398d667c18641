// Checking a draw oneself, on one's own phone.

import { useState } from "preact/hooks";
import { readDraw } from "../phone/api";
import { Button, Failure, Icon, Note, useTask } from "../phone/parts";
import type { Draw } from "../phone/types";
import { p, say } from "../phone/words";
import { canVerify, ticketsOf, type Verdict, verify } from "./verify";

const STEPS = ["commitment", "digest", "winners"] as const;

/** The button, and what was found. */
export function DrawCheck({ id }: { id: string }) {
  const [draw, setDraw] = useState<Draw>();
  const [verdict, setVerdict] = useState<Verdict>();
  const task = useTask();
  const run = () =>
    task.run(async () => {
      setVerdict(undefined);
      const told = await readDraw(id);
      setDraw(told);
      setVerdict(await verify(told));
    });
  const data = `/api/v1/campaigns/${encodeURIComponent(id)}/draw`;
  return (
    <section class="b-check">
      <h2>{p.draw.check}</h2>
      <p class="cap">{canVerify() ? p.draw.check_text : p.draw.no_crypto}</p>
      <Failure failure={task.failure} />
      {task.busy && draw ? <p role="status">{say(p.draw.running, { n: ticketsOf(draw) })}</p> : null}
      {verdict ? <Found verdict={verdict} /> : null}
      <div class="one-line">
        {canVerify() ? (
          <Button look="quiet" busy={task.busy} onClick={() => void run()}>
            {p.draw.run}
          </Button>
        ) : null}
        <a class="btn plain" href={data} download={`draw-${id}.json`}>
          {p.draw.data}
        </a>
      </div>
    </section>
  );
}

function Found({ verdict }: { verdict: Verdict }) {
  const isFine = STEPS.every((step) => verdict[step]);
  const title = isFine ? say(p.draw.fine, { n: verdict.computed.length }) : p.draw.wrong;
  return (
    <Note title={title} look={isFine ? "good" : "bad"}>
      <ul class="b-steps">
        {STEPS.map((step) => (
          <li key={step}>
            <Icon name={verdict[step] ? "check" : "close"} />
            {p.draw[step]}
          </li>
        ))}
      </ul>
    </Note>
  );
}
