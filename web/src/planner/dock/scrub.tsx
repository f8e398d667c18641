// The slider of the hour of the week, over the curve of how many are covered at each.

import { useRef } from "preact/hooks";
import { Button } from "../../staff/parts/button";
import { answers, change, compared, drag, drop, period, question, questions, side } from "../store";
import type { Timetable } from "../types";
import { DAY, hourWords, WEEK, weekday, wrapped } from "../week";
import { ofWhole, p, percent } from "../words";

/** The picture of the curve, in its own units: six to an hour. */
const [ACROSS, HIGH] = [6, 44];

/** The curve as a path of steps; flat where nothing is known. */
export function curveOf(shares: readonly (number | null)[]): string {
  const most = Math.max(...shares.map((share) => share ?? 0), 0.01);
  const y = (share: number | null) => HIGH - Math.round(((share ?? 0) / most) * (HIGH - 4) * 10) / 10;
  const steps = shares.map((share) => `V${y(share)}h${ACROSS}`);
  return `M0 ${HIGH}${steps.join("")}V${HIGH}z`;
}

/** What an hour says for whoever hears it; in a season each hour is the sum over all its days. */
export function spokenHour(hour: number, timetable: Timetable | undefined, isSummed: boolean): string {
  if (!timetable) return hourWords(hour);
  const [numerator, denominator] = [timetable.numerator[hour] ?? null, timetable.denominator[hour] ?? null];
  const made = ofWhole(numerator, denominator, isSummed ? "person_hours" : "people");
  return `${hourWords(hour)} ${percent(timetable.share[hour])} ${made}`;
}

/** The slider. */
export function Scrub() {
  const { hour } = question.value;
  const timetable = answers[side.value].timetable.known.value.value;
  const isHeld = useRef(false);
  const step = (by: number) => change({ hour: wrapped(hour + by) });
  const other = compared.value ? questions.value[side.value === "a" ? "b" : "a"].hour : undefined;
  return (
    <div class="scrub">
      <p class="when">
        <Button look="quiet" icon="back" label={p.dock.earlier} onClick={() => step(-1)}>
          {""}
        </Button>
        <b>{hourWords(hour)}</b>
        <Button look="quiet" icon="chev" label={p.dock.later} onClick={() => step(1)}>
          {""}
        </Button>
      </p>
      <div class="rule">
        <svg viewBox={`0 0 ${ACROSS * WEEK} ${HIGH}`} preserveAspectRatio="none" aria-hidden="true">
          <path class="area" d={curveOf(timetable?.share ?? [])} />
          {other === undefined || other === hour ? null : (
            <rect class="other" x={(other + 0.5) * ACROSS - 1.5} y="0" width="3" height={HIGH} />
          )}
        </svg>
        <p aria-hidden="true">
          {Array.from({ length: 7 }, (_, day) => (
            <span key={day}>{weekday(day)}</span>
          ))}
        </p>
        <input
          type="range"
          min={0}
          max={WEEK - 1}
          step={1}
          value={hour}
          aria-label={p.dock.slider}
          aria-valuetext={spokenHour(hour, timetable, period.value.span === "season")}
          onPointerDown={() => {
            isHeld.current = true;
          }}
          onPointerUp={() => {
            isHeld.current = false;
            drop();
          }}
          onPointerCancel={() => {
            isHeld.current = false;
            drop();
          }}
          onInput={(event) => {
            drag(Number(event.currentTarget.value));
            if (!isHeld.current) drop();
          }}
          onChange={() => drop()}
          onKeyDown={(event) => {
            const days = event.key === "PageUp" ? 1 : event.key === "PageDown" ? -1 : 0;
            if (days === 0) return;
            event.preventDefault();
            step(days * DAY);
          }}
        />
      </div>
    </div>
  );
}
