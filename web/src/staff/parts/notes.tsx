// What a screen says of its own state: it is loading, there is nothing, it failed, it was done.

import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { Refusal } from "../http";
import { w, wordIn } from "../words";
import { Button } from "./button";
import { Icon } from "./icon";
import { wordsOf } from "./task";

/** A failure with all that is wrong with the fields. It takes the focus, so that nobody misses it. */
export function Failure({ failure, onRetry }: { failure: Refusal | undefined; onRetry?: () => void }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (failure) box.current?.focus();
  }, [failure]);
  if (!failure) return null;
  return (
    <div class="note bad" role="alert" tabIndex={-1} ref={box}>
      <Icon name="warn" />
      <div>
        <b>{wordsOf(failure)}</b>
        {failure.faults.length > 0 ? (
          <ul>
            {failure.faults.map((fault) => (
              <li key={fault.field + fault.code}>
                <button type="button" class="to-field" onClick={() => toField(fault.field)}>
                  {wordIn(w.fields, fault.field.split(/[./[]/).find(Boolean) ?? fault.field)}
                </button>
                {w.common.colon}
                {fault.detail}
              </li>
            ))}
          </ul>
        ) : null}
        {onRetry ? (
          <Button look="quiet" icon="undo" onClick={onRetry}>
            {w.common.again}
          </Button>
        ) : null}
      </div>
    </div>
  );
}

function toField(name: string): void {
  const first = name.split(/[./[]/).find(Boolean) ?? name;
  const fields = document.querySelectorAll<HTMLElement>(`[name="${CSS.escape(first)}"]`);
  [...fields].at(-1)?.focus();
}

/** Something that was done. */
export function Done({ children }: { children: ComponentChildren }) {
  return (
    <p class="note good" role="status">
      <Icon name="check" />
      <span>{children}</span>
    </p>
  );
}

/** Rows that are not there yet. */
export function Loading({ rows = 8 }: { rows?: number }) {
  return (
    <div class="loading" role="status">
      <span class="vh">{w.common.loading}</span>
      {Array.from({ length: rows }, (_, i) => (
        <div class="sk" key={i} />
      ))}
    </div>
  );
}

/** Nothing there, and what to do about it. */
export function Nothing({
  title,
  children,
  icon = "info",
}: {
  title: string;
  children?: ComponentChildren;
  icon?: string;
}) {
  return (
    <div class="nothing">
      <Icon name={icon} />
      <b>{title}</b>
      {children}
    </div>
  );
}
