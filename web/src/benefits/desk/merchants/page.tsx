// The merchants: a list, and one with its stores, clerks and offers.

import { useState } from "preact/hooks";
import { ListFrame, Table } from "../../../staff/list/frame";
import { useList } from "../../../staff/list/use-list";
import { Button } from "../../../staff/parts/button";
import { Ask, type Question } from "../../../staff/parts/dialog";
import { Text } from "../../../staff/parts/field";
import { Failure, Loading } from "../../../staff/parts/notes";
import { go } from "../../../staff/route";
import { may } from "../../../staff/session";
import { districtName } from "../../../staff/shell";
import { changeMerchant, createMerchant, LISTS, moveMerchant } from "../api";
import { District, editOf, Form } from "../parts/form";
import { Head } from "../parts/head";
import { State } from "../parts/state";
import { hrefOf } from "../route";
import type { Merchant } from "../types";
import { b, say } from "../words";
import { Clerks } from "./clerks";
import { Offers } from "./offers";
import { Stores } from "./stores";

/** The screen; `rest` is a merchant, or nothing. */
export function Merchants({ rest }: { rest: string }) {
  const list = useList<Merchant>(LISTS.merchants, { limit: 100 });
  const [isNew, setNew] = useState(false);
  if (rest) return <One id={rest} list={list} />;
  return (
    <>
      <Head title={b.merchants.title}>
        {may("benefit_manage") ? <Button onClick={() => setNew(true)}>{b.merchants.new}</Button> : null}
      </Head>
      <ListFrame list={list} none={b.merchants.none} icon="pin" text={b.merchants.none_text}>
        {(rows) => (
          <Table
            columns={[
              b.common.name,
              b.common.state,
              b.common.district,
              b.merchants.joined,
              [b.merchants.stores, "n"],
              [b.merchants.clerks, "n"],
            ]}
          >
            {rows.map((row) => (
              <tr key={row.id}>
                <td class="text">
                  <a href={hrefOf("merchants", row.id)}>{row.name}</a>
                </td>
                <td>
                  <State state={row.state} words={b.merchants.states} />
                </td>
                <td>{districtName(row.district)}</td>
                <td>{row.joined_on}</td>
                <td class="n">{say(b.merchants.stores_n, { n: row.stores.length })}</td>
                <td class="n">{say(b.merchants.clerks_n, { n: row.clerks })}</td>
              </tr>
            ))}
          </Table>
        )}
      </ListFrame>
      {isNew ? (
        <Edit
          merchant={undefined}
          onSaved={({ id }) => go(hrefOf("merchants", id))}
          onClose={() => setNew(false)}
        />
      ) : null}
    </>
  );
}

/** A merchant stands in the list already; another page of it is fetched where it does not. */
function One({ id, list }: { id: string; list: ReturnType<typeof useList<Merchant>> }) {
  const merchant = list.items?.find((one) => one.id === id);
  const [isEdited, setEdited] = useState(false);
  const [question, setQuestion] = useState<Question>();
  if (!merchant) {
    if (list.items && list.more && !list.busy) list.more();
    return (
      <>
        <Head title={b.merchants.title} />
        <Failure failure={list.failure} onRetry={list.renew} />
        {list.failure ? null : <Loading rows={6} />}
      </>
    );
  }
  const can = may("benefit_manage", merchant.district);
  const move = (step: "suspend" | "resume" | "end") =>
    setQuestion({
      title: say(b.merchants[`${step}_title`], { name: merchant.name }),
      text: step === "resume" ? undefined : <p>{b.merchants[`${step}_text`]}</p>,
      go: b.merchants[step],
      reason: "no",
      run: async () => {
        await moveMerchant(merchant, step);
        list.renew();
      },
    });
  return (
    <>
      <Head title={merchant.name} note={<State state={merchant.state} words={b.merchants.states} />}>
        <a class="btn quiet" href={hrefOf("merchants")}>
          {b.common.back}
        </a>
        {can ? (
          <>
            <Button look="quiet" onClick={() => setEdited(true)}>
              {b.common.edit}
            </Button>
            {merchant.state === "active" ? (
              <Button look="quiet" onClick={() => move("suspend")}>
                {b.merchants.suspend}
              </Button>
            ) : null}
            {merchant.state === "suspended" ? (
              <Button look="quiet" onClick={() => move("resume")}>
                {b.merchants.resume}
              </Button>
            ) : null}
            {merchant.state === "ended" ? null : (
              <Button look="quiet bad" onClick={() => move("end")}>
                {b.merchants.end}
              </Button>
            )}
          </>
        ) : null}
      </Head>
      <p class="cap">
        {[districtName(merchant.district), merchant.contact, `${b.merchants.joined} ${merchant.joined_on}`]
          .filter(Boolean)
          .join(" · ")}
      </p>
      <Stores merchant={merchant} can={can} onChanged={list.renew} />
      <Clerks merchant={merchant} can={can} />
      <Offers merchant={merchant} can={can} />
      {isEdited ? <Edit merchant={merchant} onSaved={list.renew} onClose={() => setEdited(false)} /> : null}
      {question ? <Ask question={question} onClose={() => setQuestion(undefined)} /> : null}
    </>
  );
}

interface EditProps {
  readonly merchant: Merchant | undefined;
  readonly onSaved: (merchant: Merchant) => void;
  readonly onClose: () => void;
}

function Edit({ merchant, onSaved, onClose }: EditProps) {
  const [name, setName] = useState(merchant?.name ?? "");
  const [district, setDistrict] = useState(merchant?.district ?? "");
  const [contact, setContact] = useState(merchant?.contact ?? "");
  const [joined, setJoined] = useState(merchant?.joined_on ?? "");
  const save = async () => {
    const body = {
      name: name.trim(),
      ...(district ? { district } : {}),
      contact: contact.trim() || null,
      ...(joined ? { joined_on: joined } : {}),
    };
    onSaved(await (merchant ? changeMerchant(merchant, body) : createMerchant(body)));
  };
  return (
    <Form title={merchant ? editOf(merchant.name) : b.merchants.new} onClose={onClose} save={save}>
      {(faults) => (
        <>
          <Text
            label={b.common.name}
            name="name"
            value={name}
            onInput={setName}
            required
            max={60}
            faults={faults}
          />
          <District value={district} none={b.common.choose} onPick={setDistrict} faults={faults} />
          <Text
            label={b.merchants.contact}
            name="contact"
            value={contact}
            onInput={setContact}
            max={120}
            faults={faults}
          />
          <Text
            label={b.merchants.joined}
            name="joined_on"
            type="date"
            value={joined}
            onInput={setJoined}
            faults={faults}
          />
        </>
      )}
    </Form>
  );
}
