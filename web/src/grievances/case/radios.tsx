// One of a few, all of them in sight.

import { useId } from "preact/hooks";
import type { Fault } from "../../staff/http";
import { Faults, faultsOf } from "../../staff/parts/field";

interface Props {
  readonly label: string;
  readonly name: string;
  readonly value: string;
  readonly choices: readonly { readonly code: string; readonly word: string; readonly hint?: string }[];
  readonly onPick: (code: string) => void;
  readonly required?: boolean;
  readonly faults?: readonly Fault[] | undefined;
  readonly focus?: boolean;
}

/** Takes the focus once, when it is drawn: a function of its own for each drawing would take it each time. */
function takeFocus(input: HTMLInputElement | null): void {
  input?.focus();
}

/** Radio buttons that look like keys. */
export function Radios({ label, name, value, choices, onPick, required, faults, focus }: Props) {
  const id = useId();
  const own = faultsOf(faults, name);
  return (
    <fieldset class="radios" aria-describedby={own.length > 0 ? `${id}-fault` : undefined}>
      <legend>{label}</legend>
      <div class="bar wrap">
        {choices.map(({ code, word, hint }, at) => (
          <label key={code} class={value === code ? "pick on" : "pick"}>
            <input
              type="radio"
              name={name}
              value={code}
              required={required}
              checked={value === code}
              ref={focus && at === 0 ? takeFocus : null}
              onChange={() => onPick(code)}
            />
            <span>
              {word}
              {hint ? <small>{hint}</small> : null}
            </span>
          </label>
        ))}
      </div>
      <Faults faults={own} id={`${id}-fault`} />
    </fieldset>
  );
}
