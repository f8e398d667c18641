// What came of redeeming, so that it is read at a glance across a counter.

import type { Refusal } from "../../staff/http";
import { yuan } from "../phone/money";
import { Button, Failure, Icon, Note } from "../phone/parts";
import { when } from "../phone/time";
import type { Redeemed } from "../phone/types";
import { p, say } from "../phone/words";

/** It was redeemed: so much less. */
export function Result(props: { done: Redeemed; isLate: boolean; onNext: () => void }) {
  const { done, isLate, onNext } = props;
  return (
    <section class="b-result good" role="status">
      {isLate ? <p>{p.till.kept}</p> : null}
      <Icon name="check" />
      <h2 tabIndex={-1} ref={takeFocus}>
        {say(p.till.done, { n: yuan(done.amount_fen) })}
      </h2>
      <p>{done.campaign.name}</p>
      <p>{when(done.at)}</p>
      <p>{done.left_fen > 0 ? say(p.till.done_left, { n: yuan(done.left_fen) }) : p.till.done_used}</p>
      <Button look="wide" onClick={onNext}>
        {p.till.next}
      </Button>
    </section>
  );
}

function takeFocus(heading: HTMLElement | null): void {
  heading?.focus();
}

/** Refusals with words of their own; what the service says of them stands below. */
const KNOWN = [
  "code_expired",
  "already_redeemed",
  "voucher_expired",
  "voucher_void",
  "frozen",
  "wrong_store",
] as const;
type Known = (typeof KNOWN)[number];

/** It was not redeemed, and why. */
export function Refused({ failure }: { failure: Refusal | undefined }) {
  if (!failure) return null;
  const { status, code, message, retry_s, faults } = failure;
  if (status === 429) {
    const minutes = Math.max(1, Math.ceil((retry_s ?? 3600) / 60));
    return (
      <Note title={say(p.till.locked, { minutes })} look="bad" icon="lock">
        <p>{p.till.locked_text}</p>
      </Note>
    );
  }
  if (status === 404)
    return (
      <Note title={p.till.unknown_code} look="bad">
        <p>{p.till.unknown_text}</p>
      </Note>
    );
  const known = KNOWN.find((name) => name === code || faults.some((fault) => fault.code === name));
  if (!known && status !== 422) return <Failure failure={failure} />;
  const details = faults.length > 0 ? faults.map(({ detail }) => detail) : [detailOf(known, message)];
  return (
    <Note title={known ? p.till[known] : p.till.refused} look="bad">
      {details.filter(Boolean).map((detail) => (
        <p key={detail}>{detail}</p>
      ))}
    </Note>
  );
}

/** When and where a code was used is told by the service alone. */
function detailOf(known: Known | undefined, message: string): string {
  return known === "code_expired" ? p.till.code_expired_text : message;
}
