// Claiming a voucher, or entering a draw: whether one may is told before, with each reason. What was asked for stays
// on the phone until it is answered, and is asked again by itself.

import { useEffect, useState } from "preact/hooks";
import type { Refusal } from "../../staff/http";
import { claim, claimOf, enter, readCampaign, readEligibility } from "../phone/api";
import { kept } from "../phone/kept";
import { now_ms } from "../phone/now";
import { Button, Failure, Icon, Loading, Note, refusalOf, useRead } from "../phone/parts";
import { SignIn, useSession } from "../phone/session";
import { end, when } from "../phone/time";
import type { Campaign, Eligibility, Entry, Voucher } from "../phone/types";
import { p, say } from "../phone/words";

/** The part of a campaign's page that is about its reader. */
export function ClaimPart({ id }: { id: string }) {
  const { session, failure, renew, setSession } = useSession();
  const [isAsking, setAsking] = useState(false);
  if (failure) return <Failure failure={failure} onRetry={renew} />;
  if (session === undefined) return <Loading />;
  if (session === null) {
    if (isAsking) return <SignIn lead={p.sign_in.lead_member} onSigned={setSession} />;
    return (
      <Button look="wide" onClick={() => setAsking(true)}>
        {p.claim.sign_in}
      </Button>
    );
  }
  if (!session.member) {
    return (
      <Note title={p.wallet.not_member} icon="info">
        <p>{p.wallet.not_member_text}</p>
        <a href="/join">{p.wallet.join}</a>
      </Note>
    );
  }
  return <Member id={id} />;
}

function Member({ id }: { id: string }) {
  const campaign = useRead(`campaign ${id}`, () => readCampaign(id));
  const rules = useRead(`rules ${id}`, () => readEligibility(id));
  const failure = campaign.failure ?? rules.failure;
  const retry = () => {
    campaign.renew();
    rules.renew();
  };
  if (!campaign.value || !rules.value)
    return failure ? <Failure failure={failure} onRetry={retry} /> : <Loading />;
  return <Claiming campaign={campaign.value} eligibility={rules.value} onChanged={retry} />;
}

interface ClaimingProps {
  readonly campaign: Campaign;
  readonly eligibility: Eligibility;
  readonly onChanged: () => void;
}

/** What became of asking. */
interface Asked {
  readonly voucher?: Voucher;
  readonly entry?: Entry;
  readonly failure?: Refusal;
  readonly busy?: boolean;
}

/** How long until it is asked again without an answer, in milliseconds. */
const AGAIN_MS = 10_000;

/** Asks, and asks again as long as there is no answer. */
function useAsking(campaign: Campaign, onChanged: () => void) {
  const { id } = campaign;
  const [asked, setAsked] = useState<Asked>({});
  const run = async () => {
    setAsked((before) => ({ ...before, busy: true }));
    try {
      if (campaign.mode === "draw") setAsked({ entry: await enter(id) });
      else setAsked({ voucher: await claim(id) });
      onChanged();
    } catch (cause) {
      setAsked({ failure: refusalOf(cause) });
      if (!kept(claimOf(id))) onChanged();
    }
  };
  const isOpen = Boolean(kept(claimOf(id)));
  useEffect(() => {
    if (!kept(claimOf(id))) return;
    const again = () => void run();
    if (!asked.failure && !asked.busy) again();
    addEventListener("online", again);
    const timer = setInterval(() => asked.busy || again(), AGAIN_MS);
    return () => {
      removeEventListener("online", again);
      clearInterval(timer);
    };
  }, [isOpen, asked.busy]);
  return { asked, run, isOpen };
}

