// Distances on the WGS-84 ellipsoid, as the server finds them: the chord for the order, the geodesic to be said.

import type { Place } from "../address";

/** Semi-major axis in metres and flattening of the WGS-84 ellipsoid (NIMA TR8350.2, table 3.1). */
const SEMI_MAJOR_M = 6_378_137;
const FLATTENING = 1 / 298.257_223_563;
const ECCENTRICITY_2 = FLATTENING * (2 - FLATTENING);
const SEMI_MINOR_M = SEMI_MAJOR_M * (1 - FLATTENING);
/** Vincenty's series has come to rest at a change of so many radians, 0.006 mm; near antipodes it never does. */
const AT_REST = 1e-12;
const MOST_STEPS = 100;

/** Earth-centred, earth-fixed metres at height 0 (EPSG Guidance Note 7-2, 4.1.1). */
export type Ecef = readonly [number, number, number];

/** A place in earth-centred metres. */
export function ecef({ lon, lat }: Place): Ecef {
  const [phi, lambda] = [radians(lat), radians(lon)];
  const sine = Math.sin(phi);
  const radius_m = SEMI_MAJOR_M / Math.sqrt(1 - ECCENTRICITY_2 * sine * sine);
  const across_m = radius_m * Math.cos(phi);
  return [across_m * Math.cos(lambda), across_m * Math.sin(lambda), radius_m * (1 - ECCENTRICITY_2) * sine];
}

/** Metres of the straight line through the earth: the order of ways and their limit. */
export function chord_m(a: Ecef, b: Ecef): number {
  const [x, y, z] = [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
  return Math.sqrt(x * x + y * y + z * z);
}

/**
 * Metres of the shortest way on the ellipsoid: Vincenty, "Direct and inverse solutions of geodesics" (1975), to
 * half a millimetre. Where its series does not come to rest, near antipodes, the arc over the chord stands in.
 */
export function geodesic_m(from: Place, to: Place): number {
  const [u1, u2] = [reduced(from.lat), reduced(to.lat)];
  const run = radians(to.lon - from.lon);
  let lambda = run;
  for (let step = 0; step < MOST_STEPS; step++) {
    const arc = arcOf(u1, u2, lambda);
    if (arc.sine === 0) return 0;
    const c = (FLATTENING / 16) * arc.square * (4 + FLATTENING * (4 - 3 * arc.square));
    const twist = arc.middle + c * arc.cosine * (2 * arc.middle ** 2 - 1);
    const next = run + (1 - c) * FLATTENING * arc.azimuth * (arc.sigma + c * arc.sine * twist);
    if (Math.abs(next - lambda) < AT_REST) return lengthOf(arc);
    lambda = next;
  }
  return arcOverChord(from, to);
}

interface Arc {
  readonly sine: number;
  readonly cosine: number;
  readonly sigma: number;
  /** Sine of the azimuth at the equator, and the square of its cosine. */
  readonly azimuth: number;
  readonly square: number;
  /** Cosine of twice the distance of the middle from the equator. */
  readonly middle: number;
}

function arcOf(u1: number, u2: number, lambda: number): Arc {
  const [sin1, cos1, sin2, cos2] = [Math.sin(u1), Math.cos(u1), Math.sin(u2), Math.cos(u2)];
  const sine = Math.hypot(cos2 * Math.sin(lambda), cos1 * sin2 - sin1 * cos2 * Math.cos(lambda));
  const cosine = sin1 * sin2 + cos1 * cos2 * Math.cos(lambda);
  const azimuth = sine === 0 ? 0 : (cos1 * cos2 * Math.sin(lambda)) / sine;
  const square = 1 - azimuth * azimuth;
  const middle = square === 0 ? 0 : cosine - (2 * sin1 * sin2) / square;
  return { sine, cosine, sigma: Math.atan2(sine, cosine), azimuth, square, middle };
}

function lengthOf({ sine, cosine, sigma, square, middle }: Arc): number {
  const u = (square * (SEMI_MAJOR_M ** 2 - SEMI_MINOR_M ** 2)) / SEMI_MINOR_M ** 2;
  const a = 1 + (u / 16_384) * (4096 + u * (u * (320 - 175 * u) - 768));
  const b = (u / 1024) * (256 + u * (u * (74 - 47 * u) - 128));
  const third = (b / 6) * middle * (4 * sine * sine - 3) * (4 * middle * middle - 3);
  const correction = b * sine * (middle + (b / 4) * (cosine * (2 * middle * middle - 1) - third));
  return SEMI_MINOR_M * a * (sigma - correction);
}

/** The chord laid on a sphere of the mean radius (IUGG): within 0.6 %, and never farther than half around. */
function arcOverChord(from: Place, to: Place): number {
  const radius_m = (2 * SEMI_MAJOR_M + SEMI_MINOR_M) / 3;
  return 2 * radius_m * Math.asin(Math.min(1, chord_m(ecef(from), ecef(to)) / (2 * radius_m)));
}

function reduced(lat: number): number {
  return Math.atan((1 - FLATTENING) * Math.tan(radians(lat)));
}

/** Metres on the ellipsoid for one degree of longitude and one of latitude (EPSG Guidance Note 7-2, 4.1.1). */
export function degree_m({ lat }: Place): readonly [number, number] {
  const sine = Math.sin(radians(lat));
  const w = 1 - ECCENTRICITY_2 * sine * sine;
  const across_m = SEMI_MAJOR_M / Math.sqrt(w);
  return [radians(across_m * Math.cos(radians(lat))), radians((across_m * (1 - ECCENTRICITY_2)) / w)];
}

function radians(degrees: number): number {
  return (degrees * Math.PI) / 180;
}
