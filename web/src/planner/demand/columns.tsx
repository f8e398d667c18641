// What each column of a file was read as, to be set right where it was taken for something else.

import type { Brought, Mapping } from "../api";
import { p, say, wordIn } from "../words";

const OF_DEMAND = ["lon", "lat", "weight", "trade", "h3", "geometry"] as const;
const OF_SERVICES = ["name", "lon", "lat", "address", "phone", "hours"] as const;

/** The word for what a column says: `h7` is the people at seven. */
export function columnWords(field: string): string {
  const hour = /^h(\d{1,2})$/.exec(field)?.[1];
  return hour === undefined ? wordIn(p.upload.fields, field) : say(p.upload.at_hour, Number(hour));
}

/** The table. */
export function Columns(props: {
  columns: NonNullable<Brought["columns"]>;
  mapping: Mapping;
  isService: boolean;
  onChange: (mapping: Mapping) => void;
}) {
  const { columns, mapping, isService, onChange } = props;
  const choices: readonly string[] = isService ? OF_SERVICES : OF_DEMAND;
  return (
    <details class="columns">
      <summary>{p.upload.columns}</summary>
      <table class="small">
        <thead>
          <tr>
            <th scope="col">{p.upload.column}</th>
            <th scope="col">{p.upload.read_as}</th>
          </tr>
        </thead>
        <tbody>
          {columns.map(({ column, field }) => {
            const chosen = Object.hasOwn(mapping, column) ? (mapping[column] ?? "") : (field ?? "");
            const known = choices.includes(chosen) || chosen === "" ? choices : [...choices, chosen];
            return (
              <tr key={column}>
                <td>{column}</td>
                <td>
                  <select
                    class="input"
                    aria-label={say(p.upload.column_as, column)}
                    value={chosen}
                    onChange={(event) =>
                      onChange({ ...mapping, [column]: event.currentTarget.value || null })
                    }
                  >
                    <option value="">{p.upload.not_read}</option>
                    {known.map((code) => (
                      <option key={code} value={code} selected={code === chosen}>
                        {columnWords(code)}
                      </option>
                    ))}
                  </select>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </details>
  );
}
