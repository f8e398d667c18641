// What a station is: names, number, address, who built it, whom it serves.

import { Checks, Pick, Text } from "../parts/field";
import { terms } from "../shell";
import type { Facts } from "../types";
import { w } from "../words";
import type { TabProps } from "./place";

type TextName = "code" | "name" | "signboard" | "address" | "partner" | "notes" | "opened_on";
const lines = (text: string) =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);

/** The tab of the basics. */
export function BasicsTab({ facts, change, faults, isLocked }: TabProps) {
  const text = (name: TextName, more: Partial<Parameters<typeof Text>[0]> = {}) => (
    <Text
      label={w.fields[name]}
      name={name}
      value={facts[name] ?? ""}
      onInput={(value) => change({ [name]: name === "name" ? value : value || null } as Partial<Facts>)}
      readonly={isLocked}
      faults={faults}
      max={200}
      {...more}
    />
  );
  const pick = (name: "build" | "host" | "form") => (
    <Pick
      label={w.fields[name]}
      name={name}
      value={facts[name] ?? ""}
      none={w.common.not_known}
      choices={terms(name)}
      onPick={(code) => change({ [name]: code || null })}
      faults={faults}
    />
  );
  const figure = (name: "capacity" | "area_m2") => (
    <Text
      label={w.fields[name]}
      name={name}
      inputmode="decimal"
      value={String(facts[name] ?? "")}
      onInput={(value) => change({ [name]: /^\d{1,6}(\.\d{0,2})?$/.test(value) ? Number(value) : null })}
      readonly={isLocked}
      faults={faults}
    />
  );
  const list = (name: "aliases" | "other_facilities") => (
    <Text
      label={w.fields[name]}
      hint={w.basics.one_a_line}
      name={name}
      value={(facts[name] ?? []).join("\n")}
      onInput={(value) => change({ [name]: lines(value) })}
      readonly={isLocked}
      faults={faults}
      lines={2}
    />
  );
  return (
    <fieldset class="pad stack bare-set" disabled={isLocked}>
      {text("name", { required: true })}
      {text("signboard", { hint: w.basics.signboard_hint })}
      {text("code")}
      {list("aliases")}
      {text("address", { lines: 2 })}
      {pick("host")}
      {pick("form")}
      {pick("build")}
      {text("partner")}
      <div class="two">
        {figure("capacity")}
        {figure("area_m2")}
      </div>
      {text("opened_on", { type: "date" })}
      <Checks
        label={w.fields.trades}
        name="trades"
        values={facts.trades ?? []}
        choices={terms("trade")}
        onChange={(trades) => change({ trades })}
        {...(faults ? { faults } : {})}
      />
      {list("other_facilities")}
      {text("notes", { lines: 3, max: 2000 })}
    </fieldset>
  );
}
