// The frame of a list: what failed, that it is loading, that there is nothing, its rows, and more of them.

import type { ComponentChildren } from "preact";
import { Button } from "../parts/button";
import { Failure, Loading, Nothing } from "../parts/notes";
import type { Page } from "../types";
import { w } from "../words";
import type { List } from "./use-list";

interface FrameProps<T, P extends Page<T>> {
  readonly list: List<T, P>;
  /** What is said where there is nothing, and the picture beside it. */
  readonly none: string;
  readonly icon: string;
  /** What to do about it. */
  readonly text?: string | undefined;
  /** How many rows are hinted at while they come. */
  readonly rows?: number;
  /** Draws the rows; it is called only where there are some. */
  readonly children: (items: readonly T[]) => ComponentChildren;
}

/** A panel with the rows of a list, in whatever state the list is. */
export function ListFrame<T, P extends Page<T>>(props: FrameProps<T, P>) {
  const { list, none, icon, text, rows = 6, children } = props;
  const { items, failure } = list;
  return (
    <section class="panel tbl">
      <Failure failure={failure} onRetry={list.renew} />
      {!items && !failure ? <Loading rows={rows} /> : null}
      {items?.length === 0 ? (
        <Nothing title={none} icon={icon}>
          {text ? <p>{text}</p> : null}
        </Nothing>
      ) : null}
      {items && items.length > 0 ? children(items) : null}
      <MoreButton list={list} />
    </section>
  );
}

/** The button for the next page, where there is one. */
export function MoreButton({ list }: { list: Pick<List<unknown>, "more" | "busy"> }) {
  if (!list.more) return null;
  return (
    <div class="pages">
      <Button look="quiet" busy={list.busy} onClick={list.more}>
        {w.common.more}
      </Button>
    </div>
  );
}

/** The word over a column; with `n` it is of figures, with `gives` it yields on a narrow screen, with `vh` only heard. */
export type Column = string | readonly [word: string, look: "n" | "gives" | "vh"];

/** A table with its columns' words; the rows are its children. */
export function Table(props: { columns: readonly Column[]; children: ComponentChildren; look?: string }) {
  const { columns, children, look = "roomy" } = props;
  return (
    <div class="scroll">
      <table class={look}>
        <thead>
          <tr>
            {columns.map((column) => (
              <Heading key={column} column={column} />
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}

function Heading({ column }: { column: Column }) {
  if (typeof column === "string") return <th scope="col">{column}</th>;
  const [word, look] = column;
  if (look !== "vh") return <th scope="col" class={look}>{word}</th>; // biome-ignore format: one row
  return (
    <th scope="col">
      <span class="vh">{word}</span>
    </th>
  );
}
