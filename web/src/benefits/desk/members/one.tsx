// One member: what is known of him, his cards, leaving, erasing.

import { useState } from "preact/hooks";
import { Table } from "../../../staff/list/frame";
import { Button } from "../../../staff/parts/button";
import { Ask, type Question } from "../../../staff/parts/dialog";
import { Pick, Text } from "../../../staff/parts/field";
import { useLoaded } from "../../../staff/parts/loaded";
import { Failure, Loading, Nothing } from "../../../staff/parts/notes";
import { may } from "../../../staff/session";
import { districtName, wordOf } from "../../../staff/shell";
import { addCard, changeMember, endCard, moveMember, readMember } from "../api";
import { choices, Form } from "../parts/form";
import { Head } from "../parts/head";
import { State } from "../parts/state";
import { hrefOf } from "../route";
import { CARD_KINDS, type Card, type Member } from "../types";
import { b, say, wordIn } from "../words";
import { Edit } from "./edit";

/** The screen. */
export function One({ id }: { id: string }) {
  const loaded = useLoaded(`member ${id}`, () => readMember(id));
  const [isEdited, setEdited] = useState(false);
  const [question, setQuestion] = useState<Question>();
  const member = loaded.value;
  if (!member) {
    return (
      <>
        <Head title={b.members.title} />
        <Failure failure={loaded.failure} onRetry={loaded.renew} />
        {loaded.failure ? null : <Loading rows={4} />}
      </>
    );
  }
  const can = may("member_manage", member.district);
  const name = member.name ?? b.members.erased;
  const move = (step: "leave" | "erase") =>
    setQuestion({
      title: say(b.members[`${step}_title`], { name }),
      text: <p>{b.members[`${step}_text`]}</p>,
      go: b.members[step],
      reason: "no",
      run: async () => {
        await moveMember(member, step);
        loaded.renew();
      },
    });
  return (
    <>
      <Head title={name} note={<State state={member.state} words={b.members.states} />}>
        <a class="btn quiet" href={hrefOf("members")}>
          {b.common.back}
        </a>
        {can && member.name ? (
          <>
            <Button look="quiet" onClick={() => setEdited(true)}>
              {b.common.edit}
            </Button>
            {member.state === "active" ? (
              <Button look="quiet" onClick={() => move("leave")}>
                {b.members.leave}
              </Button>
            ) : null}
          </>
        ) : null}
        {member.name && (may("person_erase") || may("member_manage", "")) ? (
          <Button look="quiet bad" onClick={() => move("erase")}>
            {b.members.erase}
          </Button>
        ) : null}
      </Head>
      <Facts member={member} />
      <Cards member={member} can={can} onChanged={loaded.renew} />
      {isEdited ? (
        <Edit
          member={member}
          save={(body) => changeMember(member, body)}
          onSaved={loaded.renew}
          onClose={() => setEdited(false)}
        />
      ) : null}
      {question ? <Ask question={question} onClose={() => setQuestion(undefined)} /> : null}
    </>
  );
}

function Facts({ member }: { member: Member }) {
  const end = (digits: string | null) => (digits ? say(b.members.end, { n: digits }) : b.common.none);
  const facts: readonly (readonly [string, string])[] = [
    [b.members.number, member.number ?? b.common.none],
    [b.members.phone, end(member.phone_end)],
    [b.members.id, end(member.id_end)],
    [b.members.union, member.union_name],
    [b.members.trade, member.trade ? wordOf("trade", member.trade) : b.common.none],
    [b.common.district, districtName(member.district)],
    [b.members.joined, member.joined_on ?? b.common.none],
  ];
  return (
    <section class="panel">
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

interface CardsProps {
  readonly member: Member;
  readonly can: boolean;
  readonly onChanged: () => void;
}

function Cards({ member, can, onChanged }: CardsProps) {
  const [isNew, setNew] = useState(false);
  const [question, setQuestion] = useState<Question>();
  const { cards } = member;
  const remove = (card: Card) =>
    setQuestion({
      title: say(b.members.card_remove_title, { n: card.number_end }),
      go: b.members.card_remove,
      reason: "no",
      run: async () => {
        await endCard(member.id, card.id);
        onChanged();
      },
    });
  return (
    <section class="panel tbl" aria-labelledby="cards">
      <h2 id="cards">{b.members.cards}</h2>
      {cards.length === 0 ? <Nothing title={b.members.cards_none} icon="ticket" /> : null}
      {cards.length > 0 ? (
        <Table
          columns={[
            b.members.card_kind,
            b.members.card_issuer,
            b.members.card_number,
            b.members.card_issued,
            [b.members.card_remove, "vh"],
          ]}
        >
          {cards.map((card) => (
            <tr key={card.id}>
              <td>{wordIn(b.campaigns.card_kinds, card.kind)}</td>
              <td class="text">{card.issuer}</td>
              <td>{say(b.members.end, { n: card.number_end })}</td>
              <td>{card.issued_on ?? b.common.none}</td>
              <td>
                {can ? (
                  <Button look="quiet small" onClick={() => remove(card)}>
                    {b.members.card_remove}
                  </Button>
                ) : null}
              </td>
            </tr>
          ))}
        </Table>
      ) : null}
      {can && member.name ? (
        <div class="bar">
          <Button look="quiet" icon="plus" onClick={() => setNew(true)}>
            {b.members.card_new}
          </Button>
        </div>
      ) : null}
      {isNew ? <NewCard member={member} onSaved={onChanged} onClose={() => setNew(false)} /> : null}
      {question ? <Ask question={question} onClose={() => setQuestion(undefined)} /> : null}
    </section>
  );
}

function NewCard(props: { member: Member; onSaved: () => void; onClose: () => void }) {
  const { member, onSaved, onClose } = props;
  const [kind, setKind] = useState("member");
  const [issuer, setIssuer] = useState("");
  const [number, setNumber] = useState("");
  const [issued, setIssued] = useState("");
  const save = async () => {
    const body = {
      kind,
      issuer: issuer.trim(),
      number: number.trim(),
      ...(issued ? { issued_on: issued } : {}),
    };
    await addCard(member.id, body);
    onSaved();
  };
  return (
    <Form title={b.members.card_new} onClose={onClose} save={save}>
      {(faults) => (
        <>
          <Pick
            label={b.members.card_kind}
            name="kind"
            value={kind}
            choices={choices(CARD_KINDS, b.campaigns.card_kinds)}
            onPick={setKind}
            faults={faults}
          />
          <Text
            label={b.members.card_issuer}
            name="issuer"
            value={issuer}
            onInput={setIssuer}
            required
            max={60}
            faults={faults}
          />
          <Text
            label={b.members.card_number}
            name="number"
            value={number}
            onInput={setNumber}
            required
            max={40}
            hint={b.members.card_hint}
            autocomplete="off"
            faults={faults}
          />
          <Text
            label={b.members.card_issued}
            name="issued_on"
            type="date"
            value={issued}
            onInput={setIssued}
            faults={faults}
          />
        </>
      )}
    </Form>
  );
}
