// Buttons: filled, quiet and plain; one that waits keeps its width and says so.

import type { ComponentChildren } from "preact";
import { w } from "../words";
import { Icon } from "./icon";

interface Props {
  readonly children: ComponentChildren;
  readonly onClick?: (event: MouseEvent) => void;
  readonly icon?: string;
  /** `quiet`, `plain`, `bad` or filled. */
  readonly look?: string;
  readonly type?: "button" | "submit";
  readonly busy?: boolean;
  readonly disabled?: boolean;
  readonly label?: string;
  readonly pressed?: boolean;
  readonly title?: string;
}

/** A button. While it waits it does nothing more. */
export function Button(props: Props) {
  const {
    children,
    onClick,
    icon,
    look = "",
    type = "button",
    busy,
    disabled,
    label,
    pressed,
    title,
  } = props;
  return (
    <button
      type={type}
      class={`btn ${look}`}
      aria-busy={busy ? "true" : undefined}
      aria-label={label}
      aria-pressed={pressed}
      title={title}
      disabled={disabled}
      onClick={(event) => {
        if (busy) event.preventDefault();
        else onClick?.(event);
      }}
    >
      {icon ? <Icon name={icon} /> : null}
      <span>{busy ? w.common.working : children}</span>
    </button>
  );
}
