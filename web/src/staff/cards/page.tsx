// Door cards and keepers: which stations to print for, who has a link, whose facts are old, which hours to decide.

import { Chips } from "../list/chips";
import { Head } from "../parts/head";
import { here } from "../route";
import { may } from "../session";
import { w } from "../words";
import { Doors } from "./doors";
import { Proposals } from "./proposals";

const TABS = ["doors", "waiting", "ended"] as const;

/** The screen. */
export function Cards() {
  const asked = here.value.searchParams.get("tab");
  const tab = TABS.find((name) => name === asked && may("station_check")) ?? "doors";
  return (
    <>
      <Head title={w.cards.title} />
      <p class="cap">{w.cards.lead}</p>
      {may("station_check") ? (
        <Chips
          label={w.cards.tabs}
          chips={TABS.map((name) => ({
            key: name,
            word: w.cards[`tab_${name}`],
            href: `/staff/cards${name === "doors" ? "" : `?tab=${name}`}`,
            on: name === tab,
          }))}
        />
      ) : null}
      {tab === "doors" ? <Doors /> : <Proposals state={tab} key={tab} />}
    </>
  );
}
