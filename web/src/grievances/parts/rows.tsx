// A table of cases: number, what, state, who, due. Arrows or j and k move through it, Enter opens.

import { useLayoutEffect, useState } from "preact/hooks";
import { go } from "../../staff/route";
import { districtName } from "../../staff/shell";
import { beside } from "../queue/filters";
import { caseHref } from "../route";
import type { Row } from "../types";
import { g } from "../words";
import { isCommand } from "./keys";
import { DueTag, Level, StateTag } from "./state";
import { dayWords } from "./time";

/** Moves through rows by keys; gives the row that is current. */
export function useRows(ids: readonly string[], open: (id: string) => void): string {
  const [current, setCurrent] = useState("");
  // Before the next key is heard: whoever knows the keys presses them faster than pictures come.
  useLayoutEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (!isCommand(event)) return;
      const { target, key } = event;
      const isFree =
        target === document.body || (target instanceof Element && target.matches("[data-row], .main"));
      const step =
        key === "j" || (key === "ArrowDown" && isFree)
          ? 1
          : key === "k" || (key === "ArrowUp" && isFree)
            ? -1
            : 0;
      if (step !== 0) {
        const next = beside(ids, current, step);
        if (next === undefined) return;
        event.preventDefault();
        setCurrent(next);
        const row = document.querySelector<HTMLElement>(`[data-row="${CSS.escape(next)}"]`);
        row?.focus();
        row?.scrollIntoView({ block: "nearest" });
      } else if (key === "Enter" && isFree && current) {
        event.preventDefault();
        open(current);
      }
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, [ids.join(), current]);
  return current;
}

/** What a case is about: its category, and its summary for whoever may read it. */
export function What({ row }: { row: Row }) {
  return (
    <>
      <b>{row.category.name}</b>
      <span class={row.summary ? "" : "cap"}>{row.summary ?? g.common.sealed}</span>
    </>
  );
}

/** Who has it: department and person, or that nobody has it yet. */
export function Who({ row }: { row: Pick<Row, "department" | "handler"> }) {
  if (!row.department) return <span class="cap">{g.common.no_department}</span>;
  return (
    <>
      {row.department.name}
      <small>{row.handler ? (row.handler.name ?? "–") : g.common.nobody}</small>
    </>
  );
}

/** The table. */
export function CaseTable({ rows }: { rows: readonly Row[] }) {
  const open = (id: string) => go(caseHref(id));
  const current = useRows(
    rows.map(({ id }) => id),
    open,
  );
  return (
    <div class="scroll">
      <table class="roomy cases">
        <thead>
          <tr>
            <th scope="col">{g.columns.number}</th>
            <th scope="col">{g.columns.what}</th>
            <th scope="col">{g.columns.state}</th>
            <th scope="col">{g.columns.who}</th>
            <th scope="col">{g.columns.due}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            <tr
              key={row.id}
              data-row={row.id}
              tabIndex={current === row.id || (!current && at === 0) ? 0 : -1}
              class={row.due.standing === "overdue" ? "late" : ""}
              onClick={(event) => {
                if (!(event.target instanceof Element && event.target.closest("a"))) open(row.id);
              }}
            >
              <td>
                <a href={caseHref(row.id)}>{row.number}</a>
                <small class="under">
                  {g.channels[row.channel] ?? row.channel} · {g.identities[row.identity] ?? row.identity}
                </small>
              </td>
              <td class="what">
                <What row={row} />
                <small class="under">
                  {[g.urgency_short[row.urgency], row.district && districtName(row.district), row.unit]
                    .filter(Boolean)
                    .join(" · ")}
                </small>
              </td>
              <td>
                <StateTag state={row.state} round={row.round} />
                <Level level={row.supervision} />
              </td>
              <td>
                <Who row={row} />
              </td>
              <td>
                <DueTag due={row.due} state={row.state} />
                <small class="under">{dayWords(row.due.at)}</small>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
