// A button that opens a small panel below itself; Escape and a click elsewhere close it.

import type { ComponentChildren } from "preact";
import { useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import { Icon } from "./icon";

/** A button with a panel. What is in the panel is drawn only while it is open. */
export function Menu({
  label,
  children,
  look = "btn quiet",
  icon,
  right = false,
}: {
  label: ComponentChildren;
  children: (close: () => void) => ComponentChildren;
  look?: string;
  icon?: string;
  right?: boolean;
}) {
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();
  const close = () => {
    setOpen(false);
    button.current?.focus();
  };
  useLayoutEffect(() => {
    if (!open) return;
    box.current?.querySelector<HTMLElement>(".drop :is(input, button, a, select)")?.focus();
    const outside = (event: Event) => {
      if (event.target instanceof Node && !box.current?.contains(event.target)) setOpen(false);
    };
    const leave = (event: KeyboardEvent) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      close();
    };
    const inside = box.current;
    inside?.addEventListener("keydown", leave);
    document.addEventListener("pointerdown", outside);
    document.addEventListener("focusin", outside);
    return () => {
      inside?.removeEventListener("keydown", leave);
      document.removeEventListener("pointerdown", outside);
      document.removeEventListener("focusin", outside);
    };
  }, [open]);
  return (
    <div class="menu" ref={box}>
      <button
        type="button"
        class={look}
        ref={button}
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onClick={() => setOpen(!open)}
      >
        {icon ? <Icon name={icon} /> : null}
        {label}
      </button>
      {open ? (
        <div class={right ? "drop right" : "drop"} id={id}>
          {children(close)}
        </div>
      ) : null}
    </div>
  );
}
