// The code that a merchant scans or types: QR, eight digits, and how long they are good for.

import { useEffect } from "preact/hooks";
import { Button, Failure, Note } from "../phone/parts";
import { p, say } from "../phone/words";
import { Qr } from "./qr";
import { useCode } from "./screen";

/** How often it is asked whether the code was taken, in milliseconds. */
const LOOK_MS = 4000;
/** The way around the ring, in its own units. */
const ROUND = 100;

/** Eight digits in two groups, as they are read out. */
export function grouped(code: string): string {
  return `${code.slice(0, 4)} ${code.slice(4)}`;
}

/** The code of a voucher; `onLook` asks what became of the voucher meanwhile. */
export function CodeCard({ voucher, onLook }: { voucher: string; onLook: () => void }) {
  const { code, left, failure, isAway, again } = useCode(voucher);
  useEffect(() => {
    if (!code) return;
    const timer = setInterval(onLook, LOOK_MS);
    return () => clearInterval(timer);
  }, [code]);
  if (isAway) {
    return (
      <div class="b-code">
        <Note title={p.voucher.hidden} icon="lock">
          <p>{p.voucher.hidden_text}</p>
        </Note>
        <Button look="quiet" onClick={again}>
          {p.voucher.show_again}
        </Button>
      </div>
    );
  }
  if (failure) {
    return (
      <div class="b-code">
        <Failure failure={failure} onRetry={again} />
      </div>
    );
  }
  if (!code) {
    return (
      <div class="b-code">
        <div class="b-qr sk" />
        <p class="b-eight" aria-hidden="true">
          &nbsp;
        </p>
        <p class="b-left" role="status">
          {p.voucher.fetching}
        </p>
      </div>
    );
  }
  return (
    <div class="b-code">
      <Qr text={code.qr} label={p.voucher.qr_label} />
      <p class="b-eight">
        <span class="vh">{say(p.voucher.code_label, { digits: [...code.code].join(" ") })}</span>
        <span aria-hidden="true">{grouped(code.code)}</span>
      </p>
      <p class="b-left">
        <Ring share={left / code.seconds} />
        {say(p.voucher.left, { n: left })}
      </p>
    </div>
  );
}

function Ring({ share }: { share: number }) {
  return (
    <svg class="b-ring" viewBox="0 0 36 36" aria-hidden="true">
      <circle cx="18" cy="18" r="15.9" />
      <circle
        class="on"
        cx="18"
        cy="18"
        r="15.9"
        pathLength={ROUND}
        stroke-dasharray={`${Math.round(share * ROUND)} ${ROUND}`}
      />
    </svg>
  );
}
