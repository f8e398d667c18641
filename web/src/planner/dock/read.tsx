// What the table of hours says: the hours with fewest in a sentence, its legend, its mean, its method and its files.

import { SHADES } from "../classes";
import { Exports } from "../parts/exports";
import { Method } from "../parts/method";
import { StandIn } from "../parts/said";
import { answers, period, side } from "../store";
import { addDays, spanWords } from "../week";
import { ofWhole, p, percent, say } from "../words";
import { topShare } from "./heat";

/** The text beside the table. */
export function Read() {
  const told = answers[side.value].timetable.known.value.value;
  const top = topShare();
  const { span, week, from, to } = period.value;
  const days = span === "season" ? spanWords(from, to) : spanWords(week, addDays(week, 6));
  return (
    <div class="read">
      <p class="sentence">{told?.sentence ?? p.state.loading}</p>
      <ol class="shades" aria-label={p.dock.legend}>
        {Array.from({ length: SHADES }, (_, i) => (
          <li key={i}>
            <i class={`c${i}`} aria-hidden="true" />
            {i === 0 ? (
              "0"
            ) : i === SHADES - 1 ? (
              `${Math.round(top * 100)}%+`
            ) : (
              <span class="vh">{bound(i, top)}</span>
            )}
          </li>
        ))}
      </ol>
      {told ? (
        <p class="cap">
          {say(p.dock.mean, { days, share: percent(told.mean.share) })}{" "}
          {ofWhole(told.mean.numerator, told.mean.denominator, "person_hours")} <StandIn short />{" "}
          <Method
            explained={{
              title: p.dock.table,
              method: told.method,
              figures: [
                `${percent(told.mean.share)} · ${ofWhole(told.mean.numerator, told.mean.denominator, "person_hours")}`,
              ],
              requests: [told.request],
              demand: told.demand,
            }}
          />
        </p>
      ) : null}
      <Exports of={["timetable"]} label={p.exports.file} look="btn plain small" />
    </div>
  );
}

function bound(shade: number, top: number): string {
  return `${Math.round((top / (SHADES - 1)) * shade * 100)}%`;
}
