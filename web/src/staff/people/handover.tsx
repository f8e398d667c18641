// A link that is good once, to be handed to the person it is for. It is shown once.

import { useState } from "preact/hooks";
import { moment } from "../format";
import { Button } from "../parts/button";
import { Icon } from "../parts/icon";
import type { Invitation } from "../person";
import { say, w } from "../words";

/** The link, with a button that copies it. */
export function Handover({ invitation, text }: { invitation: Invitation; text: string }) {
  const address = new URL(invitation.link, location.origin).href;
  return (
    <div class="note good handover" role="status">
      <Icon name="key" />
      <div class="stack">
        <b>{text}</b>
        <Secret value={address} />
        <p class="cap">{say(w.accounts.link_until, moment(invitation.expires))}</p>
      </div>
    </div>
  );
}

/** A text that is shown once, with a button that copies it. */
export function Secret({ value }: { value: string }) {
  const [isCopied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(value).catch(() => undefined);
    setCopied(true);
  };
  return (
    <div class="bar">
      <input
        class="input secret"
        readOnly
        value={value}
        aria-label={w.common.once}
        onFocus={(event) => event.currentTarget.select()}
      />
      <Button look="quiet" icon="copy" onClick={() => void copy()}>
        {isCopied ? w.common.copied : w.common.copy}
      </Button>
    </div>
  );
}
