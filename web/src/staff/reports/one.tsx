// One report in full: what was said, by when and how that day came to be, the answer, what came before.

import { useEffect, useState } from "preact/hooks";
import { moveOn, readStation } from "../api";
import { day, moment } from "../format";
import { Button } from "../parts/button";
import { Ask } from "../parts/dialog";
import { Pick } from "../parts/field";
import { Head } from "../parts/head";
import { Icon } from "../parts/icon";
import { Done, Failure, Loading } from "../parts/notes";
import { useTask } from "../parts/task";
import { renewQueues } from "../rail";
import { may } from "../session";
import { instantOf } from "../shell";
import { say, w, wordIn } from "../words";
import { Answering } from "./answering";
import { handReport, photoOf, readReport, redactReport, takeReport } from "./api";
import { Kept } from "./kept";
import type { Detail } from "./types";
import { kindWords, ownerWords, Standing } from "./words";

/** The report of an id. */
export function One({ id }: { id: string }) {
  const [report, setReport] = useState<Detail>();
  const task = useTask();
  const load = () => void task.run(async () => setReport(await readReport(id)));
  useEffect(load, []);
  const show = (next: Detail) => {
    setReport(next);
    void renewQueues();
  };
  return (
    <>
      <Head title={report ? `${kindWords(report)} · ${report.station.name}` : w.reports.title}>
        <a class="btn quiet" href="/staff/reports">
          {w.reports.back}
        </a>
      </Head>
      <Failure failure={task.failure} onRetry={load} />
      {!report && !task.failure ? <Loading rows={6} /> : null}
      {report ? (
        <div class="report">
          <div class="stack">
            <Said report={report} onChange={show} />
            {report.allowed.includes("answer") ? <Answering report={report} onDone={show} /> : null}
            {report.state === "answered" ? <Answered report={report} /> : null}
          </div>
          <div class="stack">
            <Holding report={report} onChange={show} />
            <Kept station={report.station.id} locked={report.locked} />
            <Timeline report={report} />
          </div>
        </div>
      ) : null}
    </>
  );
}

function Said({ report, onChange }: { report: Detail; onChange: (next: Detail) => void }) {
  const [isBlanking, setBlanking] = useState(false);
  return (
    <section class="panel pad stack">
      <h2>{w.reports.said}</h2>
      <p class="cap">
        {report.number} · {moment(report.created)} ·{" "}
        <a href={`/staff?station=${report.station.id}`}>{report.station.name}</a>
      </p>
      <p class="prose">{report.text ?? w.reports.no_text}</p>
      {report.photo ? (
        <a href={photoOf(report.id, false)} target="_blank" rel="noreferrer" class="shown">
          <img src={photoOf(report.id, true)} alt={w.reports.photo} />
          <span>{w.reports.photo_large}</span>
        </a>
      ) : null}
      {report.group.length > 0 ? <Others report={report} /> : null}
      {report.allowed.includes("redact") ? (
        <Button look="quiet small bad" onClick={() => setBlanking(true)}>
          {w.reports.redact}
        </Button>
      ) : null}
      {isBlanking ? (
        <Ask
          question={{
            title: w.reports.redact_title,
            text: <p>{w.reports.redact_text}</p>,
            go: w.reports.redact,
            reason: "must",
            run: async (reason) => onChange(await redactReport(report, reason)),
          }}
          onClose={() => setBlanking(false)}
        />
      ) : null}
    </section>
  );
}

