// The choice of another time: a few likely ones as links, any other by a form.

import { changed, listHref, parameters } from "../asked";
import { DAY_MS, dayOf, local, minuteText } from "../instant";
import type { Context } from "./context";
import { html, type Markup } from "./html";
import { icon } from "./icon";
import { stamp } from "./time";

/** Days from today and hours at which people plan a rest. */
const LIKELY = [
  [0, 12],
  [0, 18],
  [0, 22],
  [1, 6],
  [1, 12],
  [1, 22],
] as const;
const OFFERED = 4;
const HOUR_MS = DAY_MS / 24;
const SOON_MS = HOUR_MS / 2;
/** How far ahead one may look. */
export const AHEAD_DAYS = 60;

/** The panel, out of sight until its chip is touched. */
export function panel(context: Context): Markup {
  const { words, when, asked } = context;
  const now_ms = local(when.now_ms, when).getTime();
  const preset = (at_ms: number) =>
    html`<a class="btn quiet" href="${listHref(changed(asked, { at_ms }))}" data-swap>${said(context, at_ms)}</a>`;
  const kept = parameters(changed(asked, { at_ms: undefined }));
  return html`
    <section class="when" id="when" data-part="when" aria-labelledby="when-title">
      <h2 id="when-title">${words.when_title}</h2>
      <div class="presets">${likely(now_ms).map(preset)}</div>
      <form action="/" method="get" data-swap>
        ${kept.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
        <label for="at">${words.when_other}</label>
        <div class="one-line">
          <input id="at" type="datetime-local" name="at" required ${range(now_ms, local(when.at_ms, when).getTime())}>
          <button class="btn" type="submit">${icon("clock")}${words.when_show}</button>
        </div>
      </form>
    </section>`;
}

function range(now_ms: number, at_ms: number): Markup {
  const last_ms = now_ms + AHEAD_DAYS * DAY_MS;
  return html`value="${minuteText(at_ms)}" min="${minuteText(now_ms)}" max="${minuteText(last_ms)}"`;
}

/** A local time as its chip or link says it. */
export function said({ words, when }: Context, at_ms: number): string {
  return stamp(words, at_ms - when.offset_ms, when);
}

function likely(now_ms: number): number[] {
  const today = dayOf(new Date(now_ms));
  const times = LIKELY.map(([days, hour]) => (today + days) * DAY_MS + hour * HOUR_MS);
  return times.filter((at_ms) => at_ms > now_ms + SOON_MS).slice(0, OFFERED);
}
