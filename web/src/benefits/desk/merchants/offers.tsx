// What a merchant offers: on the public list and on the map.

import { useState } from "preact/hooks";
import { dateOf } from "../../../staff/format";
import { Table } from "../../../staff/list/frame";
import { useList } from "../../../staff/list/use-list";
import { Button } from "../../../staff/parts/button";
import { Ask, type Question } from "../../../staff/parts/dialog";
import { Check, Pick, Text } from "../../../staff/parts/field";
import { Failure, Loading, Nothing } from "../../../staff/parts/notes";
import { now_ms } from "../../../staff/shell";
import { LISTS, removeOffer, saveOffer } from "../api";
import { choices, editOf, Form } from "../parts/form";
import { CATEGORIES, type Merchant, type Offer } from "../types";
import { b, say, wordIn } from "../words";

const SHOWN = ["member_card", "voucher", "nothing"] as const;

/** The part of the screen. */
export function Offers({ merchant, can }: { merchant: Merchant; can: boolean }) {
  const list = useList<Offer>(LISTS.offers, { merchant: merchant.id, limit: 100 });
  const [edited, setEdited] = useState<Offer | "new">();
  const [question, setQuestion] = useState<Question>();
  const rows = list.items?.filter((offer) => !offer.merchant || offer.merchant.id === merchant.id);
  const remove = (offer: Offer) =>
    setQuestion({
      title: say(b.merchants.offer_remove_title, { name: offer.title }),
      go: b.merchants.offer_remove,
      reason: "no",
      run: async () => {
        await removeOffer(offer);
        list.renew();
      },
    });
  return (
    <section class="panel tbl" aria-labelledby="offers">
      <h2 id="offers">{b.merchants.offers}</h2>
      <Failure failure={list.failure} onRetry={list.renew} />
      {!rows && !list.failure ? <Loading rows={2} /> : null}
      {rows?.length === 0 ? <Nothing title={b.merchants.offer_none} icon="ticket" /> : null}
      {rows && rows.length > 0 ? (
        <Table
          columns={[
            b.merchants.offer_title,
            b.merchants.category,
            b.merchants.shown,
            b.merchants.valid_until,
            [b.common.edit, "vh"],
          ]}
        >
          {rows.map((offer) => (
            <tr key={offer.id}>
              <td class="text">
                {offer.title}
                {offer.is_public ? null : <small>{b.merchants.hidden}</small>}
              </td>
              <td>{wordIn(b.categories, offer.category)}</td>
              <td>{wordIn(b.merchants.showns, offer.shown)}</td>
              <td>{offer.valid_until}</td>
              <td>
                {can ? (
                  <>
                    <Button look="quiet small" label={editOf(offer.title)} onClick={() => setEdited(offer)}>
                      {b.common.edit}
                    </Button>
                    <Button look="quiet small" onClick={() => remove(offer)}>
                      {b.merchants.offer_remove}
                    </Button>
                  </>
                ) : null}
              </td>
            </tr>
          ))}
        </Table>
      ) : null}
      {can ? (
        <div class="bar">
          <Button look="quiet" icon="plus" onClick={() => setEdited("new")}>
            {b.merchants.offer_new}
          </Button>
        </div>
      ) : null}
      {edited ? (
        <Edit
          merchant={merchant}
          offer={edited === "new" ? undefined : edited}
          onSaved={list.renew}
          onClose={() => setEdited(undefined)}
        />
      ) : null}
      {question ? <Ask question={question} onClose={() => setQuestion(undefined)} /> : null}
    </section>
  );
}

interface EditProps {
  readonly merchant: Merchant;
  readonly offer: Offer | undefined;
  readonly onSaved: () => void;
  readonly onClose: () => void;
}

function Edit({ merchant, offer, onSaved, onClose }: EditProps) {
  const [title, setTitle] = useState(offer?.title ?? "");
  const [rule, setRule] = useState(offer?.rule ?? "");
  const [category, setCategory] = useState(offer?.category ?? "food");
  const [shown, setShown] = useState(offer?.shown ?? "member_card");
  const [from, setFrom] = useState(offer?.valid_from ?? dateOf(now_ms()));
  const [until, setUntil] = useState(offer?.valid_until ?? "");
  const [isPublic, setPublic] = useState(offer?.is_public ?? true);
  const save = async () => {
    const body = {
      ...(offer ? {} : { merchant_id: merchant.id }),
      title: title.trim(),
      rule: rule.trim(),
      category,
      shown,
      valid_from: from,
      valid_until: until,
      is_public: isPublic,
    };
    await saveOffer(offer, body);
    onSaved();
  };
  return (
    <Form title={offer ? editOf(offer.title) : b.merchants.offer_new} onClose={onClose} save={save}>
      {(faults) => (
        <>
          <Text
            label={b.merchants.offer_title}
            name="title"
            value={title}
            onInput={setTitle}
            required
            max={60}
            faults={faults}
          />
          <Text
            label={b.merchants.offer_rule}
            name="rule"
            value={rule}
            onInput={setRule}
            required
            lines={2}
            max={500}
            faults={faults}
          />
          <div class="three">
            <Pick
              label={b.merchants.category}
              name="category"
              value={category}
              choices={choices(CATEGORIES, b.categories)}
              onPick={setCategory}
              faults={faults}
            />
            <Pick
              label={b.merchants.shown}
              name="shown"
              value={shown}
              choices={choices(SHOWN, b.merchants.showns)}
              onPick={setShown}
              faults={faults}
            />
          </div>
          <div class="three">
            <Text
              label={b.merchants.valid_from}
              name="valid_from"
              type="date"
              value={from}
              onInput={setFrom}
              required
              faults={faults}
            />
            <Text
              label={b.merchants.valid_until}
              name="valid_until"
              type="date"
              value={until}
              onInput={setUntil}
              required
              faults={faults}
            />
          </div>
          <Check label={b.merchants.is_public} on={isPublic} onChange={setPublic} />
        </>
      )}
    </Form>
  );
}
