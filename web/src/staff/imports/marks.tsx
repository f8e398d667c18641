// A map with marks. Its code comes only when it is looked at; without WebGL the words beside it say the same.

import { useEffect, useRef, useState } from "preact/hooks";
import { middle } from "../shell";
import { w } from "../words";
import type { Marked, MarksMap } from "./marks-map";

/** The map. */
export function Marks({
  shown,
  onPick,
  label,
}: {
  shown: Marked;
  onPick: (key: string) => void;
  label: string;
}) {
  const box = useRef<HTMLDivElement>(null);
  const map = useRef<MarksMap>(undefined);
  const [isMissing, setMissing] = useState(!("WebGL2RenderingContext" in window));
  const latest = useRef({ shown, onPick });
  latest.current = { shown, onPick };
  useEffect(() => {
    const container = box.current;
    if (!container || isMissing) return;
    let isGone = false;
    import("./marks-map")
      .then(({ MarksMap }) => MarksMap.open(container, middle, (key) => latest.current.onPick(key)))
      .then((opened) => {
        if (isGone) return opened.close();
        map.current = opened;
        opened.show(latest.current.shown);
      })
      .catch((cause: unknown) => {
        console.error(cause);
        setMissing(true);
      });
    return () => {
      isGone = true;
      map.current?.close();
    };
  }, []);
  // The marks are drawn anew only where they differ, so that a focus on one of them is not lost.
  const drawn = JSON.stringify(shown);
  useEffect(() => map.current?.show(latest.current.shown), [drawn]);
  if (isMissing) return <p class="note">{w.imports.map_missing}</p>;
  return <section class="map" ref={box} aria-label={label} />;
}
