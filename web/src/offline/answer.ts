// Answers a page's address from the copies on this phone, in the markup of the server's own templates.

import { type Fragment, parseFragment } from "../fragment";
import { dictionaryFor, say } from "../words";
import { type Asked, readAsked } from "./asked";
import { type Copy, type Covering, covering, languageOf } from "./copy";
import { DAY_MS, offset_ms, type When } from "./instant";
import { keepBeat, keepDistrict } from "./keep";
import type { Context } from "./page/context";
import { home } from "./page/home";
import { html, type Markup, type Piece } from "./page/html";
import { mainPart } from "./page/layout";
import { list, title } from "./page/list";
import { sheet } from "./page/sheet";
import { stamp } from "./page/time";
import { AHEAD_DAYS } from "./page/when";
import { type Found, nearest, ofDistrict } from "./search";
import { type Station, stationAt } from "./station";
import { type Kept, Store } from "./store";

/** An answer: a page, if the copies have one, and what is to be known of its age. */
export interface Answer {
  readonly page: Markup | undefined;
  readonly note: string;
}

/** An answer that can be put into the page. */
export interface Drawn {
  readonly fragment: Fragment | undefined;
  readonly note: string;
}

const SOONEST_MS = -2 * DAY_MS;
const LATEST_MS = (AHEAD_DAYS + 1) * DAY_MS;
const store = new Store();

/** Keeps the copies that this page may need. */
export async function keep(district: string | undefined, tag: string): Promise<void> {
  if (district) await keepDistrict(store, district, languageOf(tag));
  await keepBeat(store, languageOf(tag));
}

/** Answers an address without the server; nothing where no copy is kept. */
export async function draw(question: URL, tag: string): Promise<Drawn | undefined> {
  const answer = answered(question, tag, await store.all(), Date.now());
  if (!answer) return undefined;
  return { fragment: answer.page && parseFragment(answer.page.text), note: answer.note };
}

/** The markup of an answer, or nothing. */
export async function markup(question: URL, tag: string): Promise<string | undefined> {
  return answered(question, tag, await store.all(), Date.now())?.page?.text;
}

/** Answers an address from these copies. */
export function answered(
  question: URL,
  tag: string,
  kept: readonly Kept[],
  now_ms: number,
): Answer | undefined {
  const asked = readAsked(question);
  const spoken = asked.language ?? tag;
  const copies = inLanguage(kept, spoken);
  const [newest] = copies;
  if (!newest) return undefined;
  const room: Room = { spoken, copies, newest, now_ms };
  const [, id] = /^\/stations\/([^/]+)$/.exec(question.pathname) ?? [];
  if (id !== undefined) return ofStation(room, asked, id);
  if (asked.text) return { page: undefined, note: about(room, script(room).offline_words) };
  const covered = asked.place && covering(copies, asked.place);
  if (covered) return ofPlace(room, asked, covered);
  const copy = copies.find((one) => one.district === asked.district);
  if (copy) return ofCopy(room, asked, copy);
  return asked.place || asked.district ? absent(room) : atHome(room, asked);
}

interface Room {
  readonly spoken: string;
  readonly copies: readonly Copy[];
  readonly newest: Copy;
  readonly now_ms: number;
}

/** One copy of each district, in the language wanted where there is one. */
function inLanguage(kept: readonly Kept[], tag: string): Copy[] {
  const isWanted = (one: Kept) => (one.language === languageOf(tag) ? 0 : 1);
  const sorted = [...kept].sort((a, b) => isWanted(a) - isWanted(b));
  const copies = sorted.map((one) => one.copy);
  return copies.filter((copy, i) => copies.findIndex((other) => other.district === copy.district) === i);
}

function ofPlace(room: Room, asked: Asked, covered: Covering): Answer {
  const isInside = covered.inside_m >= 0;
  const context = contextOf(room, asked, covered.copy, isInside ? covered.copy : undefined);
  const place = context.asked.place;
  if (!place) return absent(room);
  const found = nearest(covered, place, context.asked, context.when.at_ms);
  const edge = isInside ? "" : say(script(room).offline_edge, covered.copy.name);
  return { page: listPage(room, context, found), note: age(room, context) + edge };
}

function ofCopy(room: Room, asked: Asked, copy: Copy): Answer {
  const context = contextOf(room, asked, copy, copy);
  const found = ofDistrict(copy, context.asked, context.when.at_ms);
  return { page: listPage(room, context, found), note: age(room, context) };
}

function ofStation(room: Room, asked: Asked, id: string): Answer {
  const copy = room.copies.find((one) => one.stations.some((station) => station.id === id));
  const facts = copy?.stations.find((station) => station.id === id);
  if (!copy || !facts) return absent(room);
  const around = asked.place && covering(room.copies, asked.place);
  const context = contextOf(room, asked, copy, around && around.inside_m >= 0 ? around.copy : undefined);
  const station = stationAt(copy, facts, context.when.at_ms, asked.place);
  return {
    page: page(context, facts.name, [station], sheet(context, station)),
    note: age(room, context),
  };
}

function atHome(room: Room, asked: Asked): Answer {
  const { words } = contextOf(room, asked, room.newest);
  const parts = home(words, script(room), asked, room.copies);
  return {
    page: mainPart(words, words.home_title, false, parts),
    note: about(room, script(room).offline_home),
  };
}

/** There are copies, but none of what is asked for. */
function absent(room: Room): Answer {
  return { page: undefined, note: about(room, script(room).offline_absent) };
}

function about(room: Room, phrase: string): string {
  const { words, when } = contextOf(room, readAsked(new URL("/", "http://localhost")), room.newest);
  const districts = room.copies.map((copy) => copy.name).join(words.comma);
  return say(phrase, { districts, time: stamp(words, Date.parse(room.newest.at), when) });
}

/** What is read must be no older than the copy: a clock that is behind it goes wrong. */
function contextOf(room: Room, asked: Asked, copy: Copy, around?: Copy): Context {
  const now_ms = Math.max(room.now_ms, Date.parse(copy.at));
  const offset = offset_ms(copy.at);
  const then_ms = asked.at_ms === undefined ? undefined : asked.at_ms - offset;
  const isNear = then_ms !== undefined && then_ms - now_ms > SOONEST_MS && then_ms - now_ms < LATEST_MS;
  const when: When = { now_ms, at_ms: isNear ? then_ms : now_ms, offset_ms: offset };
  return {
    words: dictionaryFor(room.spoken).page,
    when,
    asked: isNear ? asked : { ...asked, at_ms: undefined },
    copy,
    district: around?.district,
  };
}

function listPage(room: Room, context: Context, found: Found): Markup {
  const all = [...found.fitting, ...found.later, ...(found.beyond ? [found.beyond] : [])];
  return page(context, title(context), all, list(context, found, script(room)));
}

function page({ words }: Context, name: string, shown: readonly Station[], parts: Piece): Markup {
  const isDemonstration = shown.some((station) => station.facts.demonstration);
  return html`${mainPart(words, name, isDemonstration, parts)}`;
}

/** How old the copy is that answers, and whether it still says anything. */
function age(room: Room, { words, when, copy }: Context): string {
  const isOver = when.now_ms >= Date.parse(copy.until);
  const phrase = isOver ? script(room).offline_expired : script(room).offline_copy;
  return say(phrase, stamp(words, Date.parse(copy.at), when));
}

function script(room: Room) {
  return dictionaryFor(room.spoken).script;
}
