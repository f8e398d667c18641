// The filters as chips: each opens its choices, and says what is chosen.

import { listed } from "../format";
import { Check } from "../parts/field";
import { Icon } from "../parts/icon";
import { Menu } from "../parts/menu";
import { ownDistricts } from "../session";
import { districtName, terms, wordOf } from "../shell";
import { STATUSES } from "../types";
import { say, w } from "../words";
import { OLD_DAYS } from "./columns";
import { atStart, countOf, FACETS, type Facet, NO_FILTERS, SINGLE, STATES, withCodes } from "./filters";
import { filter, filters, register } from "./list";

/** Facets that have a chip even where nothing is chosen in them. */
const ALWAYS: readonly Facet[] = ["district", "status", "host", "facility"];
/** So many words stand on a chip; more are counted. */
const MOST_WORDS = 2;

interface Choice {
  readonly code: string;
  readonly word: string;
  readonly count?: number | undefined;
}

/** The choices of a facet. */
function choicesOf(facet: Facet): readonly Choice[] {
  switch (facet) {
    case "district":
      return ownDistricts.value.map(({ adcode }) => ({ code: adcode, word: districtName(adcode) }));
    case "status":
      return STATUSES.map((code) => ({ code, word: w.statuses[code], count: register.value?.counts[code] }));
    case "state":
      return STATES.map((code) => ({ code, word: w.states[code] }));
    default:
      return terms(facet);
  }
}

function wordFor(facet: Facet, code: string): string {
  if (facet === "district") return districtName(code);
  if (facet === "status") return w.statuses[code as keyof typeof w.statuses];
  if (facet === "state") return w.states[code as keyof typeof w.states];
  return wordOf(facet, code);
}

/** The row of chips. */
export function Chips() {
  const on = FACETS.filter((facet) => ALWAYS.includes(facet) || filters.value.codes[facet].length > 0);
  const off = FACETS.filter((facet) => !on.includes(facet));
  return (
    <fieldset class="chips" aria-label={w.registry.filters}>
      {on.map((facet) => (
        <Chip key={facet} facet={facet} />
      ))}
      {filters.value.unconfirmed_days !== undefined ? (
        <Off
          word={say(w.registry.unconfirmed, filters.value.unconfirmed_days)}
          onClear={() => filter(atStart({ ...filters.value, unconfirmed_days: undefined }))}
        />
      ) : null}
      {filters.value.demonstration !== undefined ? (
        <Off
          word={filters.value.demonstration ? w.registry.only_demo : w.registry.no_demo}
          onClear={() => filter(atStart({ ...filters.value, demonstration: undefined }))}
        />
      ) : null}
      {filters.value.isMarked ? (
        <Off
          word={w.registry.marked}
          onClear={() => filter(atStart({ ...filters.value, isMarked: false }))}
        />
      ) : null}
      <More facets={off} />
      {countOf(filters.value) > 0 ? (
        <button type="button" class="btn plain" onClick={() => filter({ ...NO_FILTERS })}>
          {w.registry.clear}
        </button>
      ) : null}
    </fieldset>
  );
}

function Chip({ facet }: { facet: Facet }) {
  const codes = filters.value.codes[facet];
  const words = codes.slice(0, MOST_WORDS).map((code) => wordFor(facet, code));
  const more = codes.length > MOST_WORDS ? say(w.registry.and_more, codes.length) : "";
  const isOn = codes.length > 0;
  return (
    <span class={isOn ? "chip on" : "chip"}>
      <Menu look="open" label={isOn ? `${listed(words)}${more}` : w.columns[facet]}>
        {() => <Choices facet={facet} />}
      </Menu>
      {isOn ? (
        <button
          type="button"
          class="clear"
          aria-label={say(w.registry.clear_one, w.columns[facet])}
          onClick={() => filter(withCodes(filters.value, facet, []))}
        >
          <Icon name="close" />
        </button>
      ) : null}
    </span>
  );
}

function Choices({ facet }: { facet: Facet }) {
  const codes = filters.value.codes[facet];
  const others = SINGLE.includes(facet) ? [] : codes;
  const toggle = (code: string, on: boolean) =>
    filter(withCodes(filters.value, facet, on ? [...others, code] : codes.filter((c) => c !== code)));
  return (
    <fieldset class="choices">
      <legend>{w.columns[facet]}</legend>
      {choicesOf(facet).map(({ code, word, count }) => (
        <Check
          key={code}
          label={
            <>
              {word}
              {count === undefined ? null : <em>{count}</em>}
            </>
          }
          on={codes.includes(code)}
          onChange={(on) => toggle(code, on)}
        />
      ))}
    </fieldset>
  );
}

function Off({ word, onClear }: { word: string; onClear: () => void }) {
  return (
    <span class="chip on">
      <span class="open">{word}</span>
      <button type="button" class="clear" aria-label={say(w.registry.clear_one, word)} onClick={onClear}>
        <Icon name="close" />
      </button>
    </span>
  );
}

/** The facets that have no chip yet. */
function More({ facets }: { facets: readonly Facet[] }) {
  return (
    <Menu look="chip" icon="plus" label={w.registry.more}>
      {() => (
        <div class="stack">
          {facets.map((facet) => (
            <Choices key={facet} facet={facet} />
          ))}
          <fieldset class="choices">
            <legend>{w.registry.others}</legend>
            <Check
              label={say(w.registry.unconfirmed, OLD_DAYS)}
              on={filters.value.unconfirmed_days !== undefined}
              onChange={(on) =>
                filter(atStart({ ...filters.value, unconfirmed_days: on ? OLD_DAYS : undefined }))
              }
            />
            <Check
              label={w.registry.marked}
              on={filters.value.isMarked}
              onChange={(on) => filter(atStart({ ...filters.value, isMarked: on }))}
            />
            <Check
              label={w.registry.no_demo}
              on={filters.value.demonstration === false}
              onChange={(on) => filter(atStart({ ...filters.value, demonstration: on ? false : undefined }))}
            />
          </fieldset>
        </div>
      )}
    </Menu>
  );
}
