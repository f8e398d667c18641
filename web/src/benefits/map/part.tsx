// The place of the map on the public list: a button, then the map with what was touched below it.

import { useEffect, useRef, useState } from "preact/hooks";
import { Button, Note } from "../phone/parts";
import { p } from "../phone/words";
import type { Offer } from "./offers";

interface Props {
  /** What the page states of the base map. */
  readonly basemap: string | undefined;
  readonly lon: number;
  readonly lat: number;
  readonly isNear: boolean;
  readonly category: string;
}

/** Whether this browser can draw the map. */
function canDraw(): boolean {
  return "WebGL2RenderingContext" in window;
}

/** The part. */
export function OffersMap(props: Props) {
  const [isOpen, setOpen] = useState(false);
  if (!canDraw()) return null;
  return (
    <div class="ways">
      <Button look="quiet wide" icon="map" onClick={() => setOpen(!isOpen)}>
        {isOpen ? p.map.close : p.map.open}
      </Button>
      {isOpen ? <Drawn {...props} /> : null}
    </div>
  );
}

function Drawn({ basemap, lon, lat, isNear, category }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const [touched, setTouched] = useState<readonly Offer[]>();
  const [isFailed, setFailed] = useState(false);
  useEffect(() => {
    let close: (() => void) | undefined;
    let isPresent = true;
    const open = async () => {
      const { openOffers } = await import("./map");
      if (!box.current || !isPresent) return;
      const told = { touched: setTouched, failed: () => setFailed(true) };
      close = await openOffers(box.current, basemap, { lon, lat }, isNear, category, told);
      if (!isPresent) close();
    };
    open().catch(() => setFailed(true));
    return () => {
      isPresent = false;
      close?.();
    };
  }, []);
  return (
    <>
      {isFailed ? <Note title={p.failures.unreachable} icon="offline" /> : null}
      <section class="b-map" ref={box} aria-label={p.map.label} />
      <p class="cap">{p.map.hint}</p>
      <div role="status">
        {touched?.length === 0 ? <p class="cap">{p.map.none}</p> : null}
        <ul class="offers">
          {touched?.map((offer) => (
            <li key={offer.merchant + offer.store + offer.title}>
              <div>
                <b>{`${offer.merchant} · ${offer.store}`}</b>
                <strong>{offer.title}</strong>
                <span class="rule">{`${offer.rule} · ${offer.address}`}</span>
              </div>
            </li>
          ))}
        </ul>
      </div>
    </>
  );
}
