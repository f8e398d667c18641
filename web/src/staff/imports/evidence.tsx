// What speaks for each of the three coordinate systems, as a table in plain words.

import type { Datum } from "../../datum";
import { distance } from "../format";
import { Icon } from "../parts/icon";
import { say, w } from "../words";
import type { Crs, Evidence } from "./types";

interface Props {
  readonly crs: Crs;
  readonly chosen: Datum;
  readonly onChoose: (crs: Datum) => void;
  readonly isLocked: boolean;
}

/** The table; each row is a choice. */
export function EvidenceTable({ crs, chosen, onChoose, isLocked }: Props) {
  const hasCodes = crs.evidence.some(({ codes }) => codes > 0);
  const hasSea = crs.evidence.some(({ in_sea }) => in_sea > 0);
  return (
    <table class="weighed">
      <thead>
        <tr>
          <th scope="col">{w.imports.place.system}</th>
          <th scope="col">{w.imports.place.inside}</th>
          {hasSea ? <th scope="col">{w.imports.place.sea}</th> : null}
          {hasCodes ? <th scope="col">{w.imports.place.offset}</th> : null}
        </tr>
      </thead>
      <tbody>
        {crs.evidence.map((one) => (
          <tr key={one.crs} class={one.crs === chosen ? "on" : undefined}>
            <th scope="row">
              <label>
                <input
                  type="radio"
                  name="datum"
                  checked={one.crs === chosen}
                  disabled={isLocked}
                  onChange={() => onChoose(one.crs)}
                />
                <span class={`mark still ${one.crs}`} aria-hidden="true">
                  <span>{w.imports.systems[one.crs].letter}</span>
                </span>
                <span>
                  <b>{w.imports.systems[one.crs].name}</b>
                  <small>{w.imports.systems[one.crs].who}</small>
                  {one.crs === crs.best ? (
                    <small class="best">
                      <Icon name="check" />
                      {w.imports.place.best}
                    </small>
                  ) : null}
                </span>
              </label>
            </th>
            <td>
              <Share evidence={one} isBest={one.crs === crs.best} />
            </td>
            {hasSea ? (
              <td class={one.in_sea > 0 ? "mid" : undefined}>{say(w.imports.rows, one.in_sea)}</td>
            ) : null}
            {hasCodes ? (
              <td>
                <Offset evidence={one} />
              </td>
            ) : null}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** How many rows lie in their district, as a bar and in figures. */
function Share({ evidence, isBest }: { evidence: Evidence; isBest: boolean }) {
  const of = evidence.inside + evidence.outside;
  const share = of > 0 ? evidence.inside / of : 0;
  return (
    <span class={isBest ? "share best" : "share"}>
      <span class="track" aria-hidden="true">
        <span style={{ width: `${share * 100}%` }} />
      </span>
      {evidence.inside}/{of}
    </span>
  );
}

/** How far the rows are from the registered stations of the same codes. */
function Offset({ evidence: { offset_m, codes } }: { evidence: Evidence }) {
  if (offset_m === null) return <>–</>;
  return (
    <>
      {distance(offset_m)}
      <small>{say(w.imports.place.median, codes)}</small>
    </>
  );
}
