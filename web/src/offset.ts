// "My position is off": some browsers in China report GCJ-02 where the standard asks for WGS-84. Whoever sees
// that corrects it once, and this phone remembers.

import type { Place } from "./address";
import { fromGcj02, toGcj02 } from "./datum";
import { button, element } from "./element";
import type { Words } from "./words";

const KEY = "position_crs";
/** The class of the offered ways. */
const WIDE = "btn quiet wide";

/** Whether positions of this phone are taken for GCJ-02. */
export function isCorrected(): boolean {
  try {
    return localStorage.getItem(KEY) === "gcj02";
  } catch {
    return false;
  }
}

/** A position as the phone reported it, on WGS-84. */
export function corrected(place: Place): Place {
  return isCorrected() ? fromGcj02(place) : place;
}

/** Begins or ends the correction. Gives the place that the present one becomes. */
export function toggleCorrection(place: Place): Place {
  const was = isCorrected();
  try {
    if (was) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, "gcj02");
  } catch {
    // Without storage the correction holds for this search only.
  }
  return was ? toGcj02(place) : fromGcj02(place);
}

/** Offers the correction and the map below the line that was touched; a second touch takes the offer away. */
export function offerCorrection(
  touched: HTMLElement,
  words: Words,
  fix: () => void,
  pick: (() => void) | undefined,
): void {
  const line = touched.parentElement ?? touched;
  const open = line.nextElementSibling;
  if (open?.classList.contains("off")) {
    open.remove();
    return;
  }
  const box = element("div", "off ways");
  const title = element("b", "");
  title.textContent = words.off_title;
  const text = element("p", "cap");
  text.textContent = words.off_text;
  box.append(title, text, button(WIDE, isCorrected() ? words.off_undo : words.off_fix, fix));
  if (pick) box.append(button(WIDE, words.off_pick, pick));
  line.after(box);
}
