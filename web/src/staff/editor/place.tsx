// Where a station is: the pin, its coordinates in three systems, its district, who is next to it, its entrance.

import { useEffect, useState } from "preact/hooks";
import { geodesic_m } from "../../offline/geodesy";
import { neighbours } from "../api";
import { distance } from "../format";
import type { Fault } from "../http";
import { Button } from "../parts/button";
import { Faults, faultsOf, Pick, Text } from "../parts/field";
import { Icon } from "../parts/icon";
import { register } from "../registry/list";
import { lineOf } from "../registry/state";
import { districts } from "../shell";
import type { Entrance, Facts, Station } from "../types";
import { say, w } from "../words";
import { Coordinates } from "./coordinates";
import { DraftMap } from "./draft-map";
import { districtAt, type Place, roundedPlace, within } from "./position";

/** What every tab of the editor is given. */
export interface TabProps {
  readonly station: Station | undefined;
  /** The facts as they would be saved. */
  readonly facts: Partial<Facts>;
  readonly change: (fields: Partial<Facts>) => void;
  readonly faults: readonly Fault[] | undefined;
  readonly isLocked: boolean;
}

/** Stations so near are probably the same. */
const NEAR_M = 50;

/** The tab of the position. */
export function PlaceTab({ station, facts, change, faults, isLocked }: TabProps) {
  const [placing, setPlacing] = useState<"pin" | "entrance">("pin");
  const pin = pinOf(facts);
  const before = station ? { lon: station.lon, lat: station.lat } : undefined;
  const isMoved =
    pin !== undefined && before !== undefined && (pin.lon !== before.lon || pin.lat !== before.lat);
  const move = (place: Place) => {
    const at = roundedPlace(place);
    const isFirst = pin === undefined && !facts.district;
    change({ ...at, ...(isFirst ? { district: districtAt(at)?.adcode ?? null } : {}) });
  };
  const setEntrance = (place: Place) => {
    change({ entrance: { ...facts.entrance, ...roundedPlace(place) } });
    setPlacing("pin");
  };
  return (
    <>
      <div class="mapbox">
        <DraftMap
          shown={{
            pin,
            before: isMoved ? before : undefined,
            entrance: facts.entrance ?? undefined,
            door: (station && lineOf(station)?.shape) ?? "closed",
            isLocked,
            id: station?.id ?? "",
            placing,
          }}
          told={{ pin: move, entrance: setEntrance }}
        />
        {isLocked ? null : (
          <p class="hint over">
            {placing === "entrance" ? w.place.click_entrance : pin ? w.place.drag : w.place.click}
          </p>
        )}
      </div>
      <div class="pad stack">
        {isMoved ? (
          <p class="moved">
            <Icon name="pin" />
            {say(w.place.moved, distance(geodesic_m(before, pin)))}
          </p>
        ) : null}
        <Coordinates place={pin} onChange={move} isLocked={isLocked} />
        <Faults faults={["lat", "lon", "crs"].flatMap((name) => faultsOf(faults, name))} id="place-fault" />
        <Pick
          label={w.fields.district}
          name="district"
          value={facts.district ?? ""}
          none={w.place.district_of_place}
          choices={districts.map(({ adcode, name }) => ({ code: adcode, word: name }))}
          onPick={(code) => change({ district: code || null })}
          faults={faults}
          disabled={isLocked}
        />
        {pin ? <Checks pin={pin} district={facts.district ?? null} id={station?.id ?? ""} /> : null}
        <EntranceFields
          entrance={facts.entrance ?? null}
          change={change}
          isLocked={isLocked}
          isPlacing={placing === "entrance"}
          onPlace={() => setPlacing(placing === "entrance" ? "pin" : "entrance")}
          faults={faults}
        />
      </div>
    </>
  );
}

function pinOf({ lat, lon }: Partial<Facts>): Place | undefined {
  return lat === undefined || lon === undefined ? undefined : { lon, lat };
}

/** Whether it is in its district, and who is next to it. */
function Checks({ pin, district, id }: { pin: Place; district: string | null; id: string }) {
  const [near, setNear] = useState<readonly { name: string; metres: number }[]>();
  useEffect(() => {
    const asking = new AbortController();
    neighbours(pin.lon, pin.lat, asking.signal)
      .then(({ features }) => {
        const found = new Map<string, { name: string; metres: number }>();
        for (const { id: other, properties, geometry } of features) {
          const [lon, lat] = geometry.coordinates;
          found.set(other, { name: properties.name, metres: geodesic_m(pin, { lon, lat }) });
        }
        // Those of the table may be ones that workers do not see yet.
        for (const row of register.value?.items ?? [])
          found.set(row.id, { name: row.name, metres: geodesic_m(pin, row) });
        found.delete(id);
        setNear([...found.values()].filter(({ metres }) => metres <= NEAR_M));
      })
      .catch(() => setNear(undefined));
    return () => asking.abort();
  }, [pin.lon, pin.lat, id]);
  const where = within(pin, district);
  const isFine = where.kind === "inside" || where.kind === "near";
  return (
    <ul class="checked">
      {district ? (
        <li class={isFine ? "ok" : "bad"}>
          <Icon name={isFine ? "check" : "warn"} />
          {where.kind === "inside" ? w.place.inside : null}
          {where.kind === "near" ? say(w.place.near, distance(where.metres)) : null}
          {where.kind === "other" ? say(w.place.other, where.name) : null}
          {where.kind === "nowhere" ? w.place.nowhere : null}
        </li>
      ) : null}
      {near ? (
        <li class={near.length === 0 ? "ok" : "bad"}>
          <Icon name={near.length === 0 ? "check" : "warn"} />
          {near.length === 0
            ? w.place.alone
            : near
                .map(({ name, metres }) => say(w.place.neighbour, { name, far: distance(metres) }))
                .join(w.common.semicolon)}
        </li>
      ) : null}
    </ul>
  );
}

interface EntranceProps {
  readonly entrance: Entrance | null;
  readonly change: (fields: Partial<Facts>) => void;
  readonly isLocked: boolean;
  readonly isPlacing: boolean;
  readonly onPlace: () => void;
  readonly faults: readonly Fault[] | undefined;
}

function EntranceFields({ entrance, change, isLocked, isPlacing, onPlace, faults }: EntranceProps) {
  const set = (part: Partial<Entrance>) => entrance && change({ entrance: { ...entrance, ...part } });
  return (
    <fieldset class="group">
      <legend>{w.place.entrance}</legend>
      {isLocked ? null : (
        <div class="bar">
          <Button look="quiet" icon="dooropen" pressed={isPlacing} onClick={onPlace}>
            {entrance ? w.place.entrance_move : w.place.entrance_add}
          </Button>
          {entrance ? (
            <Button look="plain" onClick={() => change({ entrance: null })}>
              {w.place.entrance_remove}
            </Button>
          ) : null}
        </div>
      )}
      {entrance ? (
        <>
          <Coordinates
            place={entrance}
            onChange={(at) => set(roundedPlace(at))}
            isLocked={isLocked}
            only="wgs84"
          />
          <div class="two">
            <Text
              label={w.place.floor}
              name="entrance"
              value={String(entrance.floor ?? "")}
              onInput={(floor) => set({ floor: floor || null })}
              readonly={isLocked}
              faults={faults}
              max={20}
            />
            <Text
              label={w.place.side}
              name="entrance.side"
              value={entrance.side ?? ""}
              onInput={(side) => set({ side: side || null })}
              readonly={isLocked}
              max={40}
            />
          </div>
        </>
      ) : null}
    </fieldset>
  );
}
