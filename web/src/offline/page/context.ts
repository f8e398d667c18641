// What every template is given: the words, the instant, the question, the copy that answers.

import type { PageWords } from "../../words";
import type { Asked } from "../asked";
import type { Copy } from "../copy";
import type { When } from "../instant";

/** The surroundings of a page. */
export interface Context {
  readonly words: PageWords;
  readonly when: When;
  readonly asked: Asked;
  readonly copy: Copy;
  /** The district that the page is about; none where the copy cannot tell. */
  readonly district: string | undefined;
}

/** The word for a facility; its code where the copy has none because no station of it has the facility. */
export function facilityWord(context: Context, code: string): string {
  return context.copy.facility_words[code] ?? code;
}
