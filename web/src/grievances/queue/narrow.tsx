// The filters of a list of cases, each a list that drops down.

import { useState } from "preact/hooks";
import { Button } from "../../staff/parts/button";
import { Pick } from "../../staff/parts/field";
import { session } from "../../staff/session";
import { districtName } from "../../staff/shell";
import { categoryChoices, departmentChoices, handlerChoices } from "../parts/known";
import { CHANNELS, KINDS, STATES, URGENCIES } from "../types";
import { g } from "../words";
import type { Asked, Filter } from "./filters";

interface Choice {
  readonly code: string;
  readonly word: string;
}

/** The filters that are always there; the others come with a button. */
const FIRST: readonly Filter[] = ["state", "category", "department", "district"];
const OTHERS: readonly Filter[] = ["handler", "channel", "kind", "urgency"];

/** What a filter chooses from. */
export function choicesOf(name: string, department = ""): Choice[] {
  const coded = (codes: readonly string[], words: Readonly<Record<string, string>>) =>
    codes.map((code) => ({ code, word: words[code] ?? code }));
  switch (name) {
    case "state":
      return coded(STATES, g.states);
    case "channel":
      return coded(CHANNELS, g.channels);
    case "kind":
      return coded(KINDS, g.kinds);
    case "urgency":
      return coded(URGENCIES, g.urgencies);
    case "category":
      return categoryChoices();
    case "department":
      return departmentChoices();
    case "handler":
      return [{ code: "me", word: g.queue.handler_me }, ...handlerChoices(department)];
    case "district":
      return (session.value?.districts ?? []).map(({ adcode }) => ({
        code: adcode,
        word: districtName(adcode),
      }));
    default:
      return [];
  }
}

/** The bar of filters. */
export function Filters({ asked, onChange }: { asked: Asked; onChange: (next: Asked) => void }) {
  const [isWide, setWide] = useState(OTHERS.some((name) => asked[name]));
  const shown = isWide ? [...FIRST, ...OTHERS] : FIRST;
  return (
    <div class="bar wrap filters">
      {shown.map((name) => (
        <Pick
          key={name}
          label={g.columns[name as keyof typeof g.columns]}
          name={name}
          value={asked[name]}
          none={g.common.any}
          choices={choicesOf(name, asked.department)}
          onPick={(value) => onChange({ ...asked, [name]: value })}
        />
      ))}
      <Button look="plain" icon="filter" onClick={() => setWide(!isWide)}>
        {isWide ? g.queue.fewer_filters : g.queue.more_filters}
      </Button>
    </div>
  );
}
