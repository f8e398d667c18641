// The list that answers: the nearest stations of a place, or those of a district.

import { say, type Words } from "../../words";
import { elsewhere, isNarrow, listHref } from "../asked";
import { local, rfc3339 } from "../instant";
import type { Found } from "../search";
import type { Station } from "../station";
import { chips, wider } from "./chips";
import type { Context } from "./context";
import { html, type Markup } from "./html";
import { door, icon } from "./icon";
import { answer, hotline, sizeButton } from "./layout";
import { farText, row } from "./row";
import { date, stamp } from "./time";
import { panel } from "./when";

/** The parts of the page with a list. */
export function list(context: Context, found: Found, script: Words): Markup {
  return html`
    ${head(context)}${chips(context)}${panel(context)}
    ${answer(context, [
      found.fitting.length === 0 ? nothing(context, found, script) : fitting(context, found),
      later(context, found),
      foot(context, found),
    ])}`;
}

/** The title of the page. */
export function title({ words, asked, district, copy }: Context): string {
  if (asked.place) return district ? say(words.near_in, copy.name) : words.near_you;
  return say(words.in_district, copy.name);
}

function head(context: Context): Markup {
  const { words, when, asked } = context;
  const made = html`
    <time class="whole" datetime="${rfc3339(when.now_ms, when)}" data-made>${stamp(words, when.now_ms, when)}</time>`;
  const seen =
    asked.at_ms === undefined
      ? date(words, local(when.now_ms, when))
      : html`<b>${say(words.seen_at, stamp(words, when.at_ms, when))}</b>`;
  return html`
    <header class="top" data-part="top">
      <div><h1>${title(context)}</h1><p>${seen} · ${made}</p></div>
      <a class="btn plain" href="${listHref(elsewhere(asked))}">${icon("search")}${words.other_place}</a>
      ${sizeButton(words)}
    </header>`;
}

function fitting(context: Context, found: Found): Markup {
  const isNear = context.asked.place !== undefined;
  const leads = isNear && found.fitting[0]?.isOpen === true ? 1 : 0;
  const [first, rest] = [found.fitting.slice(0, leads), found.fitting.slice(leads)];
  const said = count(context, first.length, rest.length);
  const next =
    found.nextHref &&
    html`<p class="next"><a class="btn quiet wide" href="${found.nextHref}" data-swap>${context.words.next_page}</a></p>`;
  return html`
    <ol class="rows">${first.map((station) => row(context, station, true))}</ol>
    ${(said !== undefined || isNear) && html`<div class="count"><p role="status">${said}</p>${isNear && positionOff(context)}</div>`}
    <ol class="rows${!isNear && " plain"}">${rest.map((station) => row(context, station, false))}</ol>
    ${next}`;
}

function positionOff({ words }: Context): Markup {
  return html`<button type="button" data-action="off" data-script>${words.position_off}</button>`;
}

function count({ words, asked }: Context, first: number, rest: number): string | undefined {
  const isOpenOnly = asked.wanted.isOpen;
  if (!asked.place && isOpenOnly) {
    return say(
      asked.at_ms === undefined ? words.open_in_district : words.open_then_in_district,
      first + rest,
    );
  }
  if (!asked.place) return say(words.stations_count, first + rest);
  if (rest === 0) return undefined;
  return isOpenOnly && first > 0 ? say(words.more_open, rest) : say(words.found, first + rest);
}

function later(context: Context, { later: stations }: Found): Markup | undefined {
  if (stations.length === 0) return undefined;
  const { words, asked } = context;
  const phrase = asked.at_ms === undefined ? words.later : words.later_then;
  return html`
    <h2 class="later">${say(phrase, stations.length)}</h2>
    <ol class="rows unlit${!asked.place && " plain"}">${stations.map((station) => row(context, station, false))}</ol>`;
}

/** Nothing fits. Which is the nearest beyond is said only where the copy knows it. */
function nothing(context: Context, { beyond }: Found, script: Words): Markup {
  const { words, asked } = context;
  const isPlain = asked.wanted.isOpen && !isNarrow(asked.wanted);
  const near = isPlain ? words.none_open_title : words.none_title;
  const far = beyond?.distance_m;
  const more = far === undefined ? script.beyond_unknown : say(words.beyond, farText(words, far));
  return html`
    <div class="say" role="status">
      ${door("closed")}
      <h2>${asked.place ? near : words.none_in_district_title}</h2>
      ${asked.place && html`<p>${more}</p>`}
    </div>
    ${beyond && html`<ol class="rows">${row(context, beyond, false)}</ol>`}
    ${waysOn(context)}`;
}

function waysOn(context: Context): Markup {
  const { words, asked } = context;
  const { unfiltered, allStates } = wider(context);
  const all =
    asked.wanted.isOpen &&
    html`<a class="btn quiet wide" href="${allStates}" data-swap>${words.show_all_states}</a>`;
  return html`
    <div class="ways">
      ${isNarrow(asked.wanted) ? html`<a class="btn wide" href="${unfiltered}" data-swap>${words.drop_filters}</a>` : all}
      ${hotline(words)}
    </div>`;
}

function foot(context: Context, found: Found): Markup {
  const { words, asked, copy } = context;
  const all: readonly Station[] = [...found.fitting, ...found.later];
  const isMeasured = all.some((station) => station.walk_s !== undefined);
  const { detour, walk_m_s, ride_m_s } = copy.walk;
  const note =
    asked.by === "ride"
      ? say(words.ride_note, { detour, speed: ride_m_s })
      : say(words.walk_note, { detour, speed: walk_m_s });
  const keep =
    asked.place &&
    html`<p class="next"><button class="btn plain" type="button" data-action="keep" data-script>${icon("pin")}${words.keep_here}</button></p>`;
  return html`${keep}<p class="foot">${isMeasured && [note, " "]}${asked.place ? words.list_foot : words.district_foot}</p>`;
}
