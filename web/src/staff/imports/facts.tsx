// Two sides of a suspected duplicate, fact by fact: what differs stands out by weight and a word.

import { Icon } from "../parts/icon";
import { w, wordIn } from "../words";
import { alike, COMPARED, type Side } from "./sides";

/** The table. */
export function Facts({ sides: [own, other] }: { sides: readonly [Side, Side] }) {
  const fields = COMPARED.filter((field) => own.texts[field] || other.texts[field]);
  return (
    <div class="versus-table">
      <table class="roomy">
        <thead>
          <tr>
            <td />
            <th scope="col">
              <span class="mark still own" aria-hidden="true">
                <span>A</span>
              </span>
              {own.title}
            </th>
            <th scope="col">
              <span class="mark still other" aria-hidden="true">
                <span>B</span>
              </span>
              {other.title}
            </th>
            <td />
          </tr>
        </thead>
        <tbody>
          {fields.map((field) => {
            const isAlike = alike(own.texts[field], other.texts[field]);
            return (
              <tr key={field} class={isAlike ? "alike" : "unlike"}>
                <th scope="row">{wordIn(w.fields, field)}</th>
                <td class="text">{own.texts[field] ?? "–"}</td>
                <td class="text">{other.texts[field] ?? "–"}</td>
                <td class="verdict">
                  <Icon name={isAlike ? "check" : "info"} />
                  {isAlike ? w.imports.duplicates.alike : w.imports.duplicates.unlike}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
