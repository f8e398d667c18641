// A dialog over the page: it takes the focus, closes with Escape, and gives the focus back.

import type { ComponentChildren } from "preact";
import { useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Refusal } from "../http";
import { w } from "../words";
import { Button } from "./button";
import { Text } from "./field";
import { Icon } from "./icon";
import { Failure } from "./notes";
import { useTask } from "./task";

/** A dialog with its title. */
export function Dialog({
  title,
  onClose,
  children,
  wide = false,
}: {
  title: string;
  onClose: () => void;
  children: ComponentChildren;
  wide?: boolean;
}) {
  const box = useRef<HTMLDialogElement>(null);
  const id = useId();
  useLayoutEffect(() => {
    const [dialog, before] = [box.current, document.activeElement];
    dialog?.showModal();
    return () => {
      // Under a dialog that is open nothing else takes the focus; one that is out of the page already gives none back.
      dialog?.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    };
  }, []);
  return (
    <dialog
      ref={box}
      class={wide ? "dialog wide" : "dialog"}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      // A browser closes it without asking when Escape comes twice with nothing between.
      onClose={(event) => event.currentTarget.isConnected && onClose()}
    >
      <header>
        <h2 id={id}>{title}</h2>
        <button type="button" class="bare" aria-label={w.common.close} onClick={onClose}>
          <Icon name="close" />
        </button>
      </header>
      {children}
    </dialog>
  );
}

/** What is asked before something is done. */
export interface Question {
  readonly title: string;
  readonly text?: ComponentChildren;
  /** The words of the button that does it. */
  readonly go: string;
  /** Whether a reason must be given, may be, or is not asked. */
  readonly reason: "must" | "may" | "no";
  readonly run: (reason: string) => Promise<unknown>;
}

/** Asks before something is done, for a reason where one is wanted. */
export function Ask({ question, onClose }: { question: Question; onClose: () => void }) {
  const [reason, setReason] = useState("");
  const task = useTask();
  const go = async (event: Event) => {
    event.preventDefault();
    if (await task.run(() => question.run(reason.trim()))) onClose();
  };
  return (
    <Dialog title={question.title} onClose={onClose}>
      <form onSubmit={go} class="stack">
        {question.text ? <div>{question.text}</div> : null}
        <Failure failure={task.failure as Refusal | undefined} />
        {question.reason === "no" ? null : (
          <Text
            label={question.reason === "must" ? w.common.reason : w.common.reason_optional}
            name="reason"
            value={reason}
            onInput={setReason}
            required={question.reason === "must"}
            lines={3}
            max={500}
            faults={task.failure?.faults}
          />
        )}
        <div class="bar end">
          <Button look="quiet" onClick={onClose}>
            {w.common.cancel}
          </Button>
          <Button type="submit" busy={task.busy}>
            {question.go}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
