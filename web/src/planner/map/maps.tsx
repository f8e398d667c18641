// One map, or two side by side with one camera and one legend.

import { useEffect, useRef } from "preact/hooks";
import { type Bounds, boundsFor, widest } from "../classes";
import type { Side } from "../question";
import { answers, cells, period, questions, setOwn, sides } from "../store";
import { p } from "../words";
import type { Camera, GapMap } from "./gap-map";
import { Legend } from "./legend";
import { Pane } from "./pane";
import { cameraWords } from "./view";

/** The maps that are open, by their side. */
export const open = new Map<Side, GapMap>();

/** The classes where nothing is known yet. */
const EMPTY = boundsFor([]);

let latestBounds: Bounds = [];

/** The classes that the maps are drawn in. */
export function boundsShown(): Bounds {
  return latestBounds;
}

/** How long the camera must rest before the address holds it, in milliseconds. */
const REST_MS = 250;

/** The classes of the legend. While nothing but the hour changes they stay as they are. */
export function useBounds(): Bounds {
  const kept = useRef<{ key: string; bounds: Bounds }>(undefined);
  const told = sides.value.map((which) => answers[which].gaps.known.value.value);
  const key = [
    cells.value,
    period.value.span,
    ...sides.value.map((which) => {
      const { demand, trade, district } = questions.value[which];
      return [demand, trade, district].join(";");
    }),
  ].join("|");
  const own = told.flatMap((one) =>
    one ? [boundsFor(one.features.map(({ properties }) => properties.demand))] : [],
  );
  const before = kept.current;
  if (own.length === 0) return before?.bounds ?? EMPTY;
  const found = own.reduce((one, other) => widest(one, other));
  const wanted = before?.key === key ? widest(before.bounds, found) : found;
  // The same bounds are the same list, so that nothing is drawn anew for them.
  const bounds = String(wanted) === String(before?.bounds) ? (before?.bounds ?? wanted) : wanted;
  kept.current = { key, bounds };
  return bounds;
}

/** The maps; `onDrawn` hears each time that one has come to rest. */
export function Maps({ onDrawn }: { onDrawn?: () => void }) {
  // On paper the maps are a part of the sheet.
  const Place = onDrawn ? "div" : "main";
  const bounds = useBounds();
  latestBounds = bounds;
  const resting = useRef<number>(undefined);
  const isTwo = sides.value.length > 1;
  useEffect(() => {
    for (const map of open.values()) map.fit();
  }, [isTwo]);
  useEffect(() => () => clearTimeout(resting.current), []);
  const moved = (which: Side, camera: Camera) => {
    for (const [other, map] of open) if (other !== which) map.follow(camera);
  };
  const rested = (camera: Camera) => {
    clearTimeout(resting.current);
    resting.current = window.setTimeout(() => setOwn("view", cameraWords(camera)), REST_MS);
  };
  return (
    <Place id="main" class={isTwo ? "maps pair" : "maps"} tabIndex={-1} aria-label={p.map.label}>
      {sides.value.map((which) => (
        <Pane
          key={which}
          which={which}
          bounds={bounds}
          onMoved={(camera) => moved(which, camera)}
          onRested={rested}
          onDrawn={onDrawn}
        />
      ))}
      <Legend bounds={bounds} />
    </Place>
  );
}
