// One campaign: how it stands, its terms, the steps that can be taken, the vouchers that were issued.

import { useState } from "preact/hooks";
import { end, moment } from "../../../staff/format";
import { ListFrame, Table } from "../../../staff/list/frame";
import { useList } from "../../../staff/list/use-list";
import { Button } from "../../../staff/parts/button";
import { Ask, type Question } from "../../../staff/parts/dialog";
import { useLoaded } from "../../../staff/parts/loaded";
import { Done, Failure, Loading } from "../../../staff/parts/notes";
import { may } from "../../../staff/session";
import { districtName } from "../../../staff/shell";
import { yuan } from "../../phone/money";
import { LISTS, readCampaign, voidVoucher } from "../api";
import { Bar } from "../parts/bar";
import { Head } from "../parts/head";
import { State } from "../parts/state";
import { hrefOf } from "../route";
import type { Campaign, IssuedVoucher } from "../types";
import { b, say } from "../words";
import { Editor } from "./editor";
import { placeName } from "./places";
import { Steps } from "./steps";

/** The screen. */
export function One({ id }: { id: string }) {
  const loaded = useLoaded(`campaign ${id}`, () => readCampaign(id));
  const [isSaved, setSaved] = useState(false);
  const campaign = loaded.value;
  const saved = () => {
    setSaved(true);
    loaded.renew();
  };
  if (!campaign) {
    return (
      <>
        <Head title={b.campaigns.title} />
        <Failure failure={loaded.failure} onRetry={loaded.renew} />
        {loaded.failure ? null : <Loading rows={6} />}
      </>
    );
  }
  const isDraft = campaign.life === "draft";
  return (
    <>
      <Head title={campaign.name} note={<State state={campaign.state} words={b.campaigns.states} />}>
        <a class="btn quiet" href={hrefOf("campaigns")}>
          {b.common.back}
        </a>
        <Steps campaign={campaign} onDone={loaded.renew} />
      </Head>
      {isSaved ? <Done>{b.common.saved}</Done> : null}
      {campaign.frozen_reason && campaign.life === "frozen" ? (
        <p class="note bad">{say(b.campaigns.frozen_because, { reason: campaign.frozen_reason })}</p>
      ) : null}
      {isDraft && may("benefit_manage", campaign.district ?? "") ? (
        <Editor key={campaign.version} campaign={campaign} onSaved={saved} />
      ) : (
        <>
          <Standing campaign={campaign} />
          <Terms campaign={campaign} />
        </>
      )}
      {isDraft ? null : <Vouchers id={id} />}
    </>
  );
}

function Standing({ campaign }: { campaign: Campaign }) {
  const { issued, stock, spent_fen, budget_fen, redeemed, redeemed_fen, draw } = campaign;
  return (
    <section class="cards" aria-label={b.campaigns.facts}>
      <div class="panel">
        <h2>{b.campaigns.issued}</h2>
        <b>{say(b.common.of, { n: issued, m: stock })}</b>
        <Bar part={issued} whole={stock} />
      </div>
      <div class="panel">
        <h2>{b.campaigns.spent}</h2>
        <b>{say(b.common.of, { n: yuan(spent_fen), m: yuan(budget_fen) })}</b>
        <Bar part={spent_fen} whole={budget_fen} />
      </div>
      <div class="panel">
        <h2>{b.campaigns.redeemed}</h2>
        <b>{redeemed}</b>
        <span class="cap">{say(b.common.yuan, { n: yuan(redeemed_fen) })}</span>
      </div>
      {draw ? (
        <div class="panel">
          <h2>{b.campaigns.draw}</h2>
          <b>{say(b.campaigns.entries, { n: draw.entries })}</b>
          <span class="cap">
            {draw.drawn_at ? say(b.campaigns.drawn, { when: moment(draw.drawn_at) }) : b.campaigns.commitment}
          </span>
          <span class="cap">{draw.commitment.slice(0, 16)}…</span>
        </div>
      ) : null}
    </section>
  );
}

