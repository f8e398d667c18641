// The worker's page, made livelier: everything here is also possible without it.

import { isListPage, placeOf, spoken, withPlace } from "./address";
import { drawBeats } from "./beat";
import { listenAtDesk } from "./desk";
import { markChoices, restoreChoices } from "./display";
import { List } from "./list";
import { listen } from "./listen";
import { searchWhileWriting } from "./live";
import { tellOccupancy } from "./occupancy";
import { keepCopies } from "./offline/load";
import { registerWorker } from "./offline/worker";
import { rememberedPlace } from "./position";
import { Strip } from "./strip";
import { type Words, wordsFor } from "./words";

function start(main: HTMLElement): void {
  const root = document.documentElement;
  // Where there is no network the home page stands in for the one that was asked for.
  const isShell = root.hasAttribute("data-shell");
  // In a frame of another site nothing is kept for that site's visitors.
  const isEmbedded = root.hasAttribute("data-embedded");
  dress(root, isShell);
  const words = wordsFor(root.lang);
  const list = new List(main, words, () => {
    markChoices();
    drawKept(main, list, words);
    strip?.update();
    keep();
  });
  const place = list.place ?? rememberedPlace();
  if (list.place) list.hidePlace();
  const strip = findStrip(main, list, words);
  begin(list, isShell, place && withPlace(new URL(location.href), place));
  listen(main, list, strip, words);
  const keep = isEmbedded ? () => undefined : keepCopies(list);
  if (!isEmbedded) registerWorker(words);
  searchWhileWriting(main, list);
  listenAtDesk(main);
  drawKept(main, list, words);
  if (!isShell) void tellOccupancy(main, words);
  if (main.querySelector("[data-report], [data-slip], [data-own-reports]"))
    void import("./report").then(({ beginReports }) => beginReports(main, words));
  if (main.querySelector("[data-grievance], [data-grievance-slip]"))
    void import("./grievance/begin").then(({ beginGrievance }) => beginGrievance(main));
  if (main.querySelector("[data-benefits]"))
    void import("./benefits/begin").then(({ beginBenefits }) => beginBenefits(main));
}

/** Says to the styles what the page runs in. */
function dress(root: HTMLElement, isShell: boolean): void {
  if (isShell) {
    root.lang = spoken(new URL(location.href)) ?? root.lang;
    restoreChoices();
  }
  root.classList.add("js");
  // Its browser keeps pages from opening other apps, which the sheet then says.
  root.classList.toggle("wechat", /MicroMessenger/i.test(navigator.userAgent));
  markChoices();
}

/** Asks what the address alone does not: the question with the place that this tab remembers. */
function begin(list: List, isShell: boolean, question: URL | undefined): void {
  const here = new URL(location.href);
  if (isShell) void list.goFromCopy(question ?? here);
  else if (question && isListPage(here) && !placeOf(list.question)) void list.goFromNothing(question);
}

function findStrip(main: HTMLElement, list: List, words: Words): Strip | undefined {
  const place = main.querySelector<HTMLElement>(".strip");
  const isList = isListPage(new URL(location.href));
  if (!isList) place?.remove();
  if (!isList || !place || !("WebGL2RenderingContext" in window))
    document.documentElement.classList.add("no-map");
  return isList && place ? new Strip(place, list, words) : undefined;
}

function drawKept(main: HTMLElement, list: List, words: Words): void {
  const box = main.querySelector<HTMLElement>("[data-beats]");
  if (box) drawBeats(box, words, (place) => void list.look(place));
}

const main = document.querySelector("main");
if (main) start(main);
