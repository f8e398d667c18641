// Where vouchers are taken: merchants, or single stores of them.

import { useState } from "preact/hooks";
import { useList } from "../../../staff/list/use-list";
import { Button } from "../../../staff/parts/button";
import { Faults as FaultList, faultsOf, Pick } from "../../../staff/parts/field";
import { Icon } from "../../../staff/parts/icon";
import { LISTS } from "../api";
import type { Faults } from "../parts/form";
import type { Merchant, Place } from "../types";
import { b, say } from "../words";
import { withPlace } from "./draft";

interface Props {
  readonly places: readonly Place[];
  readonly onChange: (places: readonly Place[]) => void;
  readonly faults: Faults;
}

/** The name of a place. */
export function placeName({ merchant, store }: Place): string {
  return store ? `${merchant.name} · ${store.name}` : merchant.name;
}

/** The field. */
export function PlacesField({ places, onChange, faults }: Props) {
  const list = useList<Merchant>(LISTS.merchants, { limit: 200 });
  const [merchantId, setMerchant] = useState("");
  const [storeId, setStore] = useState("");
  const merchant = list.items?.find(({ id }) => id === merchantId);
  const store = merchant?.stores.find(({ id }) => id === storeId);
  const add = () => {
    if (!merchant) return;
    onChange(withPlace(places, merchant, store));
    setMerchant("");
    setStore("");
  };
  return (
    <>
      <ul class="places">
        {places.map((place) => (
          <li key={place.merchant.id + (place.store?.id ?? "")}>
            {placeName(place)}
            <button
              type="button"
              class="bare"
              aria-label={say(b.campaigns.remove_place, { name: placeName(place) })}
              onClick={() => onChange(places.filter((other) => other !== place))}
            >
              <Icon name="close" />
            </button>
          </li>
        ))}
      </ul>
      <div class="three">
        <Pick
          label={b.settlements.merchant}
          name="place_merchant"
          value={merchantId}
          none={b.common.choose}
          choices={(list.items ?? []).map(({ id, name }) => ({ code: id, word: name }))}
          onPick={setMerchant}
        />
        <Pick
          label={b.settlements.store}
          name="place_store"
          value={storeId}
          none={b.campaigns.every_store}
          choices={(merchant?.stores ?? []).map(({ id, name }) => ({ code: id, word: name }))}
          onPick={setStore}
        />
        <Button look="quiet" icon="plus" disabled={!merchant} onClick={add}>
          {b.campaigns.add_place}
        </Button>
      </div>
      <FaultList faults={faultsOf(faults, "places")} id="places-fault" />
    </>
  );
}
