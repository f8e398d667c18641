// The filters, as links: each goes to the same list with one thing more or less asked for.

import { changed, listHref, OPEN_NOW, toggled, type Wanted } from "../asked";
import { local } from "../instant";
import { type Context, facilityWord } from "./context";
import { html, type Markup } from "./html";
import { icon, ofFacility } from "./icon";
import { said } from "./when";

interface Chip {
  readonly icon: string;
  readonly word: string;
  readonly isOn: boolean;
  readonly href: string;
}

/** The row of filters. */
export function chips(context: Context): Markup {
  const { words } = context;
  return html`
    <nav class="chips" data-part="chips" aria-label="${words.filters}">
      ${filters(context).map((one) => chip(context, one))}${time(context)}${ride(context)}
    </nav>`;
}

function chip({ words }: Context, { icon: picture, word, isOn, href }: Chip): Markup {
  if (!isOn) return html`<a class="chip" href="${href}" data-swap>${icon(picture)}${word}</a>`;
  return html`
    <a class="chip on" href="${href}" data-swap aria-current="true">
      ${icon("check")}<span class="vh">${words.chip_on}</span>${word}
    </a>`;
}

/** Another time: opens the choice, or goes back to now. */
function time(context: Context): Markup {
  const { asked, words } = context;
  if (asked.at_ms !== undefined) {
    const href = listHref(changed(asked, { at_ms: undefined }));
    return chip(context, { icon: "clock", word: said(context, asked.at_ms), isOn: true, href });
  }
  return html`<a class="chip" href="#when" data-action="when" aria-controls="when">${icon("clock")}${words.chip_when}</a>`;
}

function ride(context: Context): Markup {
  const { asked, words } = context;
  const isOn = asked.by === "ride";
  const href = listHref({ ...asked, by: isOn ? "walk" : "ride" });
  return chip(context, { icon: "ebike", word: words.chip_ride, isOn, href });
}

function filters(context: Context): Chip[] {
  const { words, asked } = context;
  const { wanted } = asked;
  const to = (next: Wanted) => listHref(changed(asked, { wanted: next }));
  const facility = (code: string): Chip => {
    const [picture, word] = named(context, code);
    return { icon: picture, word, isOn: wanted.facilities.includes(code), href: to(toggled(wanted, code)) };
  };
  return [
    {
      icon: "clock",
      word: asked.at_ms === undefined ? words.chip_open : words.chip_open_then,
      isOn: wanted.isOpen,
      href: to({ ...wanted, isOpen: !wanted.isOpen }),
    },
    ...offered(context).map(facility),
    {
      icon: "h24",
      word: words.chip_always,
      isOn: wanted.alwaysOpen,
      href: to({ ...wanted, alwaysOpen: !wanted.alwaysOpen }),
    },
    {
      icon: "nophone",
      word: words.chip_no_phone,
      isOn: wanted.noPhone,
      href: to({ ...wanted, noPhone: !wanted.noPhone }),
    },
  ];
}

function named(context: Context, code: string): readonly [string, string] {
  if (code === "microwave") return ["meal", context.words.chip_meal];
  if (code === "phone_charge") return ["charge", context.words.chip_charge];
  return [ofFacility(code), facilityWord(context, code)];
}

/** The facilities most looked for, and whatever else the address asks for, so that it can be let go again. */
function offered({ when, asked }: Context): string[] {
  const month = local(when.at_ms, when).getUTCMonth() + 1;
  const codes = ["microwave", month >= 5 && month <= 9 ? "cooling" : "heating", "phone_charge", "toilet"];
  return [...codes, ...asked.wanted.facilities.filter((code) => !codes.includes(code))];
}

/** The question without any filter but the hour, and the one that shows every state. */
export function wider(context: Context): { readonly unfiltered: string; readonly allStates: string } {
  const { asked } = context;
  const to = (wanted: Wanted) => listHref(changed(asked, { wanted }));
  return {
    unfiltered: to({ ...OPEN_NOW, isOpen: asked.wanted.isOpen }),
    allStates: to({ ...asked.wanted, isOpen: false }),
  };
}
