// What came of it all in a period: in all, by row, for each of the three sides; a chart of what was saved.

import { useState } from "preact/hooks";
import { isPeriod, presets, spanOf } from "../../../grievances/figures/period";
import { dateOf } from "../../../staff/format";
import { Table } from "../../../staff/list/frame";
import { Button } from "../../../staff/parts/button";
import { Text } from "../../../staff/parts/field";
import { useLoaded } from "../../../staff/parts/loaded";
import { Failure, Loading, Nothing } from "../../../staff/parts/notes";
import { go, here } from "../../../staff/route";
import { now_ms } from "../../../staff/shell";
import { yuan } from "../../phone/money";
import { figuresAddress, readFigures } from "../api";
import { Bar } from "../parts/bar";
import { Head } from "../parts/head";
import { hrefOf } from "../route";
import type { FiguresOf, Figures as FiguresRow, Side } from "../types";
import { b, say, wordIn } from "../words";

const BYS = ["campaign", "district", "month", "merchant", "category"] as const;
const SIDES = ["member", "merchant", "bank"] as const;
/** The most rows of the chart. */
const MOST_BARS = 12;

const addressOf = (period: string, by: string) => `${hrefOf("figures")}?period=${period}&by=${by}`;

/** The screen. */
export function Figures() {
  const asked = here.value.searchParams;
  const said = asked.get("period") ?? "";
  const period = isPeriod(said) ? said : dateOf(now_ms()).slice(0, 4);
  const by = BYS.find((code) => code === asked.get("by")) ?? "campaign";
  const loaded = useLoaded(`${period} ${by}`, () => readFigures({ period, by }));
  const figures = loaded.value;
  return (
    <>
      <Head title={b.figures.title} note={period.replace("..", " – ")}>
        <a class="btn quiet" href={figuresAddress({ period, by, format: "xlsx" })} download="">
          {b.figures.download}
        </a>
      </Head>
      <Period key={period} period={period} by={by} />
      <Failure failure={loaded.failure} onRetry={loaded.renew} />
      {!figures && !loaded.failure ? <Loading rows={6} /> : null}
      {figures ? <Whole figures={figures} period={period} by={by} /> : null}
    </>
  );
}

function Whole({ figures, period, by }: { figures: FiguresOf; period: string; by: (typeof BYS)[number] }) {
  return (
    <>
      <Totals totals={figures.totals} />
      <nav class="chips" aria-label={b.figures.by}>
        {BYS.map((code) => (
          <a
            key={code}
            class={code === by ? "chip on" : "chip"}
            aria-current={code === by ? "page" : undefined}
            href={addressOf(period, code)}
          >
            {b.figures.bys[code]}
          </a>
        ))}
      </nav>
      <Rows figures={figures} by={by} />
      {figures.left_out ? <p class="cap">{say(b.figures.left_out, figures.left_out)}</p> : null}
      <Chart figures={figures} />
      <Sides sides={figures.sides} />
      {figures.definition ? (
        <details class="panel pad">
          <summary>{b.figures.how}</summary>
          <p>{figures.definition}</p>
        </details>
      ) : null}
    </>
  );
}

function Period({ period, by }: { period: string; by: string }) {
  const span = spanOf(period);
  const [from, setFrom] = useState(span?.from ?? "");
  const [to, setTo] = useState(span?.to ?? "");
  const send = (event: Event) => {
    event.preventDefault();
    if (from && to) go(addressOf(`${from}..${to}`, by));
  };
  return (
    <form class="bar wrap filters" onSubmit={send}>
      <nav class="chips" aria-label={b.figures.period}>
        {presets(dateOf(now_ms())).map((preset) => (
          <a
            key={preset.name}
            class={preset.period === period ? "chip on" : "chip"}
            aria-current={preset.period === period ? "page" : undefined}
            href={addressOf(preset.period, by)}
          >
            {b.figures[preset.name]}
          </a>
        ))}
      </nav>
      <Text label={b.figures.from} name="from" type="date" value={from} onInput={setFrom} required />
      <Text label={b.figures.to} name="to" type="date" value={to} onInput={setTo} required />
      <Button type="submit" look="quiet">
        {b.figures.go}
      </Button>
    </form>
  );
}

/** A rate with what it is made of; nothing where nothing is counted. */
export function rateWords({ rate }: Pick<FiguresRow, "rate">): string {
  const { numerator, denominator, percent } = rate;
  if (percent === null) return b.common.none;
  // Amounts of money are in fen.
  return say(b.figures.rate_words, {
    percent: percent.toFixed(1),
    numerator: yuan(numerator),
    denominator: yuan(denominator),
  });
}

