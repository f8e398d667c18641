// Signing in with a phone number and a code sent to it; there is no password.

import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Refusal } from "../../staff/http";
import { readSession, sendCode, signIn, signOut } from "./api";
import { Button, Failure, Loading, refusalOf, useTask } from "./parts";
import type { PhoneSession } from "./types";
import { p, say } from "./words";

/** How long until another code may be sent, in seconds. */
const PAUSE_S = 60;

/** What a screen is given once somebody is signed in. */
export interface Signed {
  readonly session: PhoneSession;
  readonly leave: () => void;
  readonly renew: () => void;
}

interface GateProps {
  /** Why one should sign in. */
  readonly lead: string;
  readonly title: string;
  readonly children: (signed: Signed) => ComponentChildren;
}

/** Who is signed in on this phone: null where nobody is, undefined while it is asked. */
export function useSession() {
  const [session, setSession] = useState<PhoneSession | null>();
  const [failure, setFailure] = useState<Refusal>();
  const renew = () => {
    setFailure(undefined);
    readSession().then(setSession, (cause: unknown) => {
      const refusal = refusalOf(cause);
      if (refusal.status === 401) setSession(null);
      else setFailure(refusal);
    });
  };
  useEffect(renew, []);
  const leave = () => {
    void signOut()
      .catch(() => undefined)
      .then(() => setSession(null));
  };
  return { session, failure, renew, setSession, leave };
}

/** Shows its children to whoever is signed in, and the sign-in to everybody else. */
export function Gate({ lead, title, children }: GateProps) {
  const { session, failure, renew, setSession, leave } = useSession();
  if (session) return <>{children({ session, leave, renew })}</>;
  return (
    <>
      <div class="say">
        <h1>{title}</h1>
      </div>
      <Failure failure={failure} onRetry={renew} />
      {session === undefined && !failure ? <Loading /> : null}
      {session === null ? <SignIn lead={lead} onSigned={setSession} /> : null}
    </>
  );
}

/** The two steps of signing in. */
export function SignIn({ lead, onSigned }: { lead: string; onSigned: (session: PhoneSession) => void }) {
  const [phone, setPhone] = useState("");
  const [isSent, setSent] = useState(false);
  if (!isSent) return <AskPhone lead={lead} phone={phone} setPhone={setPhone} onSent={() => setSent(true)} />;
  return <AskCode phone={phone} onSigned={onSigned} onBack={() => setSent(false)} />;
}

interface AskPhoneProps {
  readonly lead: string;
  readonly phone: string;
  readonly setPhone: (phone: string) => void;
  readonly onSent: () => void;
}

function AskPhone({ lead, phone, setPhone, onSent }: AskPhoneProps) {
  const task = useTask();
  const send = async (event: Event) => {
    event.preventDefault();
    if (await task.run(() => sendCode(phone.trim()))) onSent();
  };
  return (
    <form class="ask" onSubmit={send}>
      <p class="cap">{lead}</p>
      <Failure failure={task.failure} />
      <div>
        <label for="phone">{p.sign_in.phone}</label>
        <input
          id="phone"
          name="phone"
          type="tel"
          inputMode="tel"
          autocomplete="tel"
          required
          maxLength={24}
          value={phone}
          aria-describedby="phone-hint"
          onInput={(event) => setPhone(event.currentTarget.value)}
        />
        <p class="cap" id="phone-hint">
          {p.sign_in.phone_hint}
        </p>
      </div>
      <Button look="wide" submit busy={task.busy}>
        {p.sign_in.send}
      </Button>
    </form>
  );
}

/** Counts down to the time when another code may be sent. */
function usePause(round: number): number {
  const [left, setLeft] = useState(PAUSE_S);
  useEffect(() => {
    const end = performance.now() + PAUSE_S * 1000;
    setLeft(PAUSE_S);
    const timer = setInterval(() => setLeft(Math.max(0, Math.ceil((end - performance.now()) / 1000))), 500);
    return () => clearInterval(timer);
  }, [round]);
  return left;
}

interface AskCodeProps {
  readonly phone: string;
  readonly onSigned: (session: PhoneSession) => void;
  readonly onBack: () => void;
}

function AskCode({ phone, onSigned, onBack }: AskCodeProps) {
  const [code, setCode] = useState("");
  const [round, setRound] = useState(0);
  const left = usePause(round);
  const task = useTask();
  const again = useTask();
  const send = async (event: Event) => {
    event.preventDefault();
    await task.run(async () => onSigned(await signIn(phone.trim(), code.trim())));
  };
  const resend = async () => {
    if (await again.run(() => sendCode(phone.trim()))) setRound(round + 1);
  };
  return (
    <form class="ask" onSubmit={send}>
      <p role="status">{say(p.sign_in.sent, { phone })}</p>
      <Failure failure={task.failure ?? again.failure} />
      <div>
        <label for="code">{p.sign_in.code}</label>
        <input
          id="code"
          name="code"
          class="b-digits"
          inputMode="numeric"
          autocomplete="one-time-code"
          pattern="[0-9]{6}"
          required
          maxLength={6}
          value={code}
          ref={takeFocus}
          onInput={(event) => setCode(event.currentTarget.value.replace(/\D/g, ""))}
        />
      </div>
      <Button look="wide" submit busy={task.busy}>
        {p.sign_in.go}
      </Button>
      <p class="cap">{left > 0 ? say(p.sign_in.not_come, { s: left }) : p.sign_in.not_come_now}</p>
      <div class="one-line">
        {left > 0 ? null : (
          <Button look="quiet" busy={again.busy} onClick={() => void resend()}>
            {p.sign_in.resend}
          </Button>
        )}
        <Button look="plain" onClick={onBack}>
          {p.sign_in.other}
        </Button>
      </div>
    </form>
  );
}

function takeFocus(input: HTMLInputElement | null): void {
  input?.focus();
}
