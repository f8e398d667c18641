// What changes a station's hours now and in the next days, as its sheet says it.

import { say } from "../../words";
import type { CopiedNotice } from "../copy";
import { DAY_MS } from "../instant";
import { instant_ms, type Station } from "../station";
import type { Context } from "./context";
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

function sentence({ words, when }: Context, { from, to, effect, reason }: CopiedNotice): string {
  const to_ms = instant_ms(to);
  const closed = to_ms === undefined ? words.notice_endless : words.notice_closed;
  return say(effect === "open" ? words.notice_open : closed, {
    from: moment(words, Date.parse(from), when),
    to: to_ms === undefined ? "" : end(words, to_ms, when),
    reason,
  });
}
