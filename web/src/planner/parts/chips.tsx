// Chips to switch on and off: several of a kind, or one of a few. Rare ones are behind a chip that shows them.

import { useState } from "preact/hooks";
import { Icon } from "../../staff/parts/icon";
import type { Term } from "../../staff/shell";
import { p, say } from "../words";

interface ChipProps {
  readonly on: boolean;
  readonly onClick: () => void;
  readonly word: string;
}

/** A chip; one that is on has a tick as well as its fill. */
export function Chip({ on, onClick, word }: ChipProps) {
  return (
    <button type="button" class={on ? "chip on" : "chip"} aria-pressed={on} onClick={onClick}>
      {on ? <Icon name="check" /> : null}
      {word}
    </button>
  );
}

interface ManyProps {
  readonly label: string;
  readonly terms: readonly Term[];
  readonly values: readonly string[];
  readonly onChange: (values: string[]) => void;
  /** The word of the chip that means all of them. */
  readonly all?: string;
  /** So many are shown at first, besides those that are on. */
  readonly first: number;
}

/** Any number of several. */
export function Many({ label, terms, values, onChange, all, first }: ManyProps) {
  const [isWhole, setWhole] = useState(false);
  const shown = terms.filter(({ code }, i) => isWhole || i < first || values.includes(code));
  const hidden = terms.length - terms.filter(({ code }, i) => i < first || values.includes(code)).length;
  const toggle = (code: string) =>
    onChange(
      terms.map((term) => term.code).filter((c) => (c === code ? !values.includes(c) : values.includes(c))),
    );
  return (
    <fieldset class="ask">
      <legend>{label}</legend>
      <div class="chips">
        {all === undefined ? null : <Chip on={values.length === 0} word={all} onClick={() => onChange([])} />}
        {shown.map(({ code, word }) => (
          <Chip key={code} on={values.includes(code)} word={word} onClick={() => toggle(code)} />
        ))}
        {hidden > 0 ? (
          <button type="button" class="link" aria-expanded={isWhole} onClick={() => setWhole(!isWhole)}>
            {isWhole ? p.ask.fewer : say(p.ask.more, hidden)}
          </button>
        ) : null}
      </div>
    </fieldset>
  );
}

/** One of a few. */
export function One<C extends string | number>(props: {
  label: string;
  choices: readonly { readonly code: C; readonly word: string }[];
  value: C;
  onPick: (code: C) => void;
}) {
  const { label, choices, value, onPick } = props;
  return (
    <fieldset class="ask">
      <legend>{label}</legend>
      <div class="chips">
        {choices.map(({ code, word }) => (
          <Chip key={code} on={code === value} word={word} onClick={() => onPick(code)} />
        ))}
      </div>
    </fieldset>
  );
}
