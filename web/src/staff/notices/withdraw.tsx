// Taking a notice back, after a question.

import { withdraw } from "../api";
import { Ask } from "../parts/dialog";
import type { Notice } from "../types";
import { w } from "../words";
import { effectWords } from "./item";

/** The question; `onDone` is called once the notice is withdrawn. */
export function Withdraw(props: { notice: Notice; onDone: () => void; onClose: () => void }) {
  const { notice, onDone, onClose } = props;
  const question = {
    title: w.notices.withdraw_title,
    text: <p>{`${effectWords(notice)}${w.common.colon}${notice.reason}`}</p>,
    go: w.notices.withdraw,
    reason: "no",
    run: async () => {
      await withdraw(notice);
      onDone();
    },
  } as const;
  return <Ask question={question} onClose={onClose} />;
}
