// The time below the maps: the slider over the week's curve, the table of hours, and what it says.

import { Trouble } from "../parts/said";
import { answers, side } from "../store";
import { p } from "../words";
import { Heat } from "./heat";
import { Read } from "./read";
import { Scrub } from "./scrub";

/** The dock. */
export function Dock() {
  const asked = answers[side.value].timetable;
  return (
    <section class="dock" aria-label={p.dock.label}>
      <Scrub />
      <Trouble asked={asked} what={p.dock.table} />
      <Heat />
      <Read />
    </section>
  );
}
