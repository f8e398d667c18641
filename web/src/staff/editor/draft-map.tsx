// The map in the editor. Its code comes only when it is looked at; without WebGL the coordinates are typed.

import { useEffect, useRef, useState } from "preact/hooks";
import type { PinMap, Pinned, Told } from "../map/pin";
import { middle } from "../shell";
import { w } from "../words";

/** A map that shows and moves the pin of a draft. */
export function DraftMap({ shown, told }: { shown: Pinned; told: Told }) {
  const box = useRef<HTMLDivElement>(null);
  const map = useRef<PinMap>(undefined);
  const [isMissing, setMissing] = useState(!hasWebGl());
  const latest = useRef({ shown, told });
  latest.current = { shown, told };
  useEffect(() => {
    const container = box.current;
    if (!container || isMissing) return;
    let isGone = false;
    const tell: Told = {
      pin: (place) => latest.current.told.pin(place),
      entrance: (place) => latest.current.told.entrance(place),
    };
    import("../map/pin")
      .then(({ PinMap }) => PinMap.open(container, latest.current.shown, middle, tell))
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
  useEffect(() => map.current?.show(shown));
  if (isMissing) return <p class="note">{w.map.missing}</p>;
  return <div class="map" ref={box} />;
}

function hasWebGl(): boolean {
  return "WebGL2RenderingContext" in window;
}
