// What the union knows of a member, as a form.

import { useState } from "preact/hooks";
import { Pick, Text } from "../../../staff/parts/field";
import { terms } from "../../../staff/shell";
import { District, editOf, Form } from "../parts/form";
import type { Member } from "../types";
import { b, say } from "../words";

interface Props {
  readonly member: Member | undefined;
  readonly save: (body: object) => Promise<unknown>;
  readonly onSaved: () => void;
  readonly onClose: () => void;
}

/** The form. A number that is left empty stays as it is. */
export function Edit({ member, save, onSaved, onClose }: Props) {
  const [name, setName] = useState(member?.name ?? "");
  const [phone, setPhone] = useState("");
  const [identity, setIdentity] = useState("");
  const [number, setNumber] = useState(member?.number ?? "");
  const [union, setUnion] = useState(member?.union_name ?? "");
  const [trade, setTrade] = useState(member?.trade ?? "");
  const [district, setDistrict] = useState(member?.district ?? "");
  const [joined, setJoined] = useState(member?.joined_on ?? "");
  const send = async () => {
    await save({
      name: name.trim(),
      ...(phone.trim() ? { phone: phone.trim() } : {}),
      ...(identity.trim() ? { id_number: identity.trim() } : {}),
      number: number.trim() || null,
      union_name: union.trim(),
      trade: trade || null,
      ...(district ? { district } : {}),
      joined_on: joined || null,
    });
    onSaved();
  };
  const known = (end: string | null | undefined) => (end ? { hint: say(b.members.end, { n: end }) } : {});
  return (
    <Form title={member ? editOf(member.name ?? "") : b.members.new} onClose={onClose} save={send}>
      {(faults) => (
        <>
          <Text
            label={b.members.name}
            name="name"
            value={name}
            onInput={setName}
            required
            max={40}
            faults={faults}
          />
          <div class="three">
            <Text
              label={b.members.phone}
              name="phone"
              value={phone}
              onInput={setPhone}
              required={!member}
              inputmode="tel"
              max={24}
              {...known(member?.phone_end)}
              faults={faults}
            />
            <Text
              label={b.members.id_number}
              name="id_number"
              value={identity}
              onInput={setIdentity}
              max={40}
              hint={b.members.id_hint}
              faults={faults}
            />
            <Text
              label={b.members.number}
              name="number"
              value={number}
              onInput={setNumber}
              max={40}
              faults={faults}
            />
          </div>
          <Text
            label={b.members.union}
            name="union_name"
            value={union}
            onInput={setUnion}
            required
            max={100}
            faults={faults}
          />
          <div class="three">
            <Pick
              label={b.members.trade}
              name="trade"
              value={trade}
              none={b.common.none}
              choices={terms("trade")}
              onPick={setTrade}
              faults={faults}
            />
            <District value={district} none={b.common.choose} onPick={setDistrict} faults={faults} />
            <Text
              label={b.members.joined}
              name="joined_on"
              type="date"
              value={joined}
              onInput={setJoined}
              faults={faults}
            />
          </div>
        </>
      )}
    </Form>
  );
}
