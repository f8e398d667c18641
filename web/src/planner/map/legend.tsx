// What the colours and doors of the maps mean.

import { Door } from "../../staff/parts/icon";
import { type Bounds, CLASSES, classWords } from "../classes";
import { answers, CELLS, cells, serviceLayers, setOwn, side } from "../store";
import { brief, p } from "../words";

/** The doors of the legend with their words. */
export const DOORS = ["open", "soon", "closed", "unknown"] as const;

/** The legend, one for all maps. */
export function Legend({ bounds }: { bounds: Bounds }) {
  const unit = answers[side.value].gaps.known.value.value?.unit;
  return (
    <div class="leg">
      <p>{unit === "person_hours" ? p.legend.title_hours : p.legend.title}</p>
      <ol>
        {Array.from({ length: CLASSES }, (_, i) => (
          <li key={i}>
            <i class={`g${i + 1}`} aria-hidden="true" />
            {classWords(bounds, i + 1, brief)}
          </li>
        ))}
        <li>
          <i class="cv" aria-hidden="true" />
          {p.legend.covered}
        </li>
      </ol>
      <p class="mk-key">
        {DOORS.map((shape) => (
          <span key={shape}>
            <Door shape={shape} />
            {p.legend[shape]}
          </span>
        ))}
        {serviceLayers.value.length > 0 ? <span>◆ {p.legend.service}</span> : null}
      </p>
      <label class="grain">
        {p.legend.cells}
        <select
          value={String(cells.value)}
          onChange={(event) => {
            const chosen = event.currentTarget.value;
            setOwn("cells", chosen === "8" ? undefined : chosen);
          }}
        >
          {CELLS.map((resolution) => (
            <option key={resolution} value={String(resolution)} selected={resolution === cells.value}>
              {p.legend.sizes[resolution]}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}