function Others({ report }: { report: Detail }) {
  return (
    <>
      <h3>{say(w.reports.group, report.group.length)}</h3>
      <ul class="plain-list">
        {report.group.map((other) => (
          <li key={other.id}>
            <a href={`/staff/reports/${other.id}`}>{other.number}</a> {moment(other.created)}{" "}
            <span class="prose">{other.text}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

function Answered({ report }: { report: Detail }) {
  return (
    <section class="panel pad stack">
      <h2>{w.reports.answered_by}</h2>
      <p>
        <Standing report={report} />
      </p>
      <p class="prose quote">{report.answer}</p>
      {report.kind === "gone" &&
      report.verdict === "confirmed" &&
      may("station_suspend", report.station.district) ? (
        <Gone report={report} />
      ) : null}
    </section>
  );
}

/** A station that is gone is better suspended at once, so that nobody walks there in vain. */
function Gone({ report }: { report: Detail }) {
  const [isAsking, setAsking] = useState(false);
  const [isDone, setDone] = useState(false);
  const suspend = async (reason: string) => {
    const station = await readStation(report.station.id);
    await moveOn(station.id, station.version, "suspend", reason);
    setDone(true);
  };
  if (isDone) return <Done>{w.reports.suspended}</Done>;
  return (
    <div class="note">
      <Icon name="warn" />
      <div>
        <b>{w.reports.gone_title}</b>
        <p>{w.reports.gone_text}</p>
        <Button look="quiet" onClick={() => setAsking(true)}>
          {w.reports.suspend}
        </Button>
      </div>
      {isAsking ? (
        <Ask
          question={{ title: w.reports.suspend, go: w.reports.suspend, reason: "must", run: suspend }}
          onClose={() => setAsking(false)}
        />
      ) : null}
    </div>
  );
}

function Holding({ report, onChange }: { report: Detail; onChange: (next: Detail) => void }) {
  const [account, setAccount] = useState("");
  const task = useTask();
  const run = (work: () => Promise<Detail>) => void task.run(async () => onChange(await work()));
  return (
    <section class="panel pad stack">
      <h2>{w.reports.due}</h2>
      <p class="figure">
        {day(instantOf(`${report.due}T00:00`) ?? "")} <Standing report={report} />
      </p>
      {report.due_provisional ? <p class="cap">{w.reports.provisional}</p> : null}
      <Days report={report} />
      <p>
        {w.reports.owner}
        {w.common.colon}
        <b>{ownerWords(report)}</b>
      </p>
      <Failure failure={task.failure} />
      {report.allowed.includes("take") ? (
        <Button look="quiet" icon="user" busy={task.busy} onClick={() => run(() => takeReport(report))}>
          {w.reports.take}
        </Button>
      ) : null}
      {report.allowed.includes("hand") ? (
        <div class="bar hand">
          <Pick
            label={w.reports.hand}
            name="account"
            value={account}
            none="–"
            choices={report.hands.map(({ id, name }) => ({ code: id, word: name ?? w.people.erased }))}
            onPick={setAccount}
          />
          <Button
            look="quiet"
            disabled={!account}
            busy={task.busy}
            onClick={() => run(() => handReport(report, account))}
          >
            {w.reports.hand_go}
          </Button>
        </div>
      ) : null}
    </section>
  );
}

function Days({ report }: { report: Detail }) {
  return (
    <details>
      <summary>{w.reports.days}</summary>
      <table class="days">
        <thead>
          <tr>
            <th scope="col">{w.reports.day}</th>
            <th scope="col">{w.reports.counts}</th>
          </tr>
        </thead>
        <tbody>
          {report.days.map(({ date, number, text }) => (
            <tr key={date}>
              <td>{day(instantOf(`${date}T00:00`) ?? "")}</td>
              <td>{number === null ? text : `${say(w.reports.number_of, number)} · ${text}`}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

function Timeline({ report }: { report: Detail }) {
  return (
    <section class="panel pad stack">
      <h2>{w.reports.timeline}</h2>
      <ol class="plain-list">
        {report.timeline.map((step) => (
          <li key={step.at + step.action}>
            <b>{wordIn(w.reports.actions, step.action)}</b> {moment(step.at)} ·{" "}
            {step.by ? (step.by.name ?? w.people.erased) : w.reports.worker}
            {step.note ? <p class="cap">{step.note}</p> : null}
          </li>
        ))}
      </ol>
    </section>
  );
}