function Totals({ totals }: { totals: FiguresRow }) {
  const money = (fen: number) => say(b.common.yuan, { n: yuan(fen) });
  const cards: readonly (readonly [string, string, string])[] = [
    [b.figures.issued, money(totals.issued_fen), say(b.figures.count, { n: totals.issued })],
    [b.figures.redeemed, money(totals.redeemed_fen), say(b.figures.count, { n: totals.redeemed })],
    [b.figures.saved, money(totals.saved_fen), `${b.figures.rate} ${rateWords(totals)}`],
    [
      b.figures.persons,
      yuan(totals.persons * 100),
      `${b.figures.person_times} ${yuan(totals.person_times * 100)}`,
    ],
    [
      b.figures.live,
      money(totals.live_fen),
      `${b.figures.expired} ${yuan(totals.expired_fen)} · ${b.figures.void} ${yuan(totals.void_fen)}`,
    ],
  ];
  return (
    <section class="cards" aria-label={b.figures.title}>
      {cards.map(([word, figure, under]) => (
        <div key={word} class="panel">
          <h2>{word}</h2>
          <b>{figure}</b>
          <span class="cap">{under}</span>
        </div>
      ))}
    </section>
  );
}

function nameOf(by: string, row: FiguresOf["rows"][number]): string {
  if (by === "category") return wordIn(b.categories, row.key);
  return row.name || row.key || b.common.none;
}

function Rows({ figures, by }: { figures: FiguresOf; by: (typeof BYS)[number] }) {
  return (
    <section class="panel tbl">
      {figures.rows.length === 0 ? <Nothing title={b.figures.none} icon="list" /> : null}
      {figures.rows.length > 0 ? (
        <Table
          columns={[
            b.figures.bys[by],
            [b.figures.issued, "n"],
            [b.figures.redeemed, "n"],
            [b.figures.saved, "n"],
            [b.figures.rate, "n"],
            [b.figures.persons, "n"],
            [b.figures.person_times, "n"],
            [b.figures.expired, "n"],
            [b.figures.live, "n"],
          ]}
        >
          {figures.rows.map((row) => (
            <tr key={row.key}>
              <td class="text">{nameOf(by, row)}</td>
              <td class="n">{yuan(row.issued_fen)}</td>
              <td class="n">{yuan(row.redeemed_fen)}</td>
              <td class="n">{yuan(row.saved_fen)}</td>
              <td class="n">{rateWords(row)}</td>
              <td class="n">{row.persons}</td>
              <td class="n">{row.person_times}</td>
              <td class="n">{yuan(row.expired_fen)}</td>
              <td class="n">{yuan(row.live_fen)}</td>
            </tr>
          ))}
        </Table>
      ) : null}
    </section>
  );
}

function Chart({ figures }: { figures: FiguresOf }) {
  const by = here.value.searchParams.get("by") ?? "campaign";
  const rows = figures.rows.slice(0, MOST_BARS);
  const most = Math.max(0, ...rows.map((row) => row.saved_fen));
  if (most === 0) return null;
  return (
    <section class="panel" aria-labelledby="chart">
      <h2 id="chart">{b.figures.chart}</h2>
      <div class="chart">
        {rows.map((row) => (
          <>
            <span>{nameOf(by, row)}</span>
            <span>
              <Bar part={row.saved_fen} whole={most} />
            </span>
            <span>{say(b.common.yuan, { n: yuan(row.saved_fen) })}</span>
          </>
        ))}
      </div>
    </section>
  );
}

/** The figures of a side, each with its words. */
export function figuresOf(side: Side): readonly (readonly [string, string])[] {
  const known = Object.entries(side).filter(
    (entry): entry is [string, number] => typeof entry[1] === "number",
  );
  return known.map(([name, figure]) => [
    wordIn(b.figures.names, name),
    yuan(name.endsWith("_fen") ? figure : figure * 100),
  ]);
}

function Sides({ sides }: { sides: FiguresOf["sides"] }) {
  return (
    <>
      <h2>{b.figures.sides}</h2>
      <section class="cards" aria-label={b.figures.sides}>
        {SIDES.map((name) => (
          <div key={name} class="panel">
            <h3>{b.figures.side_names[name]}</h3>
            <dl>
              {figuresOf(sides[name]).map(([word, figure]) => (
                <>
                  <dt>{word}</dt>
                  <dd>{figure}</dd>
                </>
              ))}
            </dl>
            <details>
              <summary>{b.figures.how}</summary>
              <p class="cap">{sides[name].definition}</p>
            </details>
          </div>
        ))}
      </section>
    </>
  );
}
