// The lists below the figures: hours that would cover most, the gaps by their size, districts, trades.

import type { ComponentType } from "preact";
import { Nothing } from "../../staff/parts/notes";
import { Exports, OF_TAB } from "../parts/exports";
import { Method } from "../parts/method";
import { Trouble } from "../parts/said";
import { answers, picked, setOwn, side, TABS, type Tab, tab } from "../store";
import type { Gaps, Share, Unit } from "../types";
import { count, ofWhole, p, percent, say } from "../words";
import { Extensions } from "./extensions";

/** So many gaps are listed; the files have all of them. */
export const MOST_LISTED = 30;

const DRAWN: Readonly<Record<Tab, ComponentType>> = {
  extensions: Extensions,
  gaps: GapList,
  districts: Districts,
  trades: Trades,
};

/** The tabs and the list of the one that is chosen. */
export function Lists() {
  const Drawn = DRAWN[tab.value];
  return (
    <section class="lists" aria-label={p.lists.label}>
      <div class="tabs">
        {TABS.map((code) => (
          <button
            key={code}
            type="button"
            class="tab"
            aria-pressed={code === tab.value}
            onClick={() => setOwn("list", code === TABS[0] ? undefined : code)}
          >
            {p.lists[code]}
          </button>
        ))}
        <Exports of={[OF_TAB[tab.value]]} label={p.exports.file} look="btn plain small" />
      </div>
      <Drawn />
    </section>
  );
}

/** The cells with gaps, the worst first. */
export function rankedGaps(gaps: Gaps | undefined): readonly Gaps["features"][number]["properties"][] {
  return (gaps?.features ?? [])
    .map(({ properties }) => properties)
    .filter(({ rank, uncovered }) => rank !== null && rank > 0 && uncovered > 0)
    .sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0));
}

function GapList() {
  const asked = answers[side.value].gaps;
  const known = asked.known.value;
  const ranked = rankedGaps(known.value);
  if (!known.value) return <Waiting />;
  return (
    <>
      <Trouble asked={asked} />
      <p class="cap">
        {say(p.lists.gaps_note, { shown: Math.min(MOST_LISTED, ranked.length), all: count(ranked.length) })}{" "}
        <Method
          explained={{
            title: p.lists.gaps,
            method: known.value.method,
            figures: [],
            requests: [known.value.request],
            demand: known.value.demand,
          }}
        />
      </p>
      {ranked.length === 0 ? <Nothing title={p.lists.no_gaps} icon="check" /> : null}
      <ol class="plan">
        {ranked.slice(0, MOST_LISTED).map((gap) => (
          <li key={gap.cell}>
            <button
              type="button"
              aria-pressed={picked.value?.kind === "cell" && picked.value.cell === gap.cell}
              onClick={() => {
                picked.value = { kind: "cell", cell: gap.cell };
              }}
            >
              <span class="rank">{gap.rank}</span>
              <span class="what">
                {gap.district || p.lists.no_district}
                <small>{gap.hours_text}</small>
              </span>
              <b>
                {count(gap.uncovered)}
                <small>/ {count(gap.demand)}</small>
              </b>
            </button>
          </li>
        ))}
      </ol>
    </>
  );
}

interface Group extends Share {
  readonly key: string;
  readonly name: string;
  readonly twice: number | null;
}

function Districts() {
  const told = answers[side.value].coverage.known.value.value;
  if (!told) return <Waiting />;
  const rows = told.by_district.map((row) => ({ ...row, key: row.adcode ?? "" }));
  return <Groups rows={rows} unit={told.unit} suppressed={told.suppressed} none={p.lists.no_districts} />;
}

function Trades() {
  const told = answers[side.value].coverage.known.value.value;
  if (!told) return <Waiting />;
  const rows = told.by_trade.map((row) => ({ ...row, key: row.trade ?? "" }));
  return <Groups rows={rows} unit={told.unit} suppressed={told.suppressed} none={p.lists.no_trades} />;
}

function Groups(props: { rows: readonly Group[]; unit: Unit; suppressed: number; none: string }) {
  const { rows, unit, suppressed, none } = props;
  return (
    <>
      {rows.length === 0 ? <Nothing title={none} icon="info" /> : null}
      <ul class="groups">
        {rows.map((row) => (
          <li key={row.key}>
            <span>{row.name}</span>
            <b>{percent(row.share)}</b>
            <small>
              {ofWhole(row.numerator, row.denominator, unit)} · {say(p.lists.twice, count(row.twice))}
            </small>
            <svg class="share" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
              <rect width="100" height="6" class="whole" />
              <rect width={Math.max(0, Math.min(100, (row.share ?? 0) * 100))} height="6" class="part" />
            </svg>
          </li>
        ))}
      </ul>
      {suppressed > 0 ? <p class="cap">{say(p.lists.suppressed, suppressed)}</p> : null}
    </>
  );
}

/** Rows that are still coming. */
export function Waiting() {
  return (
    <div class="loading" role="status">
      <span class="vh">{p.state.loading}</span>
      {[0, 1, 2, 3].map((i) => (
        <div class="sk" key={i} />
      ))}
    </div>
  );
}
