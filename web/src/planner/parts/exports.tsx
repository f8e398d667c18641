// What can be taken along as a file, beside every table and map: the interface's own formats, and the map as a picture.

import { useState } from "preact/hooks";
import { Menu } from "../../staff/parts/menu";
import { picture } from "../map/pictures";
import { coverageAddress, extensionsAddress, gapsAddress, timetableAddress } from "../question";
import { cells, period, questions, side, type Tab } from "../store";
import { p, say } from "../words";

/** What can be exported. */
export const EXPORTED = ["figures", "timetable", "gaps", "extensions", "map"] as const;
type What = (typeof EXPORTED)[number];

const FORMATS = {
  figures: ["xlsx", "csv", "json"],
  timetable: ["xlsx", "csv", "json"],
  gaps: ["geojson", "xlsx", "csv"],
  extensions: ["xlsx", "csv", "json"],
} as const;
const WORDS: Readonly<Record<string, string>> = {
  xlsx: "Excel",
  csv: "CSV",
  json: "JSON",
  geojson: "GeoJSON",
};

/** Which export belongs to a list. */
export const OF_TAB: Readonly<Record<Tab, What>> = {
  extensions: "extensions",
  gaps: "gaps",
  districts: "figures",
  trades: "figures",
};

function addressOf(what: Exclude<What, "map">, format: string): string {
  const [question, time] = [questions.value[side.value], period.value];
  // GeoJSON is what the cells are without being asked for a format.
  const more = { format };
  if (what === "figures") return coverageAddress(question, time, more);
  if (what === "timetable") return timetableAddress(question, time, more);
  if (what === "extensions") return extensionsAddress(question, time, { ...more, limit: 100 });
  return gapsAddress(question, time, { ...more, resolution: cells.value, limit: 10_000 });
}

/** A button that opens the choice of files. */
export function Exports({
  of,
  label = p.exports.open,
  look = "btn quiet small",
  right = true,
}: {
  of: readonly What[];
  label?: string;
  look?: string;
  right?: boolean;
}) {
  return (
    <Menu label={label} icon="save" look={look} right={right}>
      {() => (
        <div class="export">
          {of.map((what) => (
            <section key={what}>
              <h3>{p.exports[what]}</h3>
              {what === "map" ? <Picture /> : <Files what={what} />}
            </section>
          ))}
        </div>
      )}
    </Menu>
  );
}

function Files({ what }: { what: Exclude<What, "map"> }) {
  return (
    <p class="files">
      {FORMATS[what].map((format) => (
        <a
          key={format}
          href={addressOf(what, format)}
          download=""
          aria-label={say(p.exports.as, { what: p.exports[what], format: WORDS[format] ?? format })}
        >
          {WORDS[format]}
        </a>
      ))}
    </p>
  );
}

/** The map as it is drawn now, with its title, legend and credits. */
function Picture() {
  const [state, setState] = useState<"ready" | "busy" | "failed">("ready");
  const save = async () => {
    setState("busy");
    const made = await picture().catch((cause: unknown) => {
      console.error(cause);
      return undefined;
    });
    if (made) give(made.blob, made.name);
    setState(made ? "ready" : "failed");
  };
  return (
    <p class="files">
      <button type="button" class="link" aria-busy={state === "busy"} onClick={() => void save()}>
        PNG
      </button>
      <span role="status">{state === "failed" ? p.exports.no_picture : ""}</span>
    </p>
  );
}

function give(blob: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
