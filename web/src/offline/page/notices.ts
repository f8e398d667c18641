// What changes a station's hours now and in the next days, as its sheet says it.

import { say } from "../../words";
import type { CopiedNotice } from "../copy";
import { DAY_MS } from "../instant";
import { instant_ms, type Station } from "../station";
import { type Context, facilityWord } from "./context";
import { html, type Markup } from "./html";
import { icon } from "./icon";
import { end, moment } from "./time";

/** How long before it begins a notice is announced. */
const ANNOUNCED_MS = 14 * DAY_MS;

/** The notices in force, and those announced, earliest first. */
export function notices(context: Context, { facts }: Station): Markup | undefined {
  const { at_ms } = context.when;
  const isNear = ({ from, to }: CopiedNotice) =>
    Date.parse(from) <= at_ms + ANNOUNCED_MS && (to === null || Date.parse(to) > at_ms);
  const near = facts.notices.filter(isNear);
  if (near.length === 0) return undefined;
  const said = near.map((notice) => html`<li>${icon("info")}<span>${sentence(context, notice)}</span></li>`);
  return html`<ul class="notices">${said}</ul>`;
}

function sentence(context: Context, notice: CopiedNotice): string {
  const { words, when } = context;
  const to_ms = instant_ms(notice.to);
  return say(to_ms === undefined ? words.notice_endless : words.notice, {
    from: moment(words, Date.parse(notice.from), when),
    to: to_ms === undefined ? "" : end(words, to_ms, when),
    what: what(context, notice),
    reason: notice.reason,
  });
}

/** What a notice does: to the whole station, to one facility, or to its hours. */
function what(context: Context, { effect, facility, hours_text }: CopiedNotice): string {
  const { words } = context;
  const isOpen = effect === "open";
  if (facility !== undefined) {
    const phrase = isOpen ? words.notice_opens_facility : words.notice_closes_facility;
    return say(phrase, facilityWord(context, facility));
  }
  if (hours_text !== undefined) return say(words.notice_extends, hours_text);
  return isOpen ? words.notice_opens : words.notice_closes;
}
