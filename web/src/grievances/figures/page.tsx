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
  readonly period: unknown;
  readonly rates: Rates;
  readonly rows: readonly ({
    readonly key?: string | null;
    readonly code?: string | null;
    readonly name: string | null;
    readonly theme?: boolean;
    readonly rates?: Rates;
  } & Partial<Rates>)[];
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
          <How />
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
              {RATES.map((name) => (
                <th key={name} scope="col" class="n">
                  {g.board.rate[name]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {figures.rows.map((row, at) => {
              const rates = row.rates ?? row;
              return (
                <tr key={row.code ?? row.key ?? row.name ?? at}>
                  <td class="text">
                    {nameOf(row, by)}
                    {row.theme ? <small>{g.figures.theme}</small> : null}
                  </td>
                  {RATES.map((name) => (
                    <td key={name} class="n">
                      <Share rate={rates[name]} />
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

function nameOf(row: FiguresOf["rows"][number], by: By): string {
  if (row.name) return row.name;
  const code = row.code ?? row.key ?? "";
  if (by === "channel") return (g.channels as Readonly<Record<string, string>>)[code] ?? code;
  return code || "–";
}

function Share({ rate }: { rate: Rate | undefined }) {
  const percent = rate ? percentOf(rate) : undefined;
  if (!rate || percent === undefined) return <span class="cap">–</span>;
  const { numerator, denominator } = rate;
  const href = casesHref(rate.cases);
  const words = say(g.figures.rate_words, { percent, numerator, denominator });
  return href ? <a href={href}>{words}</a> : <span>{words}</span>;
}

function How() {
  return (
    <details class="panel pad how">
      <summary>{g.figures.how}</summary>
      <ul>
        <li>{g.figures.how_response}</li>
        <li>{g.figures.how_resolution}</li>
        <li>{g.figures.how_satisfaction}</li>
        <li>{g.figures.how_round}</li>
      </ul>
    </details>
  );
}
