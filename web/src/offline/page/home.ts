// The page without a place, drawn without the server: it asks for the location and offers the districts kept.

import { type PageWords, say, type Words } from "../../words";
import { type Asked, elsewhere, listHref } from "../asked";
import type { Copy } from "../copy";
import { html, type Markup } from "./html";
import { door, icon } from "./icon";
import { hotline, sizeButton } from "./layout";

/** The parts of the page. */
export function home(words: PageWords, script: Words, asked: Asked, copies: readonly Copy[]): Markup {
  return html`
    <header class="top" data-part="top"><div><h1 class="brand">${door("open")}${words.product}</h1></div>${sizeButton(words)}</header>
    <nav class="chips" data-part="chips"></nav>
    <div class="answer" id="answer" tabindex="-1" data-part="answer">
      <div class="say"><h2>${words.home_title}</h2><p>${words.home_lead}</p></div>
      <div class="ways" data-script>
        <button class="btn wide" type="button" data-action="locate">${icon("locate")}${words.locate}</button>
        <p class="cap">${words.locate_reason}</p>
        <div data-beats></div>
      </div>
      <section class="districts" aria-labelledby="districts">
        <h2 id="districts">${script.offline_home_title}</h2>
        <ul>${copies.map((copy) => district(words, asked, copy))}</ul>
      </section>
      <div class="ways">${hotline(words)}</div>
    </div>`;
}

function district(words: PageWords, asked: Asked, copy: Copy): Markup {
  const own = copy.stations.filter((station) => station.district === copy.district);
  const href = listHref(elsewhere(asked, copy.district));
  return html`<li><a href="${href}" data-swap>${copy.name}<span>${say(words.stations_count, own.length)}</span></a></li>`;
}
