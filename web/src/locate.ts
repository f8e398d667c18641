// "Find what is near me": asks the phone, shows that it is being asked, and offers a way on when it refuses.

import { element } from "./element";
import type { List } from "./list";
import { showNotice } from "./notice";
import { corrected } from "./offset";
import { currentPlace, type NoPosition } from "./position";
import type { Words } from "./words";

/** Finds the phone and then the list of its place. The page comes back as it was if there is no position. */
export async function locate(list: List, words: Words): Promise<void> {
  const answer = list.answer;
  const before = [...answer.childNodes];
  let isStopped = false;
  const restore = () => answer.replaceChildren(...before);
  const stop = () => {
    isStopped = true;
    restore();
  };
  answer.replaceChildren(waiting(words, stop));
  try {
    const place = await currentPlace(navigator.geolocation);
    if (isStopped) return;
    await list.look(corrected(place));
    if (list.answer === answer) answer.querySelector(":scope > .waiting")?.replaceWith(...before);
  } catch (reason) {
    if (isStopped) return;
    restore();
    refuse(list, words, reason as NoPosition);
  }
}

function refuse(list: List, words: Words, reason: NoPosition): void {
  const isRefused = reason === "refused";
  showNotice(list.answer, {
    title: isRefused ? words.refused_title : words.no_position_title,
    text: isRefused ? words.refused : words.no_position,
    icon: "locate",
  });
}

function waiting(words: Words, stop: () => void): HTMLElement {
  const box = element("div", "waiting");
  box.setAttribute("role", "status");
  const rings = element("div", "finding");
  rings.append(element("i", "i i-locate"));
  const say = element("div", "say");
  const title = element("h2", "");
  title.textContent = words.finding;
  const reason = element("p", "");
  reason.textContent = words.finding_reason;
  say.append(title, reason);
  const ways = element("div", "ways");
  const button = element("button", "btn plain wide");
  button.type = "button";
  button.textContent = words.stop_finding;
  button.addEventListener("click", stop);
  ways.append(button);
  box.append(rings, say, ways);
  return box;
}
