// The table of hours: a row for each day, a column for each hour, the darker the more are covered. A click or the arrow
// keys move the hour, and each cell says what it holds.

import { useLayoutEffect, useRef } from "preact/hooks";
import { shadeOf, topFor } from "../classes";
import { answers, change, compared, period, question, side, sides } from "../store";
import { DAY, WEEK, weekday, wrapped } from "../week";
import { p } from "../words";
import { spokenHour } from "./scrub";

const DAYS = WEEK / DAY;
/** The hours that are written below. */
const WRITTEN = 3;

/** The share from which the darkest shade is used: one for both sides, so that their tables compare. */
export function topShare(): number {
  return topFor(sides.value.flatMap((which) => answers[which].timetable.known.value.value?.share ?? []));
}

/** Where a key leads from an hour; nothing where it leads nowhere. */
export function hourAfter(key: string, hour: number): number | undefined {
  const steps: Readonly<Record<string, number>> = {
    ArrowLeft: -1,
    ArrowRight: 1,
    ArrowUp: -DAY,
    ArrowDown: DAY,
  };
  const by = steps[key];
  if (by !== undefined) return wrapped(hour + by);
  if (key === "Home") return hour - (hour % DAY);
  if (key === "End") return hour - (hour % DAY) + DAY - 1;
  return undefined;
}

/** The table. */
export function Heat() {
  const known = answers[side.value].timetable.known.value;
  const { hour } = question.value;
  const top = topShare();
  const isSummed = period.value.span === "season";
  const table = useRef<HTMLTableElement>(null);
  const wasMoved = useRef(false);
  // Before the next key is heard: held down, it comes faster than pictures.
  useLayoutEffect(() => {
    if (wasMoved.current) table.current?.querySelector<HTMLElement>("[aria-pressed=true]")?.focus();
    wasMoved.current = false;
  }, [hour]);
  const to = (next: number) => {
    wasMoved.current = true;
    change({ hour: next });
  };
  const pressed = (event: KeyboardEvent) => {
    const next = hourAfter(event.key, hour);
    if (next === undefined) return;
    event.preventDefault();
    to(next);
  };
  return (
    <div class="heat" aria-busy={known.busy}>
      <table
        class="grid"
        aria-label={compared.value ? `${p.dock.table} ${p.compare[side.value]}` : p.dock.table}
        ref={table}
      >
        <tbody>
          {Array.from({ length: DAYS }, (_, day) => (
            <tr key={weekday(day)}>
              <th scope="row" class={Math.floor(hour / DAY) === day ? "on" : ""}>
                {weekday(day)}
              </th>
              {Array.from({ length: DAY }, (_, clock) => {
                const at = day * DAY + clock;
                const shade = shadeOf(known.value?.share[at], top);
                return (
                  <td key={at}>
                    <button
                      type="button"
                      class={shade === undefined ? "none" : `c${shade}`}
                      aria-pressed={at === hour}
                      tabIndex={at === hour ? 0 : -1}
                      aria-label={spokenHour(at, known.value, isSummed)}
                      title={spokenHour(at, known.value, isSummed)}
                      onClick={() => to(at)}
                      onKeyDown={pressed}
                    />
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      <p class="hours" aria-hidden="true">
        {Array.from({ length: DAY / WRITTEN }, (_, i) => (
          <span key={i * WRITTEN}>{i === 0 ? p.dock.zero : i * WRITTEN}</span>
        ))}
      </p>
    </div>
  );
}
