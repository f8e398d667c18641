// Links in a row, one of which is where one is: the tabs of a screen, the states of a list.

import type { ComponentChildren } from "preact";

/** One of the links. */
export interface Chip {
  readonly key: string;
  readonly word: ComponentChildren;
  readonly href: string;
  readonly on: boolean;
}

/** The row. */
export function Chips(props: { label: string; chips: readonly Chip[]; children?: ComponentChildren }) {
  return (
    <nav class="chips" aria-label={props.label}>
      {props.chips.map(({ key, word, href, on }) => (
        <a key={key} class={on ? "chip on" : "chip"} aria-current={on ? "page" : undefined} href={href}>
          {word}
        </a>
      ))}
      {props.children}
    </nav>
  );
}
