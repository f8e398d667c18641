// Doing something with a case that others work on too: a step that came too late loses nothing of what was typed.

import { useState } from "preact/hooks";
import { Refusal } from "../../staff/http";
import { type Task, useTask } from "../../staff/parts/task";
import { go } from "../../staff/route";
import { act, readCase } from "../api";
import type { Case, Step } from "../types";
import { handedOn, renewWaiting } from "../waiting";

/** What happened to a case between reading and doing. */
export interface Meanwhile {
  readonly steps: readonly Step[];
}

/** A deed and what stood in its way. */
export interface Deed {
  readonly task: Task;
  readonly meanwhile: Meanwhile | undefined;
  /** Does it; tells whether it was done. */
  run(action: string, fields: object): Promise<boolean>;
  clear(): void;
}

/** Whether a refusal means that the case is no longer what one saw. */
export function isTooLate(refusal: Refusal): boolean {
  return refusal.status === 412 || refusal.status === 409 || (refusal.status === 403 && !!refusal.allowed);
}

/** The entries of a timeline that another one has not. */
export function newSteps(before: Case, after: Case): Step[] {
  const known = new Set(before.timeline.map(({ id }) => id));
  return after.timeline.filter(({ id }) => !known.has(id));
}

/** Leads back to the queue from a case that was just taken out of one's hands. */
function leave({ number }: Case): void {
  handedOn.value = number;
  go("/grievances");
}

/** Deeds on one case. `onChange` is told of every newer version. */
export function useDeed(of: Case, onChange: (next: Case) => void): Deed {
  const task = useTask();
  const [meanwhile, setMeanwhile] = useState<Meanwhile>();
  const run = (action: string, fields: object) =>
    task.run(async () => {
      setMeanwhile(undefined);
      try {
        const next = await act(of.id, of.version, action, fields);
        void renewWaiting();
        if (next) onChange(next);
        else leave(of);
      } catch (cause) {
        if (cause instanceof Refusal && isTooLate(cause)) {
          const next = await readCase(of.id);
          setMeanwhile({ steps: newSteps(of, next) });
          onChange(next);
        }
        throw cause;
      }
    });
  return {
    task,
    meanwhile,
    run,
    clear: () => {
      task.clear();
      setMeanwhile(undefined);
    },
  };
}