function Terms({ campaign }: { campaign: Campaign }) {
  const validity = campaign.valid_until
    ? `${b.campaigns.valid_until} ${end(campaign.valid_until)}`
    : say(b.campaigns.for_days, campaign.valid_days ?? 0);
  const limits = [
    [b.campaigns.limit_total, campaign.limit_total],
    [b.campaigns.limit_month, campaign.limit_month],
    [b.campaigns.limit_day, campaign.limit_day],
  ] as const;
  const facts: readonly (readonly [string, string])[] = [
    [b.campaigns.rule, campaign.rule],
    [b.campaigns.project, campaign.project ?? b.common.none],
    [b.common.district, campaign.district ? districtName(campaign.district) : b.common.whole_city],
    [b.campaigns.mode, b.campaigns.modes[campaign.mode]],
    [b.campaigns.when, `${moment(campaign.opens_at)} – ${end(campaign.closes_at)}`],
    [b.campaigns.valid, validity],
    [b.campaigns.face, yuan(campaign.face_fen)],
    [b.campaigns.union, yuan(campaign.union_fen)],
    [b.campaigns.min, yuan(campaign.min_spend_fen)],
    [b.campaigns.partial, campaign.is_partial ? b.common.yes : b.common.no],
    ...limits.flatMap(([word, n]) => (n === null ? [] : [[word, String(n)] as const])),
    [b.campaigns.who, (campaign.eligibility ?? []).join("\n") || b.common.none],
    [b.campaigns.where, campaign.places.map(placeName).join("\n") || b.campaigns.everywhere],
  ];
  return (
    <section class="panel" aria-labelledby="terms">
      <h2 id="terms">{b.campaigns.terms}</h2>
      <dl class="facts">
        {facts.map(([word, value]) => (
          <>
            <dt>{word}</dt>
            <dd>{value}</dd>
          </>
        ))}
      </dl>
    </section>
  );
}

/** The vouchers that were issued, each of which can be voided. */
function Vouchers({ id }: { id: string }) {
  const list = useList<IssuedVoucher>(LISTS.vouchers, { campaign: id, limit: 50 });
  const [question, setQuestion] = useState<Question>();
  const ask = (voucher: IssuedVoucher) =>
    setQuestion({
      title: b.campaigns.void_title,
      text: <p>{b.campaigns.void_text}</p>,
      go: b.campaigns.void,
      reason: "must",
      run: async (reason) => {
        await voidVoucher(voucher.id, reason);
        list.renew();
      },
    });
  return (
    <>
      <h2>{b.campaigns.vouchers}</h2>
      <ListFrame list={list} none={b.campaigns.vouchers_none} icon="ticket" rows={3}>
        {(rows) => (
          <Table
            columns={[
              b.campaigns.voucher,
              b.common.state,
              [b.campaigns.left, "n"],
              b.campaigns.issued,
              b.campaigns.expires,
              [b.campaigns.steps, "vh"],
            ]}
          >
            {rows.map((voucher) => (
              <tr key={voucher.id}>
                <td class="code">{voucher.id.slice(-8)}</td>
                <td>
                  <State state={voucher.state} words={b.campaigns.voucher_states} />
                </td>
                <td class="n">
                  {say(b.common.of, { n: yuan(voucher.left_fen), m: yuan(voucher.face_fen) })}
                </td>
                <td>{moment(voucher.issued_at)}</td>
                <td>{end(voucher.expires_at)}</td>
                <td>
                  {voucher.state === "issued" && may("benefit_manage") ? (
                    <Button look="quiet small" onClick={() => ask(voucher)}>
                      {b.campaigns.void}
                    </Button>
                  ) : null}
                </td>
              </tr>
            ))}
          </Table>
        )}
      </ListFrame>
      {question ? <Ask question={question} onClose={() => setQuestion(undefined)} /> : null}
    </>
  );
}
