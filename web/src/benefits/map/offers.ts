// Offers in a window of the map, as the interface tells them.

import type { Place } from "../../address";
import { query, refusalOf } from "../../staff/http";

/** What is known of an offer on the map; names of merchant and store are flat, because the map keeps texts alone. */
export interface Offer {
  readonly title: string;
  readonly rule: string;
  readonly state: string;
  readonly merchant: string;
  readonly store: string;
  readonly address: string;
}

/** An offer at a store. */
interface Feature {
  readonly type: "Feature";
  readonly geometry: { readonly type: "Point"; readonly coordinates: [number, number] };
  readonly properties: Offer;
}

/** Offers as GeoJSON. */
export interface Offers {
  readonly type: "FeatureCollection";
  readonly features: Feature[];
}

/** The most offers that are asked for at once. */
const MOST = 500;

/** West, south, east and north of a window, within the earth. */
export function boxOf(southWest: Place, northEast: Place): string {
  const within = (degrees: number, limit: number) => Math.max(-limit, Math.min(limit, degrees)).toFixed(4);
  const [west, south] = [within(southWest.lon, 180), within(southWest.lat, 90)];
  return [west, south, within(northEast.lon, 180), within(northEast.lat, 90)].join(",");
}

/** Reads the offers in a window. */
export async function readOffers(bbox: string, category: string, signal: AbortSignal): Promise<Offers> {
  const headers = { Accept: "application/geo+json", "Accept-Language": document.documentElement.lang };
  const response = await fetch(`/api/v1/offers${query({ bbox, category, limit: MOST })}`, {
    headers,
    signal,
  });
  if (!response.ok) throw await refusalOf(response);
  return flat((await response.json()) as Told);
}

interface Told {
  readonly features: readonly (Omit<Feature, "properties"> & {
    readonly properties: Omit<Offer, "merchant" | "store" | "address"> & {
      readonly merchant: { readonly name: string };
      readonly store: { readonly name: string; readonly address: string };
    };
  })[];
}

/** The same with names as texts. */
export function flat(told: Told): Offers {
  const features = told.features.map(({ geometry, properties: { title, rule, state, merchant, store } }) => ({
    type: "Feature" as const,
    geometry,
    properties: { title, rule, state, merchant: merchant.name, store: store.name, address: store.address },
  }));
  return { type: "FeatureCollection", features };
}

/** The same where the map draws them. */
export function shifted(offers: Offers, drawnAt: (place: Place) => Place): Offers {
  const features = offers.features.map((feature) => {
    const [lon, lat] = feature.geometry.coordinates;
    const at = drawnAt({ lon, lat });
    return {
      ...feature,
      geometry: { type: "Point" as const, coordinates: [at.lon, at.lat] as [number, number] },
    };
  });
  return { type: "FeatureCollection", features };
}
