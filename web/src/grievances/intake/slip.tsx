// The receipt of a case: number, secret and the server's signature, on paper for whoever has no phone.

import { useEffect, useRef } from "preact/hooks";
import { end } from "../../staff/format";
import { Button } from "../../staff/parts/button";
import { Icon } from "../../staff/parts/icon";
import { Head } from "../parts/head";
import { whenWords } from "../parts/time";
import type { Receipt } from "../types";
import { g, say } from "../words";
import { inFours } from "./draft";

/** What the reporter takes away. */
export function Paper({ receipt }: { receipt: Receipt }) {
  const { number, receipt: secret, received, due, signed } = receipt;
  return (
    <div class="slip">
      <small>{g.receipt.number}</small>
      <p class="no">{number}</p>
      <hr />
      <small>{g.receipt.secret}</small>
      <p class="key">{inFours(secret)}</p>
      <hr />
      <dl class="facts">
        <dt>{g.receipt.received}</dt>
        <dd>{whenWords(received)}</dd>
        <dt>{g.receipt.due}</dt>
        <dd>{end(due.at)}</dd>
      </dl>
      <p class="cap">{due.text}</p>
      <hr />
      {signed.qr_svg ? (
        <img class="qr" alt={g.receipt.qr} src={`data:image/svg+xml,${encodeURIComponent(signed.qr_svg)}`} />
      ) : null}
      <p>
        <b>{g.receipt.signed}</b> <small>{g.receipt.signed_text}</small>
      </p>
      <code class="signature">{signed.text}</code>
      <code class="signature">{signed.signature}</code>
      <p class="cap">
        {g.receipt.verify} {signed.verify_url}
      </p>
      <p class="cap">{say(g.receipt.track, { url: `${location.origin}/grievance/track` })}</p>
    </div>
  );
}

/** The screen after a case was taken down. */
export function Slip({ receipt, onNext }: { receipt: Receipt; onNext: () => void }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.querySelector<HTMLElement>("button")?.focus(), []);
  return (
    <>
      <Head title={g.receipt.title} />
      <div class="taken">
        <Paper receipt={receipt} />
        <div class="stack no-print" ref={box}>
          <p class="note">
            <Icon name="warn" />
            <span>
              <b>{g.receipt.once}</b> {g.receipt.once_text}
            </span>
          </p>
          <div class="bar wrap">
            <Button icon="print" onClick={() => print()}>
              {g.receipt.print}
            </Button>
            <Button look="quiet" icon="plus" onClick={onNext}>
              {g.receipt.next}
            </Button>
            <a class="btn quiet" href={`/grievances?view=everything&number=${receipt.number}`}>
              {g.receipt.open}
            </a>
          </div>
        </div>
      </div>
    </>
  );
}
