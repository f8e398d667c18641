// What the forms of the desk have in common: a dialog that saves, amounts, whole numbers, districts.

import type { ComponentChildren } from "preact";
import type { Fault } from "../../../staff/http";
import { Button } from "../../../staff/parts/button";
import { Dialog } from "../../../staff/parts/dialog";
import { Pick, Text } from "../../../staff/parts/field";
import { Failure } from "../../../staff/parts/notes";
import { useTask } from "../../../staff/parts/task";
import { districts } from "../../../staff/shell";
import { b, say, w } from "../words";

export type Faults = readonly Fault[] | undefined;

/** A form over the page: its fields, and saving it. */
export function Form(props: {
  title: string;
  onClose: () => void;
  /** Saves what stands in the fields. */
  save: () => Promise<unknown>;
  children: (faults: Faults) => ComponentChildren;
  go?: string;
}) {
  const { title, onClose, save, children, go = b.common.save } = props;
  const task = useTask();
  const send = async (event: Event) => {
    event.preventDefault();
    if (await task.run(save)) onClose();
  };
  return (
    <Dialog title={title} onClose={onClose} wide>
      <form class="stack" onSubmit={send}>
        <Failure failure={task.failure} />
        {children(task.failure?.faults)}
        <div class="bar end">
          <Button look="quiet" onClick={onClose}>
            {w.common.cancel}
          </Button>
          <Button type="submit" busy={task.busy}>
            {go}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

interface NumberProps {
  readonly label: string;
  readonly name: string;
  readonly value: string;
  readonly onInput: (value: string) => void;
  readonly faults: Faults;
  readonly hint?: string;
  readonly required?: boolean;
}

/** A field for an amount in yuan or a whole number. */
export function Figure(props: NumberProps & { yuan?: boolean }) {
  const { yuan = false, hint, required = false, ...rest } = props;
  return (
    <Text
      {...rest}
      {...(hint ? { hint } : {})}
      required={required}
      inputmode={yuan ? "decimal" : "numeric"}
      max={16}
    />
  );
}

/** The choice of a district. */
export function District(props: {
  value: string;
  onPick: (adcode: string) => void;
  faults: Faults;
  none?: string;
  label?: string;
}) {
  const { value, onPick, faults, none, label = b.common.district } = props;
  return (
    <Pick
      label={label}
      name="district"
      value={value}
      {...(none === undefined ? {} : { none })}
      choices={districts.map(({ adcode, name }) => ({ code: adcode, word: name }))}
      onPick={onPick}
      faults={faults}
    />
  );
}

/** The codes of a vocabulary with their words. */
export function choices(
  codes: readonly string[],
  words: Readonly<Record<string, string>>,
): { code: string; word: string }[] {
  return codes.map((code) => ({ code, word: words[code] ?? code }));
}

/** The words of the button that changes something named. */
export function editOf(name: string): string {
  return say(b.common.edit_of, { name });
}
