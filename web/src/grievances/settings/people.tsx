// The people of a department: found among the accounts, added and taken away.

import { useEffect, useId, useState } from "preact/hooks";
import { listAccounts } from "../../staff/api";
import type { Fault } from "../../staff/http";
import { Faults, faultsOf } from "../../staff/parts/field";
import { Icon } from "../../staff/parts/icon";
import type { Named } from "../types";
import { g, say } from "../words";

/** How long somebody must stop writing before the accounts are searched, in milliseconds. */
const PAUSE_MS = 250;

interface Props {
  readonly people: readonly Named[];
  readonly onChange: (people: readonly Named[]) => void;
  readonly faults: readonly Fault[] | undefined;
}

/** The field. */
export function People({ people, onChange, faults }: Props) {
  const [text, setText] = useState("");
  const [found, setFound] = useState<readonly Named[]>([]);
  const id = useId();
  useEffect(() => {
    if (!text.trim()) {
      setFound([]);
      return;
    }
    let isPresent = true;
    const ask = async () => {
      const page = await listAccounts({ q: text.trim(), blocked: false }).catch(() => undefined);
      if (isPresent) setFound((page?.items ?? []).map((account) => ({ id: account.id, name: account.name })));
    };
    const timer = setTimeout(() => void ask(), PAUSE_MS);
    return () => {
      isPresent = false;
      clearTimeout(timer);
    };
  }, [text]);
  const fresh = found.filter((one) => !people.some((other) => other.id === one.id)).slice(0, 8);
  const add = (one: Named) => {
    onChange([...people, one]);
    setText("");
  };
  return (
    <div class="field">
      <label for={id}>{g.settings.members}</label>
      <ul class="people">
        {people.map((one) => (
          <li key={one.id}>
            {one.name ?? one.id}
            <button
              type="button"
              class="bare"
              aria-label={`${g.settings.remove} ${one.name ?? one.id}`}
              onClick={() => onChange(people.filter((other) => other.id !== one.id))}
            >
              <Icon name="close" />
            </button>
          </li>
        ))}
      </ul>
      <input
        id={id}
        name="members"
        class="input"
        value={text}
        placeholder={g.settings.find_people}
        autocomplete="off"
        onInput={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || !text.trim()) return;
          event.preventDefault();
          if (fresh[0]) add(fresh[0]);
        }}
      />
      <div class="bar wrap" role="status">
        {fresh.map((one) => (
          <button key={one.id} type="button" class="btn quiet small" onClick={() => add(one)}>
            {say(g.settings.add_person, { name: one.name ?? one.id })}
          </button>
        ))}
      </div>
      <p class="hint">{g.settings.members_hint}</p>
      <Faults faults={faultsOf(faults, "members")} id={`${id}-fault`} />
    </div>
  );
}
