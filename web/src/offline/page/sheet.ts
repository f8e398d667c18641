// One station in full: state, the way there, what works, how to get in, hours, how sure it is.

import { type PageWords, say } from "../../words";
import { listHref } from "../asked";
import type { CopiedStation } from "../copy";
import { DAY_MS, dayOf, local } from "../instant";
import { type FacilityAt, instant_ms, type Station } from "../station";
import type { Context } from "./context";
import { facilityWord } from "./context";
import { html, type Markup, type Piece } from "./html";
import { door, icon, ofAccess, ofFacility } from "./icon";
import { answer, sizeButton } from "./layout";
import { notices } from "./notices";
import { brokenSince, whereabouts } from "./row";
import { seasonBegins } from "./season";
import { line, reopens, whyOpen } from "./state";
import { date, end, stamp } from "./time";
import { sentence, short } from "./way-in";

/** The parts of the page. The copy holds the hours in words, no table of the week and no photos. */
export function sheet(context: Context, station: Station): Markup {
  const { words, asked } = context;
  return html`
    <header class="top sheet" data-part="top">
      <a class="btn plain back" href="${listHref(asked)}" data-back>${icon("back")}${words.back_to_list}</a>
      ${sizeButton(words)}
    </header>
    ${answer(
      context,
      html`
      <article class="sheet" aria-labelledby="name">
        <section class="lead">
          <h1 id="name">${station.facts.name}</h1>
          <p class="addr">${whereabouts(context, station)}</p>
          ${now(context, station)}${notices(context, station)}${wayThere(words, station)}
        </section>
        ${whatWorks(context, station)}${howToGetIn(words, station)}${hours(words, station)}${trust(context, station)}
        ${wrong(words, station)}
      </article>`,
    )}`;
}

function wrong(words: PageWords, { facts }: Station): Markup {
  return html`
    <section>
      <h2>${words.wrong}</h2>
      <p>${words.wrong_how}</p>
      <div class="acts">
        <a class="btn quiet" href="/stations/${facts.id}/report">${icon("warn")}${words.report_here}</a>
        <a class="btn quiet" href="tel:12351">${icon("call")}${words.hotline}</a>
        <a class="btn plain" href="/reports">${words.report_follow}</a>
        <a class="btn quiet" href="/grievance?station=${facts.id}">${icon("join")}${words.grievance_here}</a>
      </div>
    </section>`;
}

function now(context: Context, station: Station): Markup {
  const { words } = context;
  const told = line(context, station);
  const second = reopens(context, station) ?? short(words, station.facts)[1];
  const why = whyOpen(station);
  return html`
    <div class="now ${told.shape}" role="status">
      ${door(told.shape)}
      <p><b>${told.text}</b><span>${second}</span>${why !== undefined && html`<span>${why}</span>`}${station.isProvisional && html`<span>${words.provisional}</span>`}</p>
    </div>`;
}

function wayThere(words: PageWords, { facts }: Station): Markup {
  const { nav, phone } = facts;
  const apps = [
    [words.amap, nav.amap],
    [words.baidu, nav.baidu],
    [words.tencent, nav.tencent],
    [words.apple, nav.apple],
  ] as const;
  const call =
    phone !== null &&
    html`<a class="btn quiet" href="tel:${phone.replace(/[^0-9+]/g, "")}">${icon("call")}${words.call}</a>`;
  return html`
    <div class="acts" id="go">
      <a class="btn" href="${nav.amap}" rel="noreferrer">${icon("nav")}${words.walk_there}</a>${call}${share(words, facts)}
    </div>
    <div class="maps" role="group" aria-label="${words.navigate_with}">
      <span class="cap">${words.other_map}</span>
      ${apps.map(([name, href]) => html`<a href="${href}" rel="noreferrer">${name}</a>`)}
      <a class="btn plain" href="${nav.geo}">${icon("pin")}${words.phone_map}</a>
      <button class="btn plain" type="button" data-action="copy" data-script data-text="${facts.signboard} ${facts.address ?? facts.signboard}">
        ${icon("copy")}${words.copy_address}
      </button>
    </div>
    <p class="cap in-wechat">${words.wechat_note}</p>`;
}

function share(words: PageWords, { id, name }: CopiedStation): Markup {
  return html`
    <button class="btn quiet" type="button" data-action="share" data-script data-path="/stations/${id}" data-title="${name}">
      ${icon("share")}${words.share}
    </button>`;
}

