// Redeeming a voucher: eight digits or the camera, the bill, and what came of it in big type.

import { useEffect, useState } from "preact/hooks";
import type { Refusal } from "../../staff/http";
import { redeem, SALE, type Sale } from "../phone/api";
import { forget, kept } from "../phone/kept";
import { fenOf } from "../phone/money";
import { Button, Note, refusalOf } from "../phone/parts";
import type { Redeemed } from "../phone/types";
import { p } from "../phone/words";
import { digitsOf, isCode } from "./code";
import { isSharing, position, setSharing } from "./position";
import { Refused, Result } from "./result";
import { Scanner } from "./scanner";

/** What became of redeeming. */
interface Outcome {
  readonly done?: Redeemed;
  readonly failure?: Refusal;
  readonly busy?: boolean;
  /** Whether it is the answer to a redemption of before. */
  readonly isLate?: boolean;
}

/** How long until an unanswered redemption is asked again, in milliseconds. */
const AGAIN_MS = 10_000;

/** Redeems, and asks again as long as there is no answer. */
function useRedeeming() {
  const [outcome, setOutcome] = useState<Outcome>({});
  const run = async (sale: Sale, isLate = false) => {
    setOutcome((before) => ({ ...before, busy: true }));
    try {
      setOutcome({ done: await redeem(sale), isLate });
    } catch (cause) {
      setOutcome({ failure: refusalOf(cause), isLate });
    }
  };
  const open = kept<Sale>(SALE);
  useEffect(() => {
    if (!open || outcome.busy) return;
    const again = () => void run(open.body, true);
    if (!outcome.failure) again();
    addEventListener("online", again);
    const timer = setInterval(again, AGAIN_MS);
    return () => {
      removeEventListener("online", again);
      clearInterval(timer);
    };
  }, [open?.key, outcome.busy]);
  const clear = () => setOutcome({});
  return { outcome, run, clear, open: open && !outcome.busy ? open.body : undefined };
}

/** The screen; `brought` is the code that was scanned by the phone's own camera. */
export function Redeem({ brought }: { brought: string }) {
  const { outcome, run, clear, open } = useRedeeming();
  const { done, failure, busy, isLate } = outcome;
  if (done) return <Result done={done} isLate={isLate ?? false} onNext={clear} />;
  if (open && failure) {
    return (
      <div class="b-claim">
        <Note title={p.till.waiting} icon="offline">
          <p>{p.till.waiting_text}</p>
        </Note>
        <Button look="wide" busy={busy ?? false} onClick={() => void run(open, true)}>
          {p.till.ask_again}
        </Button>
        <Button
          look="plain wide"
          onClick={() => {
            forget(SALE);
            clear();
          }}
        >
          {p.till.leave}
        </Button>
      </div>
    );
  }
  return <Form brought={brought} failure={failure} busy={busy ?? false} onRedeem={run} />;
}

interface FormProps {
  readonly brought: string;
  readonly failure: Refusal | undefined;
  readonly busy: boolean;
  readonly onRedeem: (sale: Sale) => Promise<void>;
}

function Form({ brought, failure, busy, onRedeem }: FormProps) {
  const [code, setCode] = useState(brought);
  const [bill, setBill] = useState("");
  const [amount, setAmount] = useState("");
  const [isScanning, setScanning] = useState(false);
  const needsPart = failure?.faults.some(({ field }) => field.includes("amount")) ?? false;
  // A code that is none, or is used up, must be asked for anew; what was typed beside it stays.
  useEffect(() => {
    if (failure && failure.status !== 422) setCode("");
  }, [failure]);
  const send = async (event: Event) => {
    event.preventDefault();
    const [purchase_fen, amount_fen] = [fenOf(bill), fenOf(amount)];
    await onRedeem({
      code,
      ...(purchase_fen === undefined ? {} : { purchase_fen }),
      ...(amount_fen === undefined ? {} : { amount_fen }),
      ...(await position()),
    });
  };
  if (isScanning) {
    return (
      <Scanner
        onCode={(found) => {
          setCode(found);
          setScanning(false);
        }}
        onStop={() => setScanning(false)}
      />
    );
  }
  return (
    <form class="ask b-till" onSubmit={send}>
      <Refused failure={failure} />
      <div>
        <label for="code">{p.till.code}</label>
        <input
          id="code"
          name="code"
          class="b-digits"
          inputMode="numeric"
          autocomplete="off"
          required
          pattern="[0-9]{4} ?[0-9]{4}"
          maxLength={9}
          value={code.length > 4 ? `${code.slice(0, 4)} ${code.slice(4)}` : code}
          aria-describedby="code-hint"
          onInput={(event) => setCode(digitsOf(event.currentTarget.value))}
        />
        <p class="cap" id="code-hint">
          {p.till.code_hint}
        </p>
      </div>
      <Button look="quiet wide" icon="scan" onClick={() => setScanning(true)}>
        {p.till.scan}
      </Button>
      <Yuan name="bill" label={p.till.bill} hint={p.till.bill_hint} value={bill} onInput={setBill} />
      <details class="b-more" open={needsPart || undefined}>
        <summary>{p.till.part}</summary>
        <Yuan
          name="amount"
          label={p.till.amount}
          hint={p.till.amount_hint}
          value={amount}
          onInput={setAmount}
        />
      </details>
      <Button look="wide" submit busy={busy}>
        {p.till.go}
      </Button>
      <Sharing />
      <p class="vh" role="status">
        {isCode(code) ? p.till.code : ""}
      </p>
    </form>
  );
}

interface YuanProps {
  readonly name: string;
  readonly label: string;
  readonly hint: string;
  readonly value: string;
  readonly onInput: (value: string) => void;
}

/** A field for an amount. */
function Yuan({ name, label, hint, value, onInput }: YuanProps) {
  const isWrong = Number.isNaN(fenOf(value) ?? 0);
  return (
    <div>
      <label for={name}>{label}</label>
      <input
        id={name}
        name={name}
        inputMode="decimal"
        autocomplete="off"
        pattern="[0-9]{1,9}([.][0-9]{1,2})?"
        maxLength={12}
        value={value}
        aria-describedby={`${name}-hint`}
        aria-invalid={isWrong ? "true" : undefined}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
      <p class="cap" id={`${name}-hint`}>
        {hint}
      </p>
    </div>
  );
}

function Sharing() {
  const [isOn, setOn] = useState(isSharing);
  return (
    <label class="b-check-box">
      <input
        type="checkbox"
        checked={isOn}
        onChange={(event) => {
          setSharing(event.currentTarget.checked);
          setOn(event.currentTarget.checked);
        }}
      />
      <span>
        {p.till.position}
        <small>{p.till.position_hint}</small>
      </span>
    </label>
  );
}
