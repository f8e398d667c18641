// The top of a screen: its title, and what can be done with the whole of it.

import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import { w } from "../words";

/** The title of a screen, which is the title of the page as well. */
export function Head({
  title,
  note,
  children,
  brand = w.nav.brand,
}: {
  title: string;
  note?: ComponentChildren;
  /** The name of the page that the screen is of. */
  brand?: string;
  children?: ComponentChildren;
}) {
  useEffect(() => {
    document.title = `${title} · ${brand}`;
  }, [title, brand]);
  return (
    <header class="bar head">
      <h1>
        {title}
        {note ? <small>{note}</small> : null}
      </h1>
      {children}
    </header>
  );
}
