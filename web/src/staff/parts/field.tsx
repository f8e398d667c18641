// Fields: a label, the control, a hint, and what is wrong with it.

import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import type { Fault } from "../http";
import { Icon } from "./icon";

interface Framed {
  readonly label: string;
  /** What the interface calls it; by this name faults find it. */
  readonly name: string;
  readonly faults?: readonly Fault[] | undefined;
  readonly hint?: ComponentChildren;
}

/** The faults of a field: its own, and those of what is inside it. */
export function faultsOf(faults: readonly Fault[] | undefined, name: string): readonly Fault[] {
  const inside = (field: string) =>
    field === name || field.startsWith(`${name}.`) || field.startsWith(`${name}[`);
  return (faults ?? []).filter(({ field }) => inside(field.replace(/^\//, "").replaceAll("/", ".")));
}

/** What a control is told so that its label, hint and faults belong to it. */
interface Tied {
  readonly id: string;
  readonly name: string;
  readonly "aria-invalid"?: "true";
  readonly "aria-describedby"?: string;
}

/** A field around any control. */
export function Field({
  label,
  name,
  faults,
  hint,
  children,
}: Framed & { children: (tied: Tied) => ComponentChildren }) {
  const id = useId();
  const own = faultsOf(faults, name);
  const described = [hint ? `${id}-hint` : "", own.length > 0 ? `${id}-fault` : ""].filter(Boolean).join(" ");
  const tied: Tied = {
    id,
    name,
    ...(own.length > 0 ? { "aria-invalid": "true" as const } : {}),
    ...(described ? { "aria-describedby": described } : {}),
  };
  return (
    <div class={own.length > 0 ? "field bad" : "field"}>
      <label for={id}>{label}</label>
      {children(tied)}
      {hint ? (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      ) : null}
      <Faults faults={own} id={`${id}-fault`} />
    </div>
  );
}

/** What is wrong, in sentences. */
export function Faults({ faults, id }: { faults: readonly Fault[]; id: string }) {
  if (faults.length === 0) return null;
  return (
    <p class="fault" id={id}>
      <Icon name="warn" />
      <span>{faults.map(({ detail }) => detail).join(" ")}</span>
    </p>
  );
}

interface TextProps extends Framed {
  readonly value: string;
  readonly onInput: (value: string) => void;
  readonly type?: "text" | "search" | "password" | "date" | "datetime-local";
  readonly required?: boolean;
  readonly autocomplete?: string;
  readonly inputmode?: "numeric" | "decimal" | "tel";
  readonly lines?: number;
  readonly max?: number;
  readonly readonly?: boolean;
  readonly placeholder?: string;
  readonly focus?: boolean;
}

/** Takes the focus once, when it is drawn. */
function takeFocus(input: HTMLInputElement | null): void {
  input?.focus();
}

/** A field of text, of one line or more. */
export function Text(props: TextProps) {
  const { value, onInput, type = "text", required, autocomplete, inputmode, lines, max, focus } = props;
  return (
    <Field {...props}>
      {(tied) =>
        lines ? (
          <textarea
            {...tied}
            class="input"
            rows={lines}
            value={value}
            required={required}
            readOnly={props.readonly}
            maxLength={max}
            onInput={(event) => onInput(event.currentTarget.value)}
          />
        ) : (
          <input
            {...tied}
            class="input"
            type={type as "text"}
            value={value}
            required={required}
            readOnly={props.readonly}
            autocomplete={autocomplete}
            inputMode={inputmode}
            maxLength={max}
            placeholder={props.placeholder}
            ref={focus ? takeFocus : null}
            onInput={(event) => onInput(event.currentTarget.value)}
          />
        )
      }
    </Field>
  );
}

interface Choice {
  readonly code: string;
  readonly word: string;
}

interface PickProps extends Framed {
  readonly value: string;
  readonly choices: readonly Choice[];
  readonly onPick: (code: string) => void;
  /** The word for no choice; without it there always is one. */
  readonly none?: string;
  readonly disabled?: boolean;
}

/** One of several, in a list that drops down. */
export function Pick(props: PickProps) {
  const { value, choices, onPick, none, disabled } = props;
  return (
    <Field {...props}>
      {(tied) => (
        <select
          {...tied}
          class="input"
          value={value}
          disabled={disabled}
          onChange={(event) => onPick(event.currentTarget.value)}
        >
          {none === undefined ? null : <option value="">{none}</option>}
          {choices.map(({ code, word }) => (
            <option key={code} value={code} selected={code === value}>
              {word}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

/** A box to check, with its words beside it. */
export function Check({
  label,
  on,
  onChange,
  disabled,
}: {
  label: ComponentChildren;
  on: boolean;
  onChange: (on: boolean) => void;
  disabled?: boolean;
}) {
  return (
    <label class="check">
      <input
        type="checkbox"
        checked={on}
        disabled={disabled}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <span>{label}</span>
    </label>
  );
}

/** Any number of several, as boxes. */
export function Checks({
  label,
  name,
  values,
  choices,
  onChange,
  faults,
}: {
  label: string;
  name: string;
  values: readonly string[];
  choices: readonly Choice[];
  onChange: (values: string[]) => void;
  faults?: readonly Fault[];
}) {
  const id = useId();
  const toggle = (code: string, on: boolean) =>
    onChange(choices.map((c) => c.code).filter((c) => (c === code ? on : values.includes(c))));
  return (
    <fieldset class="checks" aria-describedby={`${id}-fault`}>
      <legend>{label}</legend>
      {choices.map(({ code, word }) => (
        <Check key={code} label={word} on={values.includes(code)} onChange={(on) => toggle(code, on)} />
      ))}
      <Faults faults={faultsOf(faults, name)} id={`${id}-fault`} />
    </fieldset>
  );
}
