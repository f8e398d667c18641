// One voucher: what it is worth, its code, where it is taken, what became of it.

import { useEffect, useRef, useState } from "preact/hooks";
import { readVoucher } from "../phone/api";
import { yuan } from "../phone/money";
import { Button, Failure, Icon, Loading, Note, useRead } from "../phone/parts";
import { end, when } from "../phone/time";
import type { Place, Use, Voucher, VoucherState } from "../phone/types";
import { p, say } from "../phone/words";
import { CodeCard } from "./code";

const ICONS: Readonly<Record<VoucherState, string>> = {
  issued: "ticket",
  redeemed: "check",
  expired: "clock",
  void: "close",
};

/** The state of a voucher, as a word with a shape. */
export function StateWord({ state }: { state: VoucherState }) {
  return (
    <span class={`b-state ${state}`}>
      <Icon name={ICONS[state]} />
      {p.voucher[`state_${state}`]}
    </span>
  );
}

/** What a voucher is worth and until when. */
export function Face({ voucher, level = 2 }: { voucher: Voucher; level?: 1 | 2 }) {
  const { campaign, face_fen, left_fen, expires_at, state } = voucher;
  const isBroken = state === "issued" && left_fen < face_fen;
  const Title = level === 1 ? "h1" : "h2";
  return (
    <header class={`b-face ${state}`}>
      <Title>{campaign.name}</Title>
      <p class="b-worth">
        <small>{p.voucher.off}</small> <b>{yuan(state === "issued" ? left_fen : face_fen)}</b>{" "}
        <small>{p.voucher.yuan}</small>
        {isBroken ? <small class="b-of">{say(p.voucher.left_of, { n: yuan(face_fen) })}</small> : null}
      </p>
      <p class="b-terms">
        {campaign.min_spend_fen > 0
          ? say(p.voucher.min, { n: yuan(campaign.min_spend_fen) })
          : p.voucher.no_min}
        <br />
        {say(p.voucher.until, { when: end(expires_at) })}
      </p>
    </header>
  );
}

/** The screen of one voucher. */
export function VoucherScreen({ id, onBack }: { id: string; onBack: () => void }) {
  const read = useRead(`voucher ${id}`, () => readVoucher(id));
  const first = useRef<number | undefined>(undefined);
  const { value } = read;
  const uses = value?.redemptions ?? [];
  // A use that was not there when the screen was opened is one that has just happened.
  if (value && first.current === undefined) first.current = uses.filter((use) => !use.is_reversed).length;
  const fresh =
    uses.filter((use) => !use.is_reversed).length > (first.current ?? 0) ? newest(uses) : undefined;
  return (
    <>
      <div class="b-top">
        <Button look="plain" icon="back" onClick={onBack}>
          {p.voucher.back}
        </Button>
      </div>
      <Failure failure={value ? undefined : read.failure} onRetry={read.renew} />
      {!value && !read.failure ? <Loading /> : null}
      {value ? <Whole voucher={value} fresh={fresh} onLook={read.renew} /> : null}
    </>
  );
}

/** The last use that was not taken back. */
export function newest(uses: readonly Use[]): Use | undefined {
  const held = uses.filter((use) => !use.is_reversed);
  return held.reduce<Use | undefined>(
    (last, use) => (last && Date.parse(last.at) >= Date.parse(use.at) ? last : use),
    undefined,
  );
}

interface WholeProps {
  readonly voucher: Voucher;
  readonly fresh: Use | undefined;
  readonly onLook: () => void;
}

function Whole({ voucher, fresh, onLook }: WholeProps) {
  const [isShown, setShown] = useState(false);
  useEffect(() => {
    if (fresh) setShown(false);
  }, [fresh?.id]);
  const isLive = voucher.state === "issued";
  return (
    <article class="b-voucher">
      <Face voucher={voucher} level={1} />
      <div class="b-tear" />
      {fresh ? (
        <Note title={p.voucher.used_now} look="good">
          <p>{say(p.voucher.used_now_text, { store: fresh.store.name, amount: yuan(fresh.amount_fen) })}</p>
        </Note>
      ) : null}
      {isLive && voucher.campaign.is_frozen ? <Note title={p.claim.frozen} icon="info" /> : null}
      {isLive && isShown ? <CodeCard voucher={voucher.id} onLook={onLook} /> : null}
      {isLive ? (
        <div class="b-do">
          <Button look={isShown ? "quiet wide" : "wide"} icon="scan" onClick={() => setShown(!isShown)}>
            {isShown ? p.voucher.hide : p.voucher.show}
          </Button>
        </div>
      ) : (
        <Ended voucher={voucher} />
      )}
      <Uses uses={voucher.redemptions ?? []} />
      <details class="b-more">
        <summary>{p.voucher.places}</summary>
        <Places places={voucher.places} />
      </details>
      <details class="b-more">
        <summary>{p.voucher.how}</summary>
        <p>{p.voucher.how_text}</p>
        <p>{voucher.campaign.rule}</p>
      </details>
    </article>
  );
}

function Ended({ voucher }: { voucher: Voucher }) {
  const { state } = voucher;
  return (
    <div class="b-ended">
      <StateWord state={state} />
      {state === "expired" ? <p>{say(p.voucher.expired_text, { when: end(voucher.expires_at) })}</p> : null}
      {state === "void" ? <p>{p.voucher.void_text}</p> : null}
    </div>
  );
}

/** What was taken from a voucher, when and where. */
function Uses({ uses }: { uses: readonly Use[] }) {
  if (uses.length === 0) return null;
  return (
    <section class="b-uses">
      <h2>{p.voucher.uses}</h2>
      <ul>
        {uses.map((use) => (
          <li key={use.id}>
            <Icon name={use.is_reversed ? "undo" : "check"} />
            <span>
              {say(use.is_reversed ? p.voucher.reversed : p.voucher.use, {
                when: when(use.at),
                store: `${use.merchant.name} ${use.store.name}`,
                amount: yuan(use.amount_fen),
              })}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The merchants and stores that take it. */
function Places({ places }: { places: readonly Place[] }) {
  if (places.length === 0) return <p>{p.common.places_all}</p>;
  return (
    <ul>
      {places.map(({ merchant, store }) => (
        <li key={merchant.id + (store?.id ?? "")}>
          {store ? `${merchant.name} · ${store.name}` : merchant.name}
        </li>
      ))}
    </ul>
  );
}
