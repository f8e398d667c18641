// Where the phone is. It is asked for only after a tap, and kept nowhere but in this tab's history.

import type { Place } from "./address";

/** How long a position is waited for. */
export const PATIENCE_MS = 8000;
/** A position this old is near enough for somebody on foot. */
const FRESH_MS = 60_000;

/** Why there is no position. */
export type NoPosition = "refused" | "none";

/** Asks the phone where it is; a rough position will do. */
export function currentPlace(geolocation: Geolocation | undefined): Promise<Place> {
  return new Promise((resolve, reject: (reason: NoPosition) => void) => {
    if (!geolocation) return reject("none");
    geolocation.getCurrentPosition(
      ({ coords }) => resolve({ lon: coords.longitude, lat: coords.latitude }),
      (error) => reject(error.code === error.PERMISSION_DENIED ? "refused" : "none"),
      { enableHighAccuracy: false, timeout: PATIENCE_MS, maximumAge: FRESH_MS },
    );
  });
}

/** The place that this entry of the tab's history remembers. */
export function rememberedPlace(): Place | undefined {
  const state: unknown = history.state;
  if (typeof state !== "object" || state === null || !("place" in state)) return undefined;
  const place = state.place as Partial<Place> | null;
  const isPlace = typeof place?.lon === "number" && typeof place.lat === "number";
  return isPlace ? { lon: place.lon as number, lat: place.lat as number } : undefined;
}
