// A state as a word with a shape.

import { Icon } from "../../../staff/parts/icon";

/** The look and the shape of each state of campaigns, members, merchants and vouchers. */
const LOOKS: Readonly<Record<string, readonly [string, string]>> = {
  draft: ["draft", "draw"],
  upcoming: ["coming", "clock"],
  running: ["open", "check"],
  frozen: ["current", "pause"],
  ended: ["plain", "lock"],
  active: ["open", "check"],
  left: ["plain", "next"],
  suspended: ["suspended", "pause"],
  issued: ["open", "ticket"],
  redeemed: ["plain", "check"],
  expired: ["plain", "clock"],
  void: ["plain", "close"],
};

/** The state. */
export function State({ state, words }: { state: string; words: Readonly<Record<string, string>> }) {
  const [look, icon] = LOOKS[state] ?? ["plain", "info"];
  return (
    <span class={`stage ${look}`}>
      <Icon name={icon} />
      {words[state] ?? state}
    </span>
  );
}
