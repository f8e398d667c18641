// Above the table: search, export, the choice of columns, the keys.

import { useEffect, useRef, useState } from "preact/hooks";
import { Button } from "../parts/button";
import { Dialog } from "../parts/dialog";
import { Check } from "../parts/field";
import { Icon } from "../parts/icon";
import { Menu } from "../parts/menu";
import { now_ms } from "../shell";
import { w } from "../words";
import { COLUMNS, columnWord } from "./columns";
import { asked, atStart } from "./filters";
import { filter, filters } from "./list";

/** How long one pauses in writing before the question is asked. */
const PAUSE_MS = 250;

/** The field of the search; `/` leads here. */
export function Find() {
  const [text, setText] = useState(filters.value.q);
  const written = useRef(filters.value.q);
  useEffect(() => {
    if (filters.value.q !== written.current) setText(filters.value.q);
    written.current = filters.value.q;
  }, [filters.value.q]);
  const put = () => {
    written.current = text.trim();
    if (text.trim() !== filters.value.q) filter(atStart({ ...filters.value, q: text.trim() }));
  };
  useEffect(() => {
    const timer = setTimeout(put, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <label class="find">
      <Icon name="search" />
      <span class="vh">{w.registry.find}</span>
      <input
        id="find"
        type="search"
        value={text}
        placeholder={w.registry.find}
        maxLength={100}
        onInput={(event) => setText(event.currentTarget.value)}
      />
      <kbd>/</kbd>
    </label>
  );
}

const FORMATS = ["xlsx", "csv", "geojson", "geojsonseq", "amap", "baidu", "tencent"] as const;
const DATUMS = ["wgs84", "gcj02", "bd09"] as const;
/** The files for a map service have the datum of that service. */
const OWN_DATUM: Readonly<Record<string, string>> = { amap: "gcj02", baidu: "bd09", tencent: "gcj02" };

/** The menu of files to take away: what the filters show, in a format and a coordinate system. */
export function Export() {
  const [datum, setDatum] = useState<string>("wgs84");
  const address = (format: string) => {
    const parameters = asked(filters.value, now_ms());
    parameters.delete("sort");
    parameters.set("format", format);
    parameters.set("crs", OWN_DATUM[format] ?? datum);
    return `/api/v1/stations/export?${parameters}`;
  };
  return (
    <Menu icon="save" label={w.registry.export}>
      {() => (
        <div class="stack export">
          <fieldset class="choices">
            <legend>{w.registry.datum}</legend>
            {DATUMS.map((code) => (
              <label key={code} class="check">
                <input type="radio" name="datum" checked={datum === code} onChange={() => setDatum(code)} />
                <span>{w.datums[code]}</span>
              </label>
            ))}
          </fieldset>
          <div class="files">
            {FORMATS.map((format) => (
              <a key={format} href={address(format)} download="">
                {w.formats[format]}
              </a>
            ))}
          </div>
          <p class="cap">{w.registry.export_note}</p>
        </div>
      )}
    </Menu>
  );
}

/** The choice of columns. */
export function Columns({
  shown,
  onChange,
}: {
  shown: readonly string[];
  onChange: (names: readonly string[]) => void;
}) {
  return (
    <Menu icon="list" label={w.registry.columns} right>
      {() => (
        <fieldset class="choices">
          <legend>{w.registry.columns}</legend>
          {COLUMNS.map(({ name }) => (
            <Check
              key={name}
              label={columnWord(name)}
              on={shown.includes(name)}
              disabled={name === "name"}
              onChange={(on) => onChange(on ? [...shown, name] : shown.filter((other) => other !== name))}
            />
          ))}
        </fieldset>
      )}
    </Menu>
  );
}

/** What each key does. */
export function Keys({ onClose }: { onClose: () => void }) {
  const keys = [
    ["/", w.keys.find],
    ["j ↓", w.keys.down],
    ["k ↑", w.keys.up],
    ["Enter", w.keys.open],
    ["x", w.keys.choose],
    ["Shift", w.keys.range],
    ["n", w.keys.add],
    ["Esc", w.keys.close],
    ["?", w.keys.keys],
  ] as const;
  return (
    <Dialog title={w.keys.title} onClose={onClose}>
      <dl class="keys">
        {keys.map(([key, word]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{word}</dd>
          </div>
        ))}
      </dl>
      <div class="bar end">
        <Button onClick={onClose}>{w.common.close}</Button>
      </div>
    </Dialog>
  );
}
