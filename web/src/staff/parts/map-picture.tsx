// The map around a station as the server draws it. A station that the public does not see has none: then nothing is
// shown in its place.

import { useState } from "preact/hooks";
import { mapOf } from "../rounds/api";
import { say, w } from "../words";

interface Shown {
  readonly station: { readonly id: string; readonly name: string };
  /** Pixels a side; the smaller, the larger are its letters on the same paper. */
  readonly size: number;
  /** Whether it may wait until it is scrolled to; what is printed may not. */
  readonly isLazy?: boolean;
}

/** The picture. */
export function MapPicture({ station, size, isLazy = false }: Shown) {
  const [isMissing, setMissing] = useState(false);
  if (isMissing) return null;
  return (
    <img
      class="map-picture"
      src={mapOf(station.id, size)}
      alt={say(w.rounds.map_of, station.name)}
      width={size}
      height={size}
      loading={isLazy ? "lazy" : "eager"}
      onError={() => setMissing(true)}
    />
  );
}
