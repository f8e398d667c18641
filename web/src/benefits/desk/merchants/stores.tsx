// The stores of a merchant, each a point on the map.

import { useState } from "preact/hooks";
import { Table } from "../../../staff/list/frame";
import { Button } from "../../../staff/parts/button";
import { Check, Text } from "../../../staff/parts/field";
import { Nothing } from "../../../staff/parts/notes";
import { districtName } from "../../../staff/shell";
import { saveStore } from "../api";
import { District, editOf, Figure, Form } from "../parts/form";
import type { Merchant, Store } from "../types";
import { b } from "../words";

interface Props {
  readonly merchant: Merchant;
  readonly can: boolean;
  readonly onChanged: () => void;
}

/** The part of the screen. */
export function Stores({ merchant, can, onChanged }: Props) {
  const [edited, setEdited] = useState<Store | "new">();
  return (
    <section class="panel tbl" aria-labelledby="stores">
      <h2 id="stores">{b.merchants.stores}</h2>
      {merchant.stores.length === 0 ? <Nothing title={b.merchants.store_none} icon="pin" /> : null}
      {merchant.stores.length > 0 ? (
        <Table
          columns={[
            b.common.name,
            b.merchants.address,
            b.common.district,
            b.merchants.hours,
            [b.common.edit, "vh"],
          ]}
        >
          {merchant.stores.map((store) => (
            <tr key={store.id}>
              <td class="text">
                {store.name}
                {store.is_active ? null : <small>{b.merchants.closed}</small>}
              </td>
              <td class="text">{store.address}</td>
              <td>{districtName(store.district)}</td>
              <td>{store.hours ?? b.common.none}</td>
              <td>
                {can ? (
                  <Button look="quiet small" label={editOf(store.name)} onClick={() => setEdited(store)}>
                    {b.common.edit}
                  </Button>
                ) : null}
              </td>
            </tr>
          ))}
        </Table>
      ) : null}
      {can ? (
        <div class="bar">
          <Button look="quiet" icon="plus" onClick={() => setEdited("new")}>
            {b.merchants.store_new}
          </Button>
        </div>
      ) : null}
      {edited ? (
        <Edit
          merchant={merchant}
          store={edited === "new" ? undefined : edited}
          onSaved={onChanged}
          onClose={() => setEdited(undefined)}
        />
      ) : null}
    </section>
  );
}

interface EditProps {
  readonly merchant: Merchant;
  readonly store: Store | undefined;
  readonly onSaved: () => void;
  readonly onClose: () => void;
}

function Edit({ merchant, store, onSaved, onClose }: EditProps) {
  const [name, setName] = useState(store?.name ?? "");
  const [district, setDistrict] = useState(store?.district ?? merchant.district);
  const [address, setAddress] = useState(store?.address ?? "");
  const [lon, setLon] = useState(store ? String(store.lon) : "");
  const [lat, setLat] = useState(store ? String(store.lat) : "");
  const [hours, setHours] = useState(store?.hours ?? "");
  const [phone, setPhone] = useState(store?.phone ?? "");
  const [isActive, setActive] = useState(store?.is_active ?? true);
  const save = async () => {
    const body = {
      name: name.trim(),
      district,
      address: address.trim(),
      lon: Number(lon),
      lat: Number(lat),
      hours: hours.trim() || null,
      phone: phone.trim() || null,
      ...(store ? { is_active: isActive } : {}),
    };
    await saveStore(merchant.id, store, body);
    onSaved();
  };
  return (
    <Form title={store ? editOf(store.name) : b.merchants.store_new} onClose={onClose} save={save}>
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
          <Text
            label={b.merchants.address}
            name="address"
            value={address}
            onInput={setAddress}
            required
            max={120}
            faults={faults}
          />
          <div class="three">
            <District value={district} onPick={setDistrict} faults={faults} />
            <Figure
              yuan
              label={b.merchants.lon}
              name="lon"
              value={lon}
              onInput={setLon}
              required
              faults={faults}
            />
            <Figure
              yuan
              label={b.merchants.lat}
              name="lat"
              value={lat}
              onInput={setLat}
              required
              faults={faults}
            />
          </div>
          <Text
            label={b.merchants.hours}
            name="hours"
            value={hours}
            onInput={setHours}
            hint={b.merchants.hours_hint}
            max={500}
            faults={faults}
          />
          <Text
            label={b.merchants.phone}
            name="phone"
            value={phone}
            onInput={setPhone}
            max={40}
            faults={faults}
          />
          {store ? <Check label={b.merchants.is_active} on={isActive} onChange={setActive} /> : null}
        </>
      )}
    </Form>
  );
}
