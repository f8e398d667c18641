// The tabs of the editor. They are links, so that a tab has an address.

import type { Fault } from "../http";
import { Icon } from "../parts/icon";
import { open } from "../registry/list";
import { w } from "../words";

export const TABS = ["place", "hours", "facilities", "access", "basics", "history", "notices"] as const;
export type Tab = (typeof TABS)[number];

const FIELDS: Readonly<Record<string, readonly string[]>> = {
  place: ["lat", "lon", "crs", "district", "entrance", "position"],
  hours: ["hours", "hours_text"],
  facilities: ["facilities"],
  access: ["access", "no_phone", "phone", "keeper_name", "keeper_phone"],
  basics: [
    "name", "code", "signboard", "aliases", "address", "host", "form", "build", "partner", "capacity", "area_m2",
    "opened_on", "trades", "other_facilities", "notes",
  ], // biome-ignore format: two rows
};

/** The tab that holds a field. */
export function tabOfFault(field: string): Tab | "" {
  const name = field.split(/[./[]/).find(Boolean) ?? field;
  return (TABS.find((tab) => FIELDS[tab]?.includes(name)) ?? "") as Tab | "";
}

/** The row of tabs; one with a fault says so. */
export function Tabs({
  id,
  tab,
  isNew,
  faults,
}: {
  id: string;
  tab: Tab;
  isNew: boolean;
  faults: readonly Fault[] | undefined;
}) {
  const shown = TABS.filter((name) => !isNew || (name !== "history" && name !== "notices"));
  const step = (event: KeyboardEvent) => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    const next = shown[(shown.indexOf(tab) + by + shown.length) % shown.length] ?? tab;
    open(id, next);
    requestAnimationFrame(() => document.getElementById(`tab-${next}`)?.focus());
  };
  return (
    <div class="tabrow" role="tablist" aria-label={w.editor.tabs} onKeyDown={step}>
      {shown.map((name) => (
        <button
          key={name}
          id={`tab-${name}`}
          type="button"
          role="tab"
          aria-selected={name === tab}
          aria-controls="tab"
          tabIndex={name === tab ? 0 : -1}
          onClick={() => open(id, name)}
        >
          {w.tabs[name]}
          {faults?.some(({ field }) => tabOfFault(field) === name) ? <Icon name="warn" /> : null}
        </button>
      ))}
    </div>
  );
}
