// GCJ-02 and BD-09, and back, by the same rule as server/spatial/src/datum.rs: positions are shifted for drawing on
// tiles of Amap or Tencent, and what is touched there is shifted back. Within China, where those tiles are.

import type { Place } from "./address";

/** Semi-major axis in metres and squared eccentricity of the Krasovsky 1940 ellipsoid, as the formula uses them. */
const KRASOVSKY_M = 6_378_245;
const KRASOVSKY_ECCENTRICITY_2 = 0.006_693_421_622_965_943;
/** Where the inverse stops: 1e-10 degrees are a hundredth of a millimetre. */
const TOLERANCE_DEG = 1e-10;
/** The angular frequency in the BD-09 formula, per degree. */
const BAIDU_FREQUENCY = (Math.PI * 3000) / 180;
/** The inverse gives up after so many steps; within China a handful is enough. */
const MOST_STEPS = 24;

/** A WGS-84 place in GCJ-02, by the formula that all map libraries share. */
export function toGcj02({ lon, lat }: Place): Place {
  const [east, north] = shiftInMetres(lon - 105, lat - 35);
  const radians = (lat * Math.PI) / 180;
  const w2 = 1 - KRASOVSKY_ECCENTRICITY_2 * Math.sin(radians) ** 2;
  const primeVertical = KRASOVSKY_M / Math.sqrt(w2);
  const meridian = (primeVertical * (1 - KRASOVSKY_ECCENTRICITY_2)) / w2;
  return {
    lon: lon + degrees(east / (primeVertical * Math.cos(radians))),
    lat: lat + degrees(north / meridian),
  };
}

/** A WGS-84 place in BD-09, which Baidu makes of GCJ-02. */
export function toBd09(place: Place): Place {
  const { lon: x, lat: y } = toGcj02(place);
  const radius = Math.hypot(x, y) + 0.000_02 * Math.sin(y * BAIDU_FREQUENCY);
  const angle = Math.atan2(y, x) + 0.000_003 * Math.cos(x * BAIDU_FREQUENCY);
  return { lon: radius * Math.cos(angle) + 0.0065, lat: radius * Math.sin(angle) + 0.006 };
}

/** The WGS-84 place of one in GCJ-02, to under a centimetre: there is no inverse formula, so a guess is refined. */
export function fromGcj02(place: Place): Place {
  return inverse(toGcj02, place);
}

/** The WGS-84 place of one in BD-09, likewise. */
export function fromBd09(place: Place): Place {
  return inverse(toBd09, place);
}

/** A coordinate system that maps in China use. */
export type Datum = "wgs84" | "gcj02" | "bd09";

/** A WGS-84 place in a system. */
export function fromWgs84(datum: Datum, place: Place): Place {
  if (datum === "wgs84") return place;
  return datum === "gcj02" ? toGcj02(place) : toBd09(place);
}

/** The WGS-84 place of one in a system. */
export function toWgs84(datum: Datum, place: Place): Place {
  if (datum === "wgs84") return place;
  return datum === "gcj02" ? fromGcj02(place) : fromBd09(place);
}

function inverse(forward: (place: Place) => Place, place: Place): Place {
  let guess = place;
  for (let step = 0; step < MOST_STEPS; step++) {
    const reached = forward(guess);
    const [lon, lat] = [place.lon - reached.lon, place.lat - reached.lat];
    if (Math.max(Math.abs(lon), Math.abs(lat)) <= TOLERANCE_DEG) break;
    guess = { lon: guess.lon + lon, lat: guess.lat + lat };
  }
  return guess;
}

/** The shift to the east and north; `x` and `y` in degrees from 105° E 35° N. */
function shiftInMetres(x: number, y: number): [number, number] {
  const wave = (value: number, period: number) => Math.sin((value * Math.PI) / period);
  const root = Math.sqrt(Math.abs(x));
  const common = ((20 * wave(6 * x, 1) + 20 * wave(2 * x, 1)) * 2) / 3;
  const east =
    300 +
    x +
    2 * y +
    0.1 * x * x +
    0.1 * x * y +
    0.1 * root +
    common +
    ((20 * wave(x, 1) + 40 * wave(x, 3)) * 2) / 3 +
    ((150 * wave(x, 12) + 300 * wave(x, 30)) * 2) / 3;
  const north =
    -100 +
    2 * x +
    3 * y +
    0.2 * y * y +
    0.1 * x * y +
    0.2 * root +
    common +
    ((20 * wave(y, 1) + 40 * wave(y, 3)) * 2) / 3 +
    ((160 * wave(y, 12) + 320 * wave(y, 30)) * 2) / 3;
  return [east, north];
}

function degrees(radians: number): number {
  return (radians * 180) / Math.PI;
}
