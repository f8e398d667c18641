// From when to when, and why: what a notice and a regime both ask.

import type { Fault } from "../http";
import { Text } from "../parts/field";
import { w } from "../words";
import type { fieldsOf } from "./spans";

type Times = ReturnType<typeof fieldsOf>;

interface Props {
  readonly times: Times;
  readonly onTimes: (times: Times) => void;
  readonly reason: string;
  readonly onReason: (reason: string) => void;
  readonly faults: readonly Fault[] | undefined;
  readonly hint?: string;
}

/** The fields. */
export function TimesAndReason({ times, onTimes, reason, onReason, faults, hint }: Props) {
  return (
    <>
      <div class="two dates">
        {(["from", "to"] as const).map((name) => (
          <Text
            key={name}
            label={w.notices[name]}
            name={name}
            type="datetime-local"
            value={times[name]}
            onInput={(value) => onTimes({ ...times, [name]: value })}
            faults={faults}
            required={name === "from"}
          />
        ))}
      </div>
      <Text
        label={w.notices.reason}
        hint={hint}
        name="reason"
        value={reason}
        onInput={onReason}
        faults={faults}
        max={200}
        required
      />
    </>
  );
}
