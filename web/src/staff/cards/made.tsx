// A keeper's link that was just made: shown once, as a code to scan and as an address to hand on.

import { Button } from "../parts/button";
import { Dialog } from "../parts/dialog";
import { Secret } from "../people/handover";
import { say, w } from "../words";
import type { Door } from "./api";

/** The code and the address of a new link. */
export function Made(props: { made: { door: Door; link: string; qr_svg: string }; onClose: () => void }) {
  const { made, onClose } = props;
  const title = say(w.cards.made_title, made.door.name);
  return (
    <Dialog title={title} onClose={onClose}>
      <div class="stack to-print">
        <p class="only-print">
          <b>{title}</b>
        </p>
        <img class="qr" alt={title} src={`data:image/svg+xml,${encodeURIComponent(made.qr_svg)}`} />
        <p>{w.cards.made_text}</p>
        <Secret value={made.link} />
        <div class="bar end">
          <Button look="quiet" icon="print" onClick={() => print()}>
            {w.cards.made_print}
          </Button>
          <Button onClick={onClose}>{w.common.close}</Button>
        </div>
      </div>
    </Dialog>
  );
}
