// A report in words: what is wrong, how long there is, whose it is.

import { Icon } from "../parts/icon";
import { now_ms, wall, wordOf } from "../shell";
import { say, w } from "../words";
import type { Report } from "./types";

const DAY_MS = 86_400_000;

/** What is wrong, with the facility where one is broken. */
export function kindWords({ kind, facility }: Pick<Report, "kind" | "facility">): string {
  const word = w.reports.kinds[kind];
  return facility ? `${word}${w.common.colon}${wordOf("facility", facility)}` : word;
}

/** Whole days from today to a day; below zero where it is over. */
export function daysTo(day: string): number {
  const today = Math.floor(wall(now_ms()).getTime() / DAY_MS);
  return Math.round(Date.parse(`${day}T00:00:00Z`) / DAY_MS) - today;
}

/** How long there is for an answer, or that there is one. */
export function Standing({ report }: { report: Report }) {
  if (report.state === "answered") {
    return (
      <span class="stage open">
        <Icon name="check" />
        {w.reports.verdicts[report.verdict ?? "unclear"]}
      </span>
    );
  }
  const left = daysTo(report.due);
  const said =
    left < 0 ? say(w.reports.late, -left) : left === 0 ? w.reports.today : say(w.reports.left, left);
  return (
    <span class={left < 0 ? "stage current" : left <= 1 ? "stage coming" : "stage plain"}>
      <Icon name={left < 0 ? "warn" : "clock"} />
      {said}
    </span>
  );
}

/** Who sees to it. */
export function ownerWords({ owner, union }: Report): string {
  return owner ? (owner.name ?? w.people.erased) : say(w.reports.union, union);
}
