// A deadline: how long there is, the calendar of its days, and the sentence that says how it was computed.

import { end } from "../../staff/format";
import { DueTag } from "../parts/state";
import { dateOf, today } from "../parts/time";
import type { Case } from "../types";
import { g, say, w } from "../words";
import { type Cell, weeksOf } from "./calendar";

/** The panel of a deadline. */
export function Deadline({ of }: { of: Case }) {
  const { deadline, due, state } = of;
  const weeks = weeksOf(deadline.days, dateOf(deadline.at), today());
  return (
    <div class="stack deadline">
      <p class="figure">
        <DueTag due={due} state={state} />
        <span>{end(deadline.at)}</span>
      </p>
      {deadline.provisional ? <p class="note">{g.common.provisional}</p> : null}
      {deadline.first_at === deadline.at ? null : (
        <p class="cap">{say(g.case.first_due, { time: end(deadline.first_at) })}</p>
      )}
      {weeks.length > 0 ? <Calendar weeks={weeks} /> : null}
      <p class="cap">{deadline.text}</p>
    </div>
  );
}

function Calendar({ weeks }: { weeks: readonly (readonly Cell[])[] }) {
  return (
    <table class="cal">
      <caption class="vh">{g.case.calendar}</caption>
      <thead>
        <tr>
          {w.time.weekdays.map((name) => (
            <th key={name} scope="col">
              {name.replace(/^周/, "")}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map((week) => (
          <tr key={week[0]?.date}>
            {week.map((cell) => (
              <td key={cell.date} class={`${cell.mark}${cell.isToday ? " today" : ""}`}>
                <b>{cell.number}</b>
                <small>
                  {cell.isToday ? g.case.day_today : wordsOf(cell)}
                  {cell.isToday ? <span class="vh"> {wordsOf(cell)}</span> : null}
                </small>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function wordsOf({ mark, told }: Cell): string {
  const word =
    typeof told?.number === "number"
      ? say(g.case.day_number, told.number)
      : mark === "received"
        ? g.case.day_received
        : (told?.minutes ?? 0) > 0
          ? spanWords(told?.minutes ?? 0)
          : mark === "last"
            ? g.case.day_last
            : (told?.text ?? "");
  return word;
}

/** A length of time in hours and minutes. */
function spanWords(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  if (hours === 0) return say(g.case.minutes, minutes);
  return minutes % 60 === 0
    ? say(g.case.hours, hours)
    : say(g.case.hours_minutes, { hours, minutes: minutes % 60 });
}
