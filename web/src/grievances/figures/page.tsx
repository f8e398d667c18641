// The three rates of a period, in all and by channel, category, department and more; each opens to its cases.

import { useState } from "preact/hooks";
import { query } from "../../staff/http";
import { Button } from "../../staff/parts/button";
import { Text } from "../../staff/parts/field";
import { useLoaded } from "../../staff/parts/loaded";
import { Failure, Loading, Nothing } from "../../staff/parts/notes";
import { go, here } from "../../staff/route";
import { readFigures } from "../api";
import { percentOf } from "../board/facts";
import { RateCard } from "../board/parts";
import { Head } from "../parts/head";
import { today } from "../parts/time";
import { RATES, type Rate, type Rates } from "../types";
import { g, say } from "../words";
import { casesHref } from "./address";
import { Cases } from "./cases";
import { isPeriod, presets, spanOf } from "./period";

const BYS = ["channel", "category", "department", "district", "month", "subject", "unit"] as const;
type By = (typeof BYS)[number];

/** The figures as the service tells them. */
export interface FiguresOf {
  readonly period: { readonly from: string; readonly to: string };
  readonly rates: Rates;
  readonly rows: readonly {
    readonly key: string;
    /** Nothing for cases that have none of what the rows are by. */
    readonly name: string | null;
    readonly theme?: boolean;
    readonly measures?: string | null;
    /** How many came in, as a figure of its own. */
    readonly received?: Rate;
    readonly rates: Rates;
  }[];
  /** How many rows more there are. */
  readonly left_out?: number;
}

/** The screen; `rest` is `cases` where the list behind a figure is shown. */
export function Figures({ rest }: { rest: string }) {
  return rest === "cases" ? <Cases /> : <Overview />;
}

function Overview() {
  const url = here.value;
  const said = url.searchParams.get("period") ?? "";
  const period = isPeriod(said) ? said : today().slice(0, 4);
  const by = (BYS as readonly string[]).includes(url.searchParams.get("by") ?? "")
    ? (url.searchParams.get("by") as By)
    : "department";
  const loaded = useLoaded(`${period} ${by}`, () => readFigures(period, by));
  const figures = loaded.value;
  return (
    <>
      <Head title={g.figures.title} note={period.replace("..", " – ")} />
      <Period key={period} period={period} by={by} />
      <Failure failure={loaded.failure} onRetry={loaded.renew} />
      {!figures && !loaded.failure ? <Loading rows={6} /> : null}
      {figures ? (
        <div class="board">
          <section class="rates" aria-label={g.board.rates}>
            {RATES.map((name) => (
              <RateCard key={name} name={name} rate={figures.rates[name]} />
            ))}
          </section>
          <nav class="chips" aria-label={g.figures.by}>
            {BYS.map((code) => (
              <a
                key={code}
                class={code === by ? "chip on" : "chip"}
                aria-current={code === by ? "page" : undefined}
                href={addressOf(period, code)}
              >
                {g.figures.bys[code]}
              </a>
            ))}
          </nav>
          <Table figures={figures} by={by} />
          {figures.left_out ? <p class="cap">{say(g.figures.left_out, figures.left_out)}</p> : null}
          <How rates={figures.rates} />
        </div>
      ) : null}
    </>
  );
}

const addressOf = (period: string, by: By) => `/grievances/figures${query({ period, by })}`;

function Period({ period, by }: { period: string; by: By }) {
  const span = spanOf(period);
  const [from, setFrom] = useState(span?.from ?? "");
  const [to, setTo] = useState(span?.to ?? "");
  const send = (event: Event) => {
    event.preventDefault();
    if (from && to) go(addressOf(`${from}..${to}`, by));
  };
  return (
    <form class="bar wrap filters" onSubmit={send}>
      <nav class="chips" aria-label={g.figures.period}>
        {presets(today()).map((preset) => (
          <a
            key={preset.name}
            class={preset.period === period ? "chip on" : "chip"}
            aria-current={preset.period === period ? "page" : undefined}
            href={addressOf(preset.period, by)}
          >
            {g.figures[preset.name]}
          </a>
        ))}
      </nav>
      <Text label={g.figures.from} name="from" type="date" value={from} onInput={setFrom} required />
      <Text label={g.figures.to} name="to" type="date" value={to} onInput={setTo} required />
      <Button type="submit" look="quiet">
        {g.figures.go}
      </Button>
    </form>
  );
}

function Table({ figures, by }: { figures: FiguresOf; by: By }) {
  if (figures.rows.length === 0) {
    return (
      <section class="panel">
        <Nothing title={g.figures.none} icon="list">
          <p>{g.figures.none_text}</p>
        </Nothing>
      </section>
    );
  }
  return (
    <section class="panel tbl">
      <div class="scroll">
        <table class="roomy">
          <thead>
            <tr>
              <th scope="col">{g.figures.bys[by]}</th>
              <th scope="col" class="n">
                {g.figures.received}
              </th>
              {RATES.map((name) => (
                <th key={name} scope="col" class="n">
                  {g.board.rate[name]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {figures.rows.map((row) => {
              return (
                <tr key={row.key}>
                  <td class="text">
                    {row.name ?? g.figures.nameless}
                    {row.theme ? <small>{g.figures.theme}</small> : null}
                    {row.measures ? (
                      <p class="cap prose">{say(g.figures.measures_are, { text: row.measures })}</p>
                    ) : null}
                  </td>
                  <td class="n">{row.received ? <Count rate={row.received} /> : "–"}</td>
                  {RATES.map((name) => (
                    <td key={name} class="n">
                      <Share rate={row.rates[name]} />
                    </td>
                  ))}
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </section>
  );
}

/** How many came in. */
function Count({ rate }: { rate: Rate }) {
  const href = casesHref(rate.cases);
  return href ? <a href={href}>{rate.denominator}</a> : <span>{rate.denominator}</span>;
}

function Share({ rate }: { rate: Rate | undefined }) {
  const percent = rate ? percentOf(rate) : undefined;
  if (!rate || percent === undefined) return <span class="cap">–</span>;
  const { numerator, denominator } = rate;
  const href = casesHref(rate.cases);
  const words = say(g.figures.rate_words, { percent, numerator, denominator });
  return href ? <a href={href}>{words}</a> : <span>{words}</span>;
}

function How({ rates }: { rates: Rates }) {
  return (
    <details class="panel pad how">
      <summary>{g.figures.how}</summary>
      <ul>
        {RATES.map((name) => (
          <li key={name}>{rates[name].definition ?? g.figures[`how_${name}`]}</li>
        ))}
        <li>{g.figures.how_round}</li>
      </ul>
    </details>
  );
}
