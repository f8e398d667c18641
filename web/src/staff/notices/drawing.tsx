// A notice for an area: drawn on the map, taken from a district, or written as a list of corners.

import { useEffect, useRef, useState } from "preact/hooks";
import { announceIn, previewArea } from "../api";
import { listed } from "../format";
import type { AreaMap, Told } from "../map/area";
import { Button } from "../parts/button";
import { Pick, Text } from "../parts/field";
import { Head } from "../parts/head";
import { Icon } from "../parts/icon";
import { districts, middle, terms } from "../shell";
import type { Area } from "../types";
import { say, w } from "../words";
import { Announce } from "./announce";
import {
  areaOf, type Corners, isArea, movedCorner, readCorners, withCorner, withMiddle, withoutCorner, writtenCorners,
} from "./area"; // biome-ignore format: one row

/** How long one pauses in drawing before the stations are counted. */
const PAUSE_MS = 300;

/** The screen on which an area is drawn. */
export function Drawing({ onDone }: { onDone: () => void }) {
  const [corners, setCorners] = useState<Corners>([]);
  const [district, setDistrict] = useState("");
  const area = areaFrom(corners, district);
  return (
    <>
      <Head title={w.area.title}>
        <a class="btn quiet" href="/staff/notices">
          {w.common.cancel}
        </a>
      </Head>
      <div class="split">
        <section class="panel drawing" aria-label={w.area.map}>
          <RingMap
            corners={corners}
            onChange={(next) => {
              setDistrict("");
              setCorners(next);
            }}
          />
        </section>
        <aside class="panel edit">
          <div class="tab pad stack">
            <p>{w.area.lead}</p>
            <Pick
              label={w.area.district}
              name="area"
              value={district}
              none={w.area.drawn}
              choices={districts.map(({ adcode, name }) => ({ code: adcode, word: name }))}
              onPick={setDistrict}
            />
            {district ? null : <CornerList corners={corners} onChange={setCorners} />}
            <Covered area={area} isCrossed={!district && corners.length > 2 && !isArea(corners)} />
            <Announce
              facilities={terms("facility")}
              isReady={area !== undefined}
              onAnnounce={async (body) => {
                if (!area) return;
                await announceIn(area, body);
                onDone();
              }}
            />
          </div>
        </aside>
      </div>
    </>
  );
}

function areaFrom(corners: Corners, adcode: string): Area | undefined {
  const chosen = districts.find((district) => district.adcode === adcode);
  if (chosen) return { type: "MultiPolygon", coordinates: chosen.coordinates };
  return isArea(corners) ? areaOf(corners) : undefined;
}

function RingMap({ corners, onChange }: { corners: Corners; onChange: (corners: Corners) => void }) {
  const box = useRef<HTMLDivElement>(null);
  const map = useRef<AreaMap>(undefined);
  const latest = useRef({ corners, onChange });
  latest.current = { corners, onChange };
  useEffect(() => {
    const container = box.current;
    if (!container || !("WebGL2RenderingContext" in window)) return;
    let isGone = false;
    const put = (next: (corners: Corners) => Corners) =>
      latest.current.onChange(next(latest.current.corners));
    const told: Told = {
      add: (place) => put((now) => withCorner(now, place)),
      move: (at, place) => put((now) => movedCorner(now, at, place)),
      split: (after) => put((now) => withMiddle(now, after)),
      remove: (at) => put((now) => withoutCorner(now, at)),
    };
    import("../map/area")
      .then(({ AreaMap }) => AreaMap.open(container, middle, told))
      .then((opened) => {
        if (isGone) return opened.close();
        map.current = opened;
        opened.show(latest.current.corners);
      })
      .catch((cause: unknown) => console.error(cause));
    return () => {
      isGone = true;
      map.current?.close();
    };
  }, []);
  useEffect(() => map.current?.show(corners), [corners]);
  return <div class="map" ref={box} />;
}

/** The corners as text, for whoever does not draw. */
function CornerList({ corners, onChange }: { corners: Corners; onChange: (corners: Corners) => void }) {
  const shown = writtenCorners(corners);
  const [text, setText] = useState(shown);
  const [fault, setFault] = useState("");
  useEffect(() => {
    setText(shown);
    setFault("");
  }, [shown]);
  const put = () => {
    const read = readCorners(text);
    if ("line" in read) setFault(say(w.area.bad_line, read.line));
    else onChange(read.corners);
  };
  return (
    <div class="stack">
      <Text
        label={w.area.corners}
        hint={w.area.corners_hint}
        name="corners"
        value={text}
        onInput={setText}
        lines={4}
        faults={fault ? [{ field: "corners", code: "corners", detail: fault }] : undefined}
      />
      <div class="bar">
        <Button look="quiet small" disabled={text === shown} onClick={put}>
          {w.area.take}
        </Button>
        <Button
          look="plain small"
          disabled={corners.length === 0}
          onClick={() => onChange(corners.slice(0, -1))}
        >
          {w.area.back}
        </Button>
        <Button look="plain small" disabled={corners.length === 0} onClick={() => onChange([])}>
          {w.area.clear}
        </Button>
      </div>
    </div>
  );
}

/** How many stations an area covers, and which. */
function Covered({ area, isCrossed }: { area: Area | undefined; isCrossed: boolean }) {
  const [answer, setAnswer] = useState<{ key: string; stations: number; names: string[] }>();
  const key = JSON.stringify(area);
  // The count of an area that was drawn before is not shown beside another one, not even for a moment.
  const found = answer?.key === key ? answer : undefined;
  useEffect(() => {
    if (!area) return;
    const asking = new AbortController();
    const timer = setTimeout(() => {
      previewArea(area, asking.signal)
        .then((counted) => setAnswer({ ...counted, key }))
        .catch(() => setAnswer(undefined));
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      asking.abort();
    };
  }, [key]);
  if (isCrossed) {
    return (
      <p class="note bad" role="status">
        <Icon name="warn" />
        {w.area.crossed}
      </p>
    );
  }
  if (!area) return <p class="cap">{w.area.none}</p>;
  return (
    <div role="status" class="covered">
      {found ? (
        <>
          <b>{say(w.area.covers, found.stations)}</b>
          <p class="cap">
            {listed(found.names)}
            {found.stations > found.names.length ? w.area.and_more : ""}
          </p>
        </>
      ) : (
        w.common.loading
      )}
    </div>
  );
}
