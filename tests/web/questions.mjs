// Questions put to both the server and the phone, and what may differ between their answers.

import { NOW } from "./harness.mjs";

/** The two days that a copy speaks of, in minutes. */
const HORIZON_MIN = 48 * 60;
const FACILITIES = ["microwave", "heating", "phone_charge", "toilet", "water", "wifi", "first_aid", "cooling"];

/** Numbers that look random and are the same in every run (mulberry32). */
export function random(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

function isInside([lon, lat], rings) {
  let isIn = false;
  for (const ring of rings) {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [[x1, y1], [x2, y2]] = [ring[i], ring[j]];
      if (y1 > lat !== y2 > lat && lon < x1 + ((lat - y1) * (x2 - x1)) / (y2 - y1)) isIn = !isIn;
    }
  }
  return isIn;
}

/** A position inside the district: anywhere, near a station, or just within its border. */
function position(next, copy) {
  const rings = copy.outline.coordinates.flat();
  const points = rings.flat();
  const [lons, lats] = [points.map(([lon]) => lon), points.map(([, lat]) => lat)];
  const [west, east, south, north] = [Math.min(...lons), Math.max(...lons), Math.min(...lats), Math.max(...lats)];
  for (;;) {
    const kind = next();
    const [lon, lat] = points[Math.floor(next() * points.length)];
    const station = copy.stations[Math.floor(next() * copy.stations.length)];
    const near = (degrees) => (next() - 0.5) * degrees;
    const anywhere = [west + next() * (east - west), south + next() * (north - south)];
    const found =
      kind < 0.2 ? anywhere : kind < 0.75 ? [station.lon + near(0.03), station.lat + near(0.03)] : [lon + near(0.01), lat + near(0.01)];
    const rounded = found.map((degrees) => Number(degrees.toFixed(4)));
    if (isInside(rounded, rings)) return rounded;
  }
}

/** An instant on the city's clocks, some minutes after the copy was made. */
function minuteAfter(now, minutes) {
  const local = new Date(Date.parse(now) + 8 * 3_600_000 + minutes * 60_000);
  return local.toISOString().slice(0, 16);
}

/** A question about the district of a copy, its surroundings or itself, in either language. */
export function question(next, copy) {
  const [lon, lat] = position(next, copy);
  const query = new URLSearchParams(next() < 0.1 ? { district: copy.district } : { lat: lat.toFixed(4), lon: lon.toFixed(4) });
  if (next() < 0.85) query.set("at", minuteAfter(NOW, Math.floor(next() * HORIZON_MIN)));
  if (next() < 0.3) query.set("by", "ride");
  if (next() < 0.3) query.set("open", "any");
  const codes = FACILITIES.filter(() => next() < 0.06);
  if (codes.length > 0) query.set("facility", codes.join(","));
  if (next() < 0.15) query.set("no_phone", "true");
  if (next() < 0.15) query.set("always_open", "true");
  query.set("lang", next() < 0.5 ? "zh" : "en");
  return `/?${query}`;
}

/** The sheet of a station, seen from somewhere at some time, and plainly. */
export function sheetsOf(next, copy, id) {
  const [lon, lat] = position(next, copy);
  const at = minuteAfter(NOW, Math.floor(next() * HORIZON_MIN));
  return [`/stations/${id}?lat=${lat.toFixed(4)}&lon=${lon.toFixed(4)}&at=${at}&lang=en`, `/stations/${id}?lang=zh`];
}

/**
 * What is different between two pages. Left aside on purpose:
 * - Spaces before the first class of an element, which mean nothing.
 * - The map's part is not the list's: the script keeps it.
 * - The nearest station beyond 5 km: the server names it, the phone only where no station outside its copy can be
 *   nearer. There the sentence, the row and the banner that speaks of it are left out, and `isBeyond` is set.
 * - On a sheet, what the copy has not: the hours of the week (the phone has them in words) and photos.
 */
export function differences([name, server, phone]) {
  const read = (text) => {
    const main = new DOMParser().parseFromString(text, "text/html").querySelector("main");
    for (const element of main.querySelectorAll("[class]"))
      element.setAttribute("class", element.getAttribute("class").trim());
    const parts = [...main.querySelectorAll(":scope > [data-part]:not([data-part=map])")];
    const find = (css) => main.querySelector(css);
    for (const section of main.querySelectorAll("section"))
      if (/^(开放时间|Opening hours|门口的样子|What the door looks like)$/.test(section.querySelector("h2")?.textContent)) section.remove();
    return { title: main.dataset.title, parts, find };
  };
  const shown = (a, b) => {
    const start = Math.max(0, [...a].findIndex((sign, i) => sign !== b[i]) - 80);
    return `${name}\n…${a.slice(start, start + 300)}\n…${b.slice(start, start + 300)}`;
  };
  const [theirs, own] = [read(server), read(phone)];
  const silent = own.find(".say[role=status] > p");
  const isBeyond = silent !== null && /没有网|without a network/.test(silent.textContent);
  if (isBeyond) {
    theirs.find(".say + ol.rows")?.remove();
    for (const page of [theirs, own]) {
      page.find(".say[role=status] > p").remove();
      page.find("[data-part=banner]").textContent = "";
    }
  }
  const wrong = theirs.parts
    .map((part, i) => [part, own.parts[i]])
    .filter(([part, other]) => !other || !part.isEqualNode(other))
    .map(([part, other]) => shown(part.outerHTML, other?.outerHTML ?? ""));
  if (theirs.title !== own.title) wrong.push(`${name}: ${theirs.title} ${own.title}`);
  return { wrong, isBeyond };
}
