// What an account may do, and where: roles with their districts, and a keeper's stations.

import { useEffect, useState } from "preact/hooks";
import { listStations } from "../api";
import type { Fault } from "../http";
import { query } from "../http";
import { Button } from "../parts/button";
import { Faults, faultsOf, Text } from "../parts/field";
import type { Grant, Role } from "../person";
import { ownDistricts } from "../session";
import { districtName } from "../shell";
import { isEnglish, say, w } from "../words";

interface Props {
  readonly grants: readonly Grant[];
  readonly stations: readonly string[];
  readonly roles: readonly Role[];
  readonly onGrants: (grants: readonly Grant[]) => void;
  readonly onStations: (stations: readonly string[]) => void;
  readonly faults: readonly Fault[] | undefined;
  readonly isLocked?: boolean;
}

/** The editor of the grants. */
export function Grants({ grants, stations, roles, onGrants, onStations, faults, isLocked = false }: Props) {
  const set = (at: number, part: Partial<Grant>) =>
    onGrants(grants.map((grant, i) => (i === at ? { ...grant, ...part } : grant)));
  const isKeeper = grants.some(({ role }) => role === "keeper");
  return (
    <fieldset class="group bare-set" disabled={isLocked}>
      <legend>{w.accounts.grants}</legend>
      <Faults faults={faultsOf(faults, "grants")} id="grants-fault" />
      {grants.map((grant, i) => (
        <div class="grant" key={i}>
          <select
            class="input"
            name="grants"
            aria-label={say(w.accounts.role_of, i + 1)}
            value={grant.role}
            onChange={(event) => set(i, { role: event.currentTarget.value })}
          >
            {roles.map((role) => (
              <option key={role.code} value={role.code} selected={role.code === grant.role}>
                {isEnglish ? role.en : role.zh}
              </option>
            ))}
          </select>
          <select
            class="input"
            aria-label={say(w.accounts.scope_of, i + 1)}
            value={grant.scope}
            onChange={(event) => set(i, { scope: event.currentTarget.value })}
          >
            {scopesFor(grant.scope).map((scope) => (
              <option key={scope} value={scope} selected={scope === grant.scope}>
                {scope.length === 6 ? districtName(scope) : w.accounts.whole_city}
              </option>
            ))}
          </select>
          <Button
            look="plain small"
            label={say(w.accounts.drop_one, i + 1)}
            onClick={() => onGrants(grants.filter((_, j) => j !== i))}
          >
            {w.common.remove}
          </Button>
        </div>
      ))}
      <Button
        look="quiet small"
        icon="plus"
        disabled={roles.length === 0}
        onClick={() =>
          onGrants([...grants, { role: "grassroots", scope: ownDistricts.value[0]?.adcode ?? "" }])
        }
      >
        {w.accounts.add_grant}
      </Button>
      {isKeeper ? <KeptStations ids={stations} onChange={onStations} faults={faults} /> : null}
    </fieldset>
  );
}

/** The city as the leading digits that its districts share, then each district. */
function scopesFor(chosen: string): readonly string[] {
  const codes = ownDistricts.value.map(({ adcode }) => adcode);
  const city = codes.length > 1 ? [sharedPrefix(codes)] : [];
  return [...new Set([...city, ...codes, chosen])];
}

/** The leading digits that all codes have in common. */
export function sharedPrefix(codes: readonly string[]): string {
  const [first = ""] = codes;
  let length = first.length;
  while (length > 0 && !codes.every((code) => code.startsWith(first.slice(0, length)))) length--;
  return first.slice(0, length - (length % 2));
}

interface KeptProps {
  readonly ids: readonly string[];
  readonly onChange: (ids: readonly string[]) => void;
  readonly faults: readonly Fault[] | undefined;
}

/** A keeper's stations, found by name. */
function KeptStations({ ids, onChange, faults }: KeptProps) {
  const [q, setQ] = useState("");
  const [found, setFound] = useState<readonly { id: string; name: string }[]>([]);
  const [names, setNames] = useState<Readonly<Record<string, string>>>({});
  useEffect(() => {
    if (!q.trim()) return setFound([]);
    const asking = new AbortController();
    const timer = setTimeout(() => {
      listStations(query({ q: q.trim(), limit: 8 }), asking.signal)
        .then(({ items }) => setFound(items))
        .catch(() => setFound([]));
    }, 250);
    return () => {
      clearTimeout(timer);
      asking.abort();
    };
  }, [q]);
  return (
    <div class="stack">
      <p class="label">{w.accounts.stations}</p>
      <ul class="kept">
        {ids.map((id) => (
          <li key={id} class="bar">
            <a href={`/staff?station=${id}`}>{names[id] ?? id.slice(-8)}</a>
            <Button look="plain small" onClick={() => onChange(ids.filter((one) => one !== id))}>
              {w.common.remove}
            </Button>
          </li>
        ))}
      </ul>
      <Text label={w.accounts.find_station} name="stations" value={q} onInput={setQ} faults={faults} />
      <ul class="items">
        {found
          .filter(({ id }) => !ids.includes(id))
          .map(({ id, name }) => (
            <li key={id}>
              <button
                type="button"
                onClick={() => {
                  setNames({ ...names, [id]: name });
                  onChange([...ids, id]);
                  setQ("");
                }}
              >
                {name}
              </button>
            </li>
          ))}
      </ul>
    </div>
  );
}
