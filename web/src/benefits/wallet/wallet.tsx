// A member's vouchers, and what is being given out. One voucher is shown at `#<id>`, so that the back key leaves it.

import { useEffect, useState } from "preact/hooks";
import { listCampaigns, listVouchers } from "../phone/api";
import { Leaving } from "../phone/leaving";
import { yuan } from "../phone/money";
import { Button, Failure, Loading, Note, Nothing, useRead, useTask } from "../phone/parts";
import { Gate, type Signed } from "../phone/session";
import { end } from "../phone/time";
import {
  type Campaign,
  VOUCHER_STATES,
  type Voucher,
  type VoucherState,
  type Vouchers,
} from "../phone/types";
import { p, say } from "../phone/words";
import { Face, StateWord, VoucherScreen } from "./voucher";

/** The page. */
export function Wallet() {
  return (
    <Gate title={p.wallet.title} lead={p.sign_in.lead_member}>
      {(signed) => <Own {...signed} />}
    </Gate>
  );
}

/** What follows `#` in the address. */
function useHash(): string {
  const [hash, setHash] = useState(location.hash.slice(1));
  useEffect(() => {
    const read = () => setHash(location.hash.slice(1));
    addEventListener("hashchange", read);
    return () => removeEventListener("hashchange", read);
  }, []);
  return hash;
}

function Own(signed: Signed) {
  const { session } = signed;
  const opened = useHash();
  const { member } = session;
  if (!member) return <Stranger {...signed} />;
  const end = member.card_end ?? member.number;
  if (opened)
    return (
      <VoucherScreen
        key={opened}
        id={opened}
        onBack={() => {
          location.hash = "";
        }}
      />
    );
  return (
    <>
      <header class="b-head">
        <h1>{p.wallet.title}</h1>
        {end ? (
          <p class="cap">{say(member.card_end ? p.wallet.card_end : p.wallet.number, { n: end })}</p>
        ) : null}
      </header>
      <Mine />
      <Running />
      <nav class="ways">
        <a class="btn quiet wide" href="/benefits">
          {p.wallet.nearby}
        </a>
        {session.clerk ? (
          <a class="btn quiet wide" href="/benefits/till">
            {p.wallet.clerk}
          </a>
        ) : null}
        <Leaving {...signed} />
      </nav>
    </>
  );
}

/** Somebody whose number is on no roster. */
function Stranger(signed: Signed) {
  const { session } = signed;
  return (
    <>
      <div class="say">
        <h1>{p.wallet.title}</h1>
      </div>
      <Note title={p.wallet.not_member} icon="info">
        <p>{p.wallet.not_member_text}</p>
      </Note>
      <nav class="ways">
        <a class="btn wide" href="/join">
          {p.wallet.join}
        </a>
        {session.clerk ? (
          <a class="btn quiet wide" href="/benefits/till">
            {p.wallet.clerk}
          </a>
        ) : null}
        <Leaving {...signed} />
      </nav>
    </>
  );
}

/** The vouchers of a state, page by page. */
function Mine() {
  const [state, setState] = useState<VoucherState>("issued");
  const read = useRead<Vouchers>(`vouchers ${state}`, () => listVouchers(state));
  const more = useTask();
  const { value } = read;
  const next = async () => {
    if (!value) return;
    await more.run(async () => {
      const page = await listVouchers(state, value.next);
      read.put({ ...page, items: [...value.items, ...page.items] });
    });
  };
  return (
    <section class="b-list" aria-label={p.wallet.states}>
      {value ? <Figures page={value} /> : null}
      <fieldset class="chips" aria-label={p.wallet.states}>
        {VOUCHER_STATES.map((code) => (
          <button
            key={code}
            type="button"
            class={code === state ? "chip on" : "chip"}
            aria-pressed={code === state}
            onClick={() => setState(code)}
          >
            {p.wallet[code]}
          </button>
        ))}
      </fieldset>
      <Failure failure={value ? more.failure : read.failure} onRetry={read.renew} />
      {!value && !read.failure ? <Loading /> : null}
      {value?.items.length === 0 ? (
        <Nothing title={p.wallet[`none_${state}`]}>
          <p>{state === "issued" ? p.wallet.none_issued_text : p.wallet.none_text}</p>
        </Nothing>
      ) : null}
      <ul class="b-vouchers">
        {value?.items.map((voucher) => (
          <li key={voucher.id}>
            <Card voucher={voucher} />
          </li>
        ))}
      </ul>
      {value?.next ? (
        <Button look="quiet wide" busy={more.busy} onClick={() => void next()}>
          {p.common.more}
        </Button>
      ) : null}
    </section>
  );
}

function Figures({ page }: { page: Vouchers }) {
  return (
    <dl class="b-figures">
      <div>
        <dt>{p.wallet.live}</dt>
        <dd>{say(p.wallet.live_count, { n: page.live })}</dd>
      </div>
      <div>
        <dt>{say(p.wallet.saved, { n: page.times_year })}</dt>
        <dd>{say(p.common.yuan, { n: yuan(page.saved_fen_year) })}</dd>
      </div>
    </dl>
  );
}

function Card({ voucher }: { voucher: Voucher }) {
  return (
    <a class="b-card" href={`#${voucher.id}`}>
      <Face voucher={voucher} />
      <span class="b-open">
        {voucher.state === "issued" ? p.wallet.show : <StateWord state={voucher.state} />}
      </span>
    </a>
  );
}

/** What is being given out. */
function Running() {
  const read = useRead("running", () => listCampaigns("running"));
  const { value } = read;
  return (
    <section class="b-running">
      <h2>{p.wallet.running}</h2>
      <Failure failure={value ? undefined : read.failure} onRetry={read.renew} />
      {!value && !read.failure ? <Loading /> : null}
      {value?.items.length === 0 ? (
        <Nothing title={p.wallet.none_running}>
          <p>{p.wallet.none_running_text}</p>
        </Nothing>
      ) : null}
      <ul>
        {value?.items.map((campaign) => (
          <Given key={campaign.id} campaign={campaign} />
        ))}
      </ul>
    </section>
  );
}

function Given({ campaign }: { campaign: Campaign }) {
  return (
    <li>
      <a href={`/benefits/campaigns/${campaign.id}`}>
        <span>
          <b>{campaign.name}</b>
          <small>{say(p.voucher.until, { when: end(campaign.closes_at) })}</small>
        </span>
        <strong>{say(p.common.yuan, { n: yuan(campaign.face_fen) })}</strong>
      </a>
    </li>
  );
}
