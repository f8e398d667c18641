// How a figure is computed, one tap away: the method, what it is made of, and the request that gives it again.

import { useState } from "preact/hooks";
import { Button } from "../../staff/parts/button";
import { Dialog } from "../../staff/parts/dialog";
import type { Layer } from "../types";
import { p, w } from "../words";

/** What is told of a figure. */
export interface Explained {
  readonly title: string;
  readonly method: string;
  /** The part and the whole in words. */
  readonly figures: readonly string[];
  /** The addresses that give it again. */
  readonly requests: readonly string[];
  readonly demand: Omit<Layer, "points"> | undefined;
}

/** The words that open the method. */
export function Method({ explained, word = p.method.open }: { explained: Explained; word?: string }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        class="link how"
        aria-label={`${explained.title} ${word}`}
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
      >
        {word}
      </button>
      {isOpen ? <Shown explained={explained} onClose={() => setOpen(false)} /> : null}
    </>
  );
}

function Shown({ explained, onClose }: { explained: Explained; onClose: () => void }) {
  const { title, method, figures, requests, demand } = explained;
  return (
    <Dialog title={title} onClose={onClose} wide>
      <div class="stack method">
        <p>{method}</p>
        {figures.map((text) => (
          <p key={text}>
            <b>{text}</b>
          </p>
        ))}
        {demand ? <Provenance layer={demand} /> : null}
        <h3>{p.method.request}</h3>
        {requests.map((request) => (
          <Request key={request} address={request} />
        ))}
      </div>
    </Dialog>
  );
}

/** Where the people of the figures come from. */
export function Provenance({ layer }: { layer: Omit<Layer, "points"> }) {
  const rows: readonly (readonly [string, string])[] = [
    [p.demand.name, layer.name],
    [p.demand.source, layer.source],
    [p.demand.as_of, layer.as_of],
    [p.demand.licence, layer.licence],
    [p.demand.note, layer.note],
  ];
  return (
    <dl class="facts">
      {rows
        .filter(([, text]) => text)
        .map(([word, text]) => (
          <div key={word}>
            <dt>{word}</dt>
            <dd>{text}</dd>
          </div>
        ))}
    </dl>
  );
}

/** An address of the interface: to open, and to copy. */
function Request({ address }: { address: string }) {
  const [copied, setCopied] = useState<boolean>();
  const whole = new URL(address, location.href).href;
  // Without a secure connection a browser has no clipboard for pages.
  const copy = () =>
    Promise.resolve(navigator.clipboard)
      .then((clipboard) => clipboard.writeText(whole))
      .then(
        () => setCopied(true),
        () => setCopied(false),
      );
  return (
    <div class="request">
      <a href={address} target="_blank" rel="noopener">
        <code>{address}</code>
      </a>
      <Button look="quiet small" icon="copy" onClick={() => void copy()}>
        {copied ? w.common.copied : w.common.copy}
      </Button>
      <p class="cap" role="status">
        {copied === false ? p.method.by_hand : copied ? w.common.copied : ""}
      </p>
    </div>
  );
}
