// The clerks of a merchant: who redeems where, who is locked out.

import { useState } from "preact/hooks";
import { moment } from "../../../staff/format";
import { Table } from "../../../staff/list/frame";
import { Button } from "../../../staff/parts/button";
import { Check, Pick, Text } from "../../../staff/parts/field";
import { useLoaded } from "../../../staff/parts/loaded";
import { Failure, Loading, Nothing } from "../../../staff/parts/notes";
import { useTask } from "../../../staff/parts/task";
import { now_ms } from "../../../staff/shell";
import { listClerks, saveClerk } from "../api";
import { editOf, Form } from "../parts/form";
import type { Clerk, Merchant } from "../types";
import { b, say } from "../words";

/** The part of the screen. */
export function Clerks({ merchant, can }: { merchant: Merchant; can: boolean }) {
  const loaded = useLoaded(`clerks ${merchant.id}`, () => listClerks(merchant.id));
  const [edited, setEdited] = useState<Clerk | "new">();
  const task = useTask();
  const rows = loaded.value?.items;
  const unlock = (clerk: Clerk) =>
    task.run(async () => {
      await saveClerk(merchant.id, clerk, { unlock: true });
      loaded.renew();
    });
  return (
    <section class="panel tbl" aria-labelledby="clerks">
      <h2 id="clerks">{b.merchants.clerks}</h2>
      <Failure failure={loaded.failure ?? task.failure} onRetry={loaded.renew} />
      {!rows && !loaded.failure ? <Loading rows={2} /> : null}
      {rows?.length === 0 ? <Nothing title={b.merchants.clerk_none} icon="user" /> : null}
      {rows && rows.length > 0 ? (
        <Table
          columns={[
            b.merchants.clerk_name,
            b.merchants.clerk_phone,
            b.merchants.clerk_store,
            [b.common.edit, "vh"],
          ]}
        >
          {rows.map((clerk) => (
            <tr key={clerk.id}>
              <td class="text">
                {clerk.name}
                {clerk.is_lead ? <small>{b.merchants.lead}</small> : null}
                {clerk.is_active ? null : <small>{b.merchants.ended}</small>}
                <Locked clerk={clerk} />
              </td>
              <td>{say(b.members.end, { n: clerk.phone_end })}</td>
              <td>{merchant.stores.find(({ id }) => id === clerk.store_id)?.name ?? b.common.none}</td>
              <td>
                {can ? (
                  <Button look="quiet small" label={editOf(clerk.name)} onClick={() => setEdited(clerk)}>
                    {b.common.edit}
                  </Button>
                ) : null}
                {can && isLocked(clerk) ? (
                  <Button look="quiet small" busy={task.busy} onClick={() => void unlock(clerk)}>
                    {b.merchants.unlock}
                  </Button>
                ) : null}
              </td>
            </tr>
          ))}
        </Table>
      ) : null}
      {can && merchant.stores.length > 0 ? (
        <div class="bar">
          <Button look="quiet" icon="plus" onClick={() => setEdited("new")}>
            {b.merchants.clerk_new}
          </Button>
        </div>
      ) : null}
      {edited ? (
        <Edit
          merchant={merchant}
          clerk={edited === "new" ? undefined : edited}
          onSaved={loaded.renew}
          onClose={() => setEdited(undefined)}
        />
      ) : null}
    </section>
  );
}

function isLocked({ locked_until }: Clerk): boolean {
  return locked_until !== null && Date.parse(locked_until) > now_ms();
}

function Locked({ clerk }: { clerk: Clerk }) {
  if (!isLocked(clerk) || !clerk.locked_until) return null;
  return <small class="late">{say(b.merchants.locked, { when: moment(clerk.locked_until) })}</small>;
}

interface EditProps {
  readonly merchant: Merchant;
  readonly clerk: Clerk | undefined;
  readonly onSaved: () => void;
  readonly onClose: () => void;
}

function Edit({ merchant, clerk, onSaved, onClose }: EditProps) {
  const [name, setName] = useState(clerk?.name ?? "");
  const [phone, setPhone] = useState("");
  const [store, setStore] = useState(clerk?.store_id ?? merchant.stores[0]?.id ?? "");
  const [isLead, setLead] = useState(clerk?.is_lead ?? false);
  const [isActive, setActive] = useState(clerk?.is_active ?? true);
  const save = async () => {
    const body = {
      name: name.trim(),
      ...(phone.trim() ? { phone: phone.trim() } : {}),
      store_id: store,
      is_lead: isLead,
      ...(clerk ? { is_active: isActive } : {}),
    };
    await saveClerk(merchant.id, clerk, body);
    onSaved();
  };
  return (
    <Form title={clerk ? editOf(clerk.name) : b.merchants.clerk_new} onClose={onClose} save={save}>
      {(faults) => (
        <>
          <Text
            label={b.merchants.clerk_name}
            name="name"
            value={name}
            onInput={setName}
            required
            max={40}
            faults={faults}
          />
          <Text
            label={b.merchants.clerk_phone}
            name="phone"
            value={phone}
            onInput={setPhone}
            required={!clerk}
            inputmode="tel"
            max={40}
            hint={clerk ? say(b.members.end, { n: clerk.phone_end }) : b.merchants.clerk_phone_hint}
            faults={faults}
          />
          <Pick
            label={b.merchants.clerk_store}
            name="store_id"
            value={store}
            choices={merchant.stores.map(({ id, name: word }) => ({ code: id, word }))}
            onPick={setStore}
            faults={faults}
          />
          <Check
            label={
              <>
                {b.merchants.lead} <em>{b.merchants.lead_hint}</em>
              </>
            }
            on={isLead}
            onChange={setLead}
          />
          {clerk ? <Check label={b.merchants.is_active} on={isActive} onChange={setActive} /> : null}
        </>
      )}
    </Form>
  );
}
