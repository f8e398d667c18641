// The statement of any period as a file, and those that were settled.

import { useState } from "preact/hooks";
import { listSettled, settledFile, statementFile } from "../phone/api";
import { yuan } from "../phone/money";
import { today } from "../phone/now";
import { Failure, Loading, Nothing, useRead } from "../phone/parts";
import { p, say } from "../phone/words";

const KINDS = ["pdf", "xlsx"] as const;

/** The screen. */
export function Statement() {
  const [from, setFrom] = useState(`${today().slice(0, 8)}01`);
  const [until, setUntil] = useState(today());
  return (
    <section class="b-day">
      <div class="b-line">
        <div>
          <label for="from">{p.till.from}</label>
          <input id="from" type="date" value={from} onInput={(event) => setFrom(event.currentTarget.value)} />
        </div>
        <div>
          <label for="until">{p.till.until}</label>
          <input
            id="until"
            type="date"
            value={until}
            onInput={(event) => setUntil(event.currentTarget.value)}
          />
        </div>
      </div>
      {from && until ? <Files href={(kind) => statementFile(from, until, kind)} /> : null}
      <Settled />
    </section>
  );
}

function Files({ href }: { href: (kind: string) => string }) {
  return (
    <div class="one-line">
      {KINDS.map((kind) => (
        <a key={kind} class="btn quiet" href={href(kind)} download="">
          {`${p.till.download} ${kind.toUpperCase()}`}
        </a>
      ))}
    </div>
  );
}

function Settled() {
  const read = useRead("settled", listSettled);
  const { value, failure } = read;
  return (
    <>
      <h2>{p.till.closed}</h2>
      <Failure failure={failure} onRetry={read.renew} />
      {!value && !failure ? <Loading /> : null}
      {value?.items.length === 0 ? <Nothing title={p.till.closed_none} /> : null}
      <ul>
        {value?.items.map((one) => (
          <li key={one.id}>
            <div class="b-taken">
              <b>{say(p.till.due, { n: yuan(one.due_fen) })}</b>
              <span>
                {one.number} · {say(p.till.settlement_until, { day: one.until_day })}
                <small>{say(p.till.count, { n: one.redemptions })}</small>
              </span>
            </div>
            <Files href={(kind) => settledFile(one.id, kind)} />
          </li>
        ))}
      </ul>
    </>
  );
}
