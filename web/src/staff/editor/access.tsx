// How one gets in, and whom one calls.

import { Checks, Pick, Text } from "../parts/field";
import { terms } from "../shell";
import { w } from "../words";
import type { TabProps } from "./place";

/** The tab of the ways in. */
export function AccessTab({ facts, change, faults, isLocked }: TabProps) {
  const noPhone = facts.no_phone ?? null;
  const text = (name: "phone" | "keeper_name" | "keeper_phone", hint?: string) => (
    <Text
      label={w.fields[name]}
      hint={hint}
      name={name}
      value={facts[name] ?? ""}
      onInput={(value) => change({ [name]: value || null })}
      readonly={isLocked}
      faults={faults}
      max={60}
    />
  );
  return (
    <fieldset class="pad stack bare-set" disabled={isLocked}>
      <Checks
        label={w.fields.access}
        name="access"
        values={facts.access ?? []}
        choices={terms("access")}
        onChange={(access) => change({ access })}
        {...(faults ? { faults } : {})}
      />
      <Pick
        label={w.fields.no_phone}
        name="no_phone"
        value={noPhone === null ? "" : String(noPhone)}
        none={w.common.not_known}
        choices={[
          { code: "true", word: w.access.no_phone },
          { code: "false", word: w.access.phone },
        ]}
        onPick={(code) => change({ no_phone: code === "" ? null : code === "true" })}
        faults={faults}
      />
      {text("phone", w.access.phone_hint)}
      {text("keeper_name", w.access.keeper_hint)}
      {text("keeper_phone")}
    </fieldset>
  );
}
