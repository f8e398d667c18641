// Asking where one is, with the reason, so that the nearest offers come first.

import { useState } from "preact/hooks";
import { Button, Note } from "../phone/parts";
import { p } from "../phone/words";

/** How long a position is waited for, and how old it may be, in milliseconds. */
const PATIENCE_MS = 10_000;
const OLD_MS = 60_000;

/** The address of the public list around a place; four decimals are enough to find a door. */
export function addressAt(here: URL, lat: number, lon: number): URL {
  const next = new URL(here);
  next.searchParams.delete("district");
  next.searchParams.set("lat", lat.toFixed(4));
  next.searchParams.set("lon", lon.toFixed(4));
  return next;
}

/** The button. */
export function Near() {
  const [busy, setBusy] = useState(false);
  const [isFailed, setFailed] = useState(false);
  if (!navigator.geolocation) return null;
  const look = () => {
    setBusy(true);
    setFailed(false);
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => location.replace(addressAt(new URL(location.href), coords.latitude, coords.longitude)),
      () => {
        setBusy(false);
        setFailed(true);
      },
      { timeout: PATIENCE_MS, maximumAge: OLD_MS },
    );
  };
  return (
    <div class="ways">
      {isFailed ? <Note title={p.near.failed} icon="info" /> : null}
      <Button look="quiet wide" icon="locate" busy={busy} onClick={look}>
        {p.near.go}
      </Button>
      <p class="cap">{p.near.why}</p>
    </div>
  );
}
