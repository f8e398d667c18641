// One station in a list: how far, its state, how to get in, what can be used.

import { type PageWords, say } from "../../words";
import { stationHref, type Wanted } from "../asked";
import { type FacilityAt, instant_ms, type Station } from "../station";
import { type Context, facilityWord } from "./context";
import { attribute, html, type Markup, type Piece } from "./html";
import { door, icon, ofFacility } from "./icon";
import { fixed } from "./number";
import { line, lineMarkup, reopens, whyOpen } from "./state";
import { stamp } from "./time";
import { short } from "./way-in";

/** How many usable facilities a row names. */
const NAMED = 3;
const BAD_NAMED = 2;
/** A longer way is not worth saying. */
const LONGEST_TRIP_S = 90 * 60;
/** Those named first, unless others are asked for. */
const FIRST = ["microwave", "heating", "cooling", "phone_charge", "toilet", "water", "first_aid"];

/** A row; the nearest open one is larger and carries the button. */
export function row(context: Context, station: Station, isFirst: boolean): Markup {
  const { words, asked } = context;
  const { facts } = station;
  const [told, href] = [line(context, station), stationHref(asked, facts.id)];
  const far = station.distance_m === undefined ? undefined : farText(words, station.distance_m);
  return html`
    <li class="row${isFirst && " first"}" id="s-${facts.id}" data-id="${facts.id}" ${position(station)} data-state="${told.shape}" data-name="${facts.name}" data-word="${told.text}"${attribute("data-far", far)}>
      <a href="${href}">
        ${farMarkup(context, station, told.shape)}
        <div>
          <h2>${facts.name}</h2>
          ${lineMarkup(told)}
          ${how(context, station)}
          ${station.isOpen && facilities(context, station)}
        </div>
      </a>
      <button class="see" type="button" data-action="show" data-script>
        ${icon("pin")}<span>${words.on_map}</span><span class="vh"> ${facts.name}</span>
      </button>
      ${isFirst && html`<div class="go"><a class="btn wide" href="${href}#go">${icon("nav")}${words.walk_there}</a></div>`}
    </li>`;
}

function position({ facts }: Station): Markup {
  return html`data-lon="${facts.lon.toFixed(6)}" data-lat="${facts.lat.toFixed(6)}"`;
}

function farMarkup(context: Context, station: Station, shape: string): Markup {
  if (station.distance_m === undefined) return html`<p class="far">${door(shape)}</p>`;
  const [figure, unit] = distance(context.words, station.distance_m);
  const said = trip(context, station);
  return html`<p class="far"><b>${figure}</b><span>${unit}</span>${said && html`<small>${said}</small>`}</p>`;
}

/** A distance as figure and unit: to ten metres below a kilometre, to a hundred below ten kilometres. */
function distance(words: PageWords, distance_m: number): readonly [string, string] {
  if (distance_m < 995) return [String(Math.round(distance_m / 10) * 10), words.metres];
  return [fixed(distance_m / 1000, distance_m < 9950 ? 1 : 0), words.kilometres];
}

/** A distance as text: `180 米`. */
export function farText(words: PageWords, distance_m: number): string {
  return distance(words, distance_m).join(" ");
}

/** The time on the way in whole minutes, rounded up: `步行 3 分`. */
function trip({ words, asked }: Context, station: Station): string | undefined {
  const [time_s, phrase] = asked.by === "ride" ? [station.ride_s, words.ride] : [station.walk_s, words.walk];
  if (time_s === undefined || time_s > LONGEST_TRIP_S) return undefined;
  return say(phrase, Math.max(1, Math.ceil(time_s / 60)));
}

function how(context: Context, station: Station): Markup {
  const { words } = context;
  const opens = reopens(context, station);
  if (opens !== undefined) return html`<p class="how">${icon("clock")}${opens}</p>`;
  const [picture, sentence] = short(words, station.facts);
  const { access } = station.facts;
  const why = whyOpen(station);
  const membersToo = access.length > 1 && access.includes("member_only");
  return html`
    <p class="how">${icon(picture)}<span>${sentence}${membersToo && [words.comma, words.member_only]}</span></p>
    ${why !== undefined && html`<p class="how">${icon("info")}<span>${why}</span></p>`}
    ${station.isProvisional && html`<p class="how">${icon("info")}<span>${words.provisional}</span></p>`}`;
}

function facilities(context: Context, station: Station): Markup {
  const found = usable(station, context.asked.wanted);
  const isBad = (f: FacilityAt) => (!f.working && f.inSeason) || f.isClosedByNotice;
  const unusable = station.facilities.filter(isBad).slice(0, BAD_NAMED);
  const named = (f: FacilityAt): Piece =>
    html`<li>${icon(ofFacility(f.code))}${facilityWord(context, f.code)}</li>`;
  const bad = (f: FacilityAt): Piece => {
    const phrase = f.working ? context.words.stopped : context.words.broken;
    return html`<li class="bad">${icon("warn")}${say(phrase, facilityWord(context, f.code))}</li>`;
  };
  const more = found.length > NAMED && html`<li>${say(context.words.more_facilities, found.length)}</li>`;
  return html`<ul class="fac">${found.slice(0, NAMED).map(named)}${more}${unusable.map(bad)}</ul>`;
}

/** What can be used now: first what was asked for, then what most people look for. */
function usable(station: Station, wanted: Wanted): FacilityAt[] {
  const place = (code: string) => (FIRST.includes(code) ? FIRST.indexOf(code) : FIRST.length);
  const rank = (code: string) => (wanted.facilities.includes(code) ? 0 : 100) + place(code);
  return station.facilities.filter((f) => f.isOpen).sort((a, b) => rank(a.code) - rank(b.code));
}

/** The line under a sheet's name: address, distance and time on the way, as far as they are known. */
export function whereabouts(context: Context, station: Station): string {
  const { distance_m } = station;
  const far = distance_m === undefined ? undefined : farText(context.words, distance_m);
  const way = [far, trip(context, station)].filter((part) => part !== undefined).join(context.words.comma);
  return [station.facts.address, way].filter(Boolean).join(" · ");
}

/** When a facility broke, as it is said in a sheet. */
export function brokenSince({ words, when }: Context, facility: FacilityAt): string {
  const since_ms = instant_ms(facility.broken_since);
  return since_ms === undefined ? words.broken_now : say(words.broken_since, stamp(words, since_ms, when));
}