function whatWorks(context: Context, station: Station): Markup {
  const { words } = context;
  return html`
    <section>
      <h2>${words.what_works}</h2>
      ${station.facilities.length === 0 && html`<p>${words.no_facilities}</p>`}
      <ul class="facilities">${station.facilities.map((facility) => one(context, station, facility))}</ul>
    </section>`;
}

function one(context: Context, station: Station, facility: FacilityAt): Markup {
  const name = html`<b>${facilityWord(context, facility.code)}</b>`;
  const isBad = !facility.working || facility.isClosedByNotice;
  const look = isBad ? "bad" : !facility.inSeason && "off";
  return html`<li class="${look}">${icon(ofFacility(facility.code))}${name}<span>${standing(context, station, facility)}</span></li>`;
}

/** The state of one facility, then its number and the keeper's remark. */
function standing(context: Context, station: Station, facility: FacilityAt): string {
  const { words, when } = context;
  const { until_ms, count, notice } = facility;
  const until = until_ms === undefined ? undefined : say(words.until, end(words, until_ms, when));
  const phrase = facility.code === "seat" ? words.seats : words.how_many;
  const number = count === undefined ? undefined : say(phrase, count);
  const why = facility.isOpen ? notice?.reason : undefined;
  return [stateOf(context, station, facility), until, why, number, facility.note].filter(Boolean).join(" · ");
}

function stateOf(context: Context, station: Station, facility: FacilityAt): string {
  const { words, when } = context;
  if (!facility.working) return brokenSince(context, facility);
  if (facility.notice && facility.isClosedByNotice) return say(words.out_of_use, facility.notice.reason);
  if (!facility.inSeason) {
    const today = dayOf(local(when.at_ms, when));
    const day = facility.season && seasonBegins(facility.season, today);
    if (!day) return words.not_at_this_hour;
    return say(words.in_season_from, date(words, new Date(day * DAY_MS)));
  }
  if (facility.isOpen) return words.works;
  return station.isOpen ? words.not_at_this_hour : words.when_open;
}

function howToGetIn(words: PageWords, { facts, facilities }: Station): Markup {
  const has = (code: string) => facilities.some((f) => f.code === code && f.working);
  const item = (picture: string, said: string): Piece => html`<li>${icon(picture)}<span>${said}</span></li>`;
  const [picture, said] = short(words, facts);
  return html`
    <section>
      <h2>${words.how_to_get_in}</h2>
      <ul class="ways-in">
        ${facts.access.map((access) => item(ofAccess(access), sentence(words, access, null)))}
        ${facts.no_phone === true && item("nophone", words.no_phone)}
        ${facts.no_phone === false && item("scan", words.phone_needed)}
        ${facts.access.length === 0 && facts.no_phone === null && item(picture, said)}
        ${has("wheelchair_access") && item("wheelchair", words.wheelchair)}
        ${has("ebike_park") && item("ebike", words.ebike_park)}
      </ul>
    </section>`;
}

function hours(words: PageWords, { facts }: Station): Markup {
  return html`
    <section>
      <h2>${words.hours}</h2>
      ${facts.hours === null && html`<p>${words.hours_unknown}</p>`}
      ${facts.hours_text !== "" && html`<p class="quote">${facts.hours_text}</p>`}
    </section>`;
}

function trust({ words, when, copy }: Context, { facts }: Station): Markup {
  const confirmed_ms = instant_ms(facts.last_confirmed);
  const confirmed =
    confirmed_ms === undefined
      ? words.never_confirmed
      : say(words.confirmed, stamp(words, confirmed_ms, when));
  const fact = (name: string, value: string | null | undefined): Piece =>
    value && html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
  const stars =
    facts.rating !== null && html`<li>${icon("star")}<span>${say(words.stars, facts.rating)}</span></li>`;
  return html`
    <section>
      <h2>${words.trust}</h2>
      <ul class="ways-in"><li>${icon("check")}<span>${confirmed}</span></li>${stars}</ul>
      <dl class="facts">
        ${facts.signboard !== facts.name && fact(words.signboard, facts.signboard)}
        ${facts.host !== null && fact(words.host, copy.host_words[facts.host] ?? facts.host)}
        ${fact(words.partner, facts.partner)}${fact(words.code, facts.code)}
      </dl>
    </section>`;
}