function Claiming({ campaign, eligibility, onChanged }: ClaimingProps) {
  const { asked, run, isOpen } = useAsking(campaign, onChanged);
  if (asked.voucher) return <Claimed voucher={asked.voucher} />;
  if (asked.entry) return <Entered entry={asked.entry} />;
  if (eligibility.entry && !isOpen) return <Standing entry={eligibility.entry} />;
  const isWaiting = isOpen && asked.failure !== undefined;
  const isOver = campaign.state === "ended";
  const isEarly = Date.parse(campaign.opens_at) > now_ms();
  const isLeft = campaign.limit_total > 0 && isWithin(eligibility);
  const canAsk = eligibility.is_eligible && isLeft && !isOver && !isEarly;
  return (
    <div class="b-claim">
      <Reasons eligibility={eligibility} isOver={isOver} />
      {isWaiting ? (
        <Note title={p.claim.waiting} icon="offline">
          <p>{p.claim.waiting_text}</p>
          <button type="button" onClick={() => void run()}>
            {p.claim.ask_again}
          </button>
        </Note>
      ) : (
        <Refused failure={asked.failure} />
      )}
      {isOver ? <p>{p.claim.ended}</p> : null}
      {isEarly && !isOver ? <p>{say(p.claim.upcoming, { when: when(campaign.opens_at) })}</p> : null}
      {canAsk && !isWaiting ? (
        <Button look="wide" busy={asked.busy ?? false} onClick={() => void run()}>
          {campaign.mode === "draw" ? p.claim.enter : p.claim.go}
        </Button>
      ) : null}
      <a class="btn plain wide" href="/benefits/wallet">
        {p.claim.to_wallet}
      </a>
    </div>
  );
}

/** Whether no limit is used up. */
export function isWithin({ limits }: Eligibility): boolean {
  return limits.every(({ used, limit }) => used < limit);
}

/** Why a claim was refused, in the words of this page. */
function Refused({ failure }: { failure: Refusal | undefined }) {
  if (!failure) return null;
  const known = p.claim as Readonly<Record<string, string>>;
  const isKnown = ["sold_out", "limit_reached", "not_open", "frozen", "by_draw"].includes(failure.code);
  if (isKnown) return <Note title={known[failure.code] ?? ""} look="bad" />;
  return <Failure failure={failure} />;
}

function Reasons({ eligibility, isOver }: { eligibility: Eligibility; isOver: boolean }) {
  const isYes = eligibility.is_eligible && isWithin(eligibility);
  const limits = p.claim as Readonly<Record<string, string>>;
  return (
    <section class="b-reasons">
      {isOver ? null : <h2>{isYes ? p.claim.can : p.claim.cannot}</h2>}
      <ul>
        {eligibility.rules.map(({ rule, is_met, reason }) => (
          <li key={rule} class={is_met ? "yes" : "no"}>
            <Icon name={is_met ? "check" : "close"} />
            <span>
              <span class="vh">{is_met ? p.claim.yes : p.claim.no} </span>
              {reason}
            </span>
          </li>
        ))}
        {eligibility.limits.map(({ period, limit, used }) => (
          <li key={period} class={used < limit ? "yes" : "no"}>
            <Icon name={used < limit ? "check" : "close"} />
            <span>{say(limits[`limit_${period}`] ?? "{used} / {limit}", { limit, used })}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Claimed({ voucher }: { voucher: Voucher }) {
  return (
    <div class="b-claim">
      <Note title={p.claim.done} look="good">
        <p>{say(p.claim.done_text, { name: voucher.campaign.name, when: end(voucher.expires_at) })}</p>
      </Note>
      <a class="btn wide" href={`/benefits/wallet#${voucher.id}`}>
        {p.claim.to_wallet}
      </a>
    </div>
  );
}

function Entered({ entry }: { entry: Entry }) {
  return (
    <Note title={p.claim.entered} look="good">
      <p>{say(p.claim.entered_text, { number: entry.number, weight: entry.weight })}</p>
    </Note>
  );
}

/** What became of one's own entry. */
function Standing({ entry }: { entry: NonNullable<Eligibility["entry"]> }) {
  const { number, weight, has_won } = entry;
  if (has_won) {
    return (
      <Note title={p.claim.won} look="good">
        <p>{p.claim.won_text}</p>
        <a href="/benefits/wallet">{p.claim.to_wallet}</a>
      </Note>
    );
  }
  const isDrawn = has_won === false;
  return (
    <Note
      title={isDrawn ? p.claim.lost : p.claim.entered}
      look={isDrawn ? "" : "good"}
      icon={isDrawn ? "info" : "check"}
    >
      <p>{say(isDrawn ? p.claim.lost_text : p.claim.entered_text, { number, weight })}</p>
    </Note>
  );
}
