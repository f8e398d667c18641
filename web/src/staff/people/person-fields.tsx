// What is said of somebody who works with the service, of a new account as of one that there is.

import type { ComponentChildren } from "preact";
import type { Fault } from "../http";
import { Text } from "../parts/field";
import type { Grant, Role } from "../person";
import { w } from "../words";
import { Grants } from "./grants";

/** What the fields hold. */
export interface Person {
  readonly name: string;
  readonly unit: string;
  readonly grants: readonly Grant[];
  readonly stations: readonly string[];
}

interface Props {
  readonly value: Person;
  readonly onChange: (value: Person) => void;
  readonly roles: readonly Role[];
  readonly faults: readonly Fault[] | undefined;
  readonly isLocked?: boolean;
  /** Fields between the name and the unit. */
  readonly children?: ComponentChildren;
}

/** The fields. */
export function PersonFields({ value, onChange, roles, faults, isLocked = false, children }: Props) {
  const set = (part: Partial<Person>) => onChange({ ...value, ...part });
  const tied = { faults, readonly: isLocked, max: 100 };
  return (
    <>
      <Text
        label={w.fields.name_person}
        name="name"
        value={value.name}
        onInput={(name) => set({ name })}
        {...tied}
        required
      />
      {children}
      <Text
        label={w.fields.unit}
        name="unit"
        value={value.unit}
        onInput={(unit) => set({ unit })}
        {...tied}
      />
      <Grants
        grants={value.grants}
        stations={value.stations}
        roles={roles}
        onGrants={(grants) => set({ grants })}
        onStations={(stations) => set({ stations })}
        faults={faults}
        isLocked={isLocked}
      />
    </>
  );
}
