// The answer to a report: what was found, what its reporters read, what it does to the station.

import { useState } from "preact/hooks";
import { Button } from "../parts/button";
import { Check, Text } from "../parts/field";
import { Failure } from "../parts/notes";
import { useTask } from "../parts/task";
import { wordOf } from "../shell";
import { say, w } from "../words";
import { answerReport } from "./api";
import { type Detail, VERDICTS, type Verdict } from "./types";

/** The form. */
export function Answering({ report, onDone }: { report: Detail; onDone: (next: Detail) => void }) {
  const [verdict, setVerdict] = useState<Verdict>();
  const [answer, setAnswer] = useState("");
  const [group, setGroup] = useState(report.group.length > 0);
  const [isBroken, setBroken] = useState(true);
  const task = useTask();
  const facility = verdict === "confirmed" && report.kind === "facility_broken" ? report.facility : null;
  const send = (event: Event) => {
    event.preventDefault();
    if (!verdict) return;
    const body = { verdict, answer, group, facility_broken: facility !== null && isBroken };
    void task.run(async () => onDone(await answerReport(report, body)));
  };
  return (
    <form class="panel pad stack" onSubmit={send}>
      <h2>{w.reports.answer}</h2>
      <Failure failure={task.failure} />
      <fieldset class="row-set">
        <legend>{w.reports.verdict}</legend>
        {VERDICTS.map((code) => (
          <label key={code} class="check">
            <input
              type="radio"
              name="verdict"
              value={code}
              required
              checked={verdict === code}
              onChange={() => setVerdict(code)}
            />
            <span>{w.reports.verdicts[code]}</span>
          </label>
        ))}
      </fieldset>
      {verdict === "unfounded" && report.kind === "locked" ? (
        <p class="cap">{w.reports.unfounded_note}</p>
      ) : null}
      <Text
        label={w.reports.answer}
        name="answer"
        value={answer}
        onInput={setAnswer}
        lines={4}
        max={1000}
        required
        hint={w.reports.answer_hint}
        faults={task.failure?.faults}
      />
      {report.group.length > 0 ? (
        <Check label={say(w.reports.with_group, report.group.length)} on={group} onChange={setGroup} />
      ) : null}
      {facility ? (
        <Check
          label={say(w.reports.mark_broken, wordOf("facility", facility))}
          on={isBroken}
          onChange={setBroken}
        />
      ) : null}
      <div class="bar end">
        <Button type="submit" busy={task.busy}>
          {w.reports.answer_go}
        </Button>
      </div>
    </form>
  );
}
