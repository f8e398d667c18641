// The bar of filters over a list. Each filter reads and writes its own part of the address.

import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Pick } from "../parts/field";
import { Icon } from "../parts/icon";
import { ownDistricts } from "../session";
import { districtName } from "../shell";
import { w } from "../words";
import { filtersOf, setFilters } from "./address";

/** How long one pauses in writing before the list is asked, in milliseconds. */
const PAUSE_MS = 250;

/** The bar. */
export function FilterBar({ children }: { children: ComponentChildren }) {
  return <div class="bar wrap filters">{children}</div>;
}

interface PickFilterProps {
  /** What the address, and the interface, call it. */
  readonly name: string;
  readonly label: string;
  /** The word for no choice. */
  readonly none: string;
  readonly choices: readonly { readonly code: string; readonly word: string }[];
}

/** One of several values, or any. */
export function PickFilter(props: PickFilterProps) {
  const { name } = props;
  return (
    <Pick {...props} value={filtersOf([name])[name] ?? ""} onPick={(code) => setFilters({ [name]: code })} />
  );
}

/** The districts that whoever is signed in sees to, or those that are named. */
export function DistrictFilter(props: { none: string; of?: readonly { readonly adcode: string }[] }) {
  const { none, of = ownDistricts.value } = props;
  const choices = of.map(({ adcode }) => ({ code: adcode, word: districtName(adcode) }));
  return <PickFilter name="district" label={w.fields.district} none={none} choices={choices} />;
}

/** A text to find. The list is asked when one pauses in writing. */
export function FindFilter({ name = "q", label }: { name?: string; label: string }) {
  const held = filtersOf([name])[name] ?? "";
  const [text, setText] = useState(held);
  const written = useRef(held);
  useEffect(() => {
    if (held !== written.current) setText(held);
    written.current = held;
  }, [held]);
  useEffect(() => {
    const wanted = text.trim();
    if (wanted === written.current) return undefined;
    const timer = setTimeout(() => {
      written.current = wanted;
      setFilters({ [name]: wanted });
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <label class="find">
      <Icon name="search" />
      <span class="vh">{label}</span>
      <input
        type="search"
        name={name}
        value={text}
        placeholder={label}
        maxLength={100}
        onInput={(event) => setText(event.currentTarget.value)}
      />
    </label>
  );
}
