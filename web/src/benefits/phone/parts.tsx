// What screens on a phone are made of: buttons, notes, what went wrong, what is on its way.

import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Refusal } from "../../staff/http";
import { p, say } from "./words";

/** An icon by its name in the style sheet. */
export function Icon({ name }: { name: string }) {
  return <i class={`i i-${name}`} aria-hidden="true" />;
}

interface ButtonProps {
  readonly children: ComponentChildren;
  readonly onClick?: () => void;
  /** `quiet`, `plain`, or filled. */
  readonly look?: string;
  readonly icon?: string;
  readonly busy?: boolean;
  readonly submit?: boolean;
  readonly label?: string;
}

/** A button; while it waits it does nothing more. */
export function Button({ children, onClick, look = "", icon, busy, submit, label }: ButtonProps) {
  return (
    <button
      type={submit ? "submit" : "button"}
      class={`btn ${look}`}
      aria-busy={busy ? "true" : undefined}
      aria-label={label}
      onClick={(event) => {
        if (busy) event.preventDefault();
        else onClick?.();
      }}
    >
      {icon ? <Icon name={icon} /> : null}
      <span>{busy ? p.common.working : children}</span>
    </button>
  );
}

/** Something that is said, with what can be done about it; a bad one takes the focus. */
export function Note(props: {
  title: string;
  children?: ComponentChildren;
  look?: "bad" | "good" | "";
  icon?: string;
}) {
  const { title, children, look = "", icon = look === "good" ? "check" : "warn" } = props;
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (look === "bad") box.current?.focus();
  }, [title]);
  return (
    <div class={`note ${look}`} role={look === "bad" ? "alert" : "status"} tabIndex={-1} ref={box}>
      <Icon name={icon} />
      <div>
        <b>{title}</b>
        {children}
      </div>
    </div>
  );
}

/** Rows that are not there yet. */
export function Loading() {
  return (
    <div class="b-loading" role="status">
      <span class="vh">{p.common.loading}</span>
      <div class="sk" />
      <div class="sk" />
      <div class="sk" />
    </div>
  );
}

/** Nothing there, and what to do about it. */
export function Nothing({ title, children }: { title: string; children?: ComponentChildren }) {
  return (
    <div class="b-nothing">
      <b>{title}</b>
      {children}
    </div>
  );
}

/** What went wrong, for people: the service's own words where it has some. */
export function wordsOf(failure: Refusal): string {
  const known = p.failures as Readonly<Record<string, string>>;
  if (failure.status === 429)
    return say(p.failures.too_many, { minutes: Math.max(1, Math.ceil((failure.retry_s ?? 60) / 60)) });
  if (Object.hasOwn(known, failure.code)) return known[failure.code] ?? "";
  return [failure.message, ...failure.faults.map(({ detail }) => detail)].find(Boolean) ?? p.failures.fault;
}

/** A failure, and trying again. */
export function Failure({ failure, onRetry }: { failure: Refusal | undefined; onRetry?: () => void }) {
  if (!failure) return null;
  const faults = failure.faults.map(({ detail }) => detail).filter((detail) => detail !== wordsOf(failure));
  return (
    <Note title={wordsOf(failure)} look="bad" icon={failure.status === 0 ? "offline" : "warn"}>
      {faults.map((detail) => (
        <p key={detail}>{detail}</p>
      ))}
      {onRetry ? (
        <button type="button" onClick={onRetry}>
          {p.common.again}
        </button>
      ) : null}
    </Note>
  );
}

/** Whatever went wrong, as a refusal. */
export function refusalOf(cause: unknown): Refusal {
  if (cause instanceof Refusal) return cause;
  console.error(cause);
  return new Refusal(500, "fault", "");
}

/** Something that takes a while: whether it is under way, and what became of it. */
export function useTask() {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Refusal>();
  const running = useRef(false);
  const run = async (work: () => Promise<unknown>): Promise<boolean> => {
    if (running.current) return false;
    running.current = true;
    setBusy(true);
    setFailure(undefined);
    try {
      await work();
      return true;
    } catch (cause) {
      setFailure(refusalOf(cause));
      return false;
    } finally {
      running.current = false;
      setBusy(false);
    }
  };
  return { busy, failure, run, clear: () => setFailure(undefined) };
}

/** Something that a screen reads, anew whenever its key is another. */
export function useRead<T>(key: string, read: () => Promise<T>) {
  const [told, setTold] = useState<{ key: string; value?: T; failure?: Refusal }>({ key });
  const turn = useRef(0);
  const renew = () => {
    const mine = ++turn.current;
    read().then(
      (value) => mine === turn.current && setTold({ key, value }),
      (cause: unknown) =>
        mine === turn.current && setTold((old) => ({ ...old, key, failure: refusalOf(cause) })),
    );
  };
  useEffect(renew, [key]);
  const own = told.key === key ? told : undefined;
  const put = (value: T) => setTold({ key, value });
  return { value: own?.value, failure: own?.failure, renew, put };
}
