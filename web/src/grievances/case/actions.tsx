// What may be done with a case now: buttons, each opening a form made from what the service says it needs.

import { useState } from "preact/hooks";
import { Button } from "../../staff/parts/button";
import { Dialog } from "../../staff/parts/dialog";
import { Icon } from "../../staff/parts/icon";
import { Failure } from "../../staff/parts/notes";
import { departmentChoices } from "../parts/known";
import { whenWords } from "../parts/time";
import type { Allowed, Case, Step } from "../types";
import { g, w, wordIn } from "../words";
import { type Deed, useDeed } from "./deed";
import { fieldsOf, inOrder, sentWith, type Typed } from "./fields";
import { Fields } from "./form";

/** Steps that cannot be taken back by the next one; they ask before they are done. */
const GRAVE = ["confirm_decline", "archive"];

/** The words of an action. */
export function actionWords({ action, words }: Pick<Allowed, "action" | "words">): string {
  return words || wordIn(g.actions, action);
}

/** The buttons and the form of the one that was pressed. */
export function Actions({ of, onChange }: { of: Case; onChange: (next: Case) => void }) {
  const [open, setOpen] = useState("");
  const [typed, setTyped] = useState<Typed>({});
  const deed = useDeed(of, onChange);
  const ordered = inOrder(of.allowed);
  const press = (allowed: Allowed) => {
    const isBare = fieldsOf(allowed).length === 0 && !GRAVE.includes(allowed.action);
    deed.clear();
    if (isBare) void deed.run(allowed.action, {});
    else {
      setTyped((before) => ({ ...proposalFor(allowed.action, of), ...before }));
      setOpen(allowed.action);
    }
  };
  const close = () => {
    setOpen("");
    deed.clear();
  };
  return (
    <section class="panel pad stack actions" aria-label={g.case.actions}>
      <h2>{g.case.actions}</h2>
      {open ? null : <Refused deed={deed} of={of} />}
      {ordered.length === 0 ? <p class="cap">{g.case.nothing_to_do}</p> : null}
      <div class="buttons">
        {ordered.map((allowed, at) => (
          <Button
            key={allowed.action}
            look={at === 0 ? "" : "quiet"}
            busy={deed.task.busy && !open && at === 0}
            onClick={() => press(allowed)}
          >
            {actionWords(allowed)}
          </Button>
        ))}
      </div>
      {open ? (
        <Form
          key={open}
          of={of}
          action={open}
          typed={typed}
          deed={deed}
          onType={(name, value) => setTyped((before) => ({ ...before, [name]: value }))}
          onSwitch={(action) => {
            deed.clear();
            setOpen(action);
          }}
          onClose={close}
          onDone={() => {
            setOpen("");
            setTyped({});
          }}
        />
      ) : null}
    </section>
  );
}

/** What stands in a form before anybody writes: a case is dispatched where it should go. */
function proposalFor(action: string, { proposed_department: proposed }: Case): Typed {
  const isThere = departmentChoices().some(({ code }) => code === proposed?.id);
  return action === "dispatch" && proposed && isThere ? { department: proposed.id } : {};
}

interface FormProps {
  readonly of: Case;
  readonly action: string;
  readonly typed: Typed;
  readonly deed: Deed;
  readonly onType: (name: string, value: unknown) => void;
  readonly onSwitch: (action: string) => void;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

function Form({ of, action, typed, deed, onType, onSwitch, onClose, onDone }: FormProps) {
  // The step that was begun keeps its form although it is no longer allowed, so that nothing typed is lost.
  const [begun] = useState(() => of.allowed.find((allowed) => allowed.action === action));
  const allowed = of.allowed.find((now) => now.action === action);
  const shown = allowed ?? begun ?? { action, words: "", needs: [] };
  const fields = fieldsOf(shown);
  const send = async (event: Event) => {
    event.preventDefault();
    if (await deed.run(action, sentWith(fields, typed))) onDone();
  };
  const others = inOrder(of.allowed).filter((other) => other.action !== action);
  return (
    <Dialog title={actionWords(shown)} onClose={onClose} wide>
      <form class="stack" onSubmit={send}>
        <Refused deed={deed} of={of} />
        <Fields
          of={of}
          action={action}
          fields={fields}
          typed={typed}
          onType={onType}
          faults={deed.task.failure?.faults}
        />
        {allowed ? null : (
          <div class="stack">
            <p class="note">
              <Icon name="info" />
              <span>{g.case.no_longer}</span>
            </p>
            <div class="buttons">
              {others.map((other) => (
                <Button key={other.action} look="quiet" onClick={() => onSwitch(other.action)}>
                  {actionWords(other)}
                </Button>
              ))}
            </div>
          </div>
        )}
        <div class="bar end">
          <Button look="quiet" onClick={onClose}>
            {w.common.cancel}
          </Button>
          <Button type="submit" busy={deed.task.busy} disabled={!allowed}>
            {deed.meanwhile ? g.case.once_more : actionWords(shown)}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** Why it was not done; with what happened meanwhile where that is the reason. */
export function Refused({ deed, of }: { deed: Deed; of: Case }) {
  if (!deed.task.failure) return null;
  return (
    <>
      <Failure failure={deed.task.failure} />
      {deed.meanwhile ? (
        <div class="note meanwhile">
          <Icon name="clock" />
          <div>
            <b>{g.case.meanwhile}</b>
            <ul>
              {deed.meanwhile.steps.map((step) => (
                <li key={step.id}>{stepWords(step)}</li>
              ))}
              <li>
                {g.case.now} {g.states[of.state]}
              </li>
            </ul>
            <p>{g.case.kept}</p>
          </div>
        </div>
      ) : null}
    </>
  );
}

/** An entry of the timeline in one line. */
export function stepWords(step: Step): string {
  const who = step.account ? (step.account.name ?? w.people.erased) : "";
  return [whenWords(step.at), who, step.words].filter(Boolean).join(" · ");
}
