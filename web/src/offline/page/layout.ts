// The parts that several pages have.

import type { PageWords } from "../../words";
import type { Context } from "./context";
import { attribute, html, type Markup, type Piece } from "./html";
import { icon } from "./icon";

/** The main part of a page, as the script of the page takes it apart. */
export function mainPart(words: PageWords, title: string, isDemonstration: boolean, parts: Piece): Markup {
  const banner = isDemonstration && html`<p class="demo">${icon("info")}${words.demonstration}</p>`;
  return html`<main id="main" data-title="${title} · ${words.product}"><div data-part="banner">${banner}</div>${parts}</main>`;
}

/** The part that holds the list. */
export function answer({ asked, district }: Context, content: Piece): Markup {
  const [lon, lat] = [asked.place?.lon.toFixed(4), asked.place?.lat.toFixed(4)];
  return html`
    <div class="answer" id="answer" tabindex="-1" data-part="answer"${attribute("data-adcode", district)}${attribute("data-lon", lon)}${attribute("data-lat", lat)}>
      ${content}
    </div>`;
}

/** The switch to large type. */
export function sizeButton(words: PageWords): Markup {
  return html`
    <button class="btn plain" type="button" data-action="size" data-script>${icon("size")}${words.large_type}</button>`;
}

/** The union's telephone number. */
export function hotline(words: PageWords): Markup {
  return html`<a class="btn plain wide" href="tel:12351">${icon("call")}${words.hotline}</a>`;
}
