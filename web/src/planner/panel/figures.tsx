// The figures of the question, each with what it is made of and how; in a comparison from the one to the other.

import { stateOf } from "../asked";
import { Method } from "../parts/method";
import { answers, compared, period, sides } from "../store";
import type { Coverage, Figure } from "../types";
import { count, ofWhole, p, percent, say } from "../words";

/** The figures. */
export function Figures() {
  const known = sides.value.map((which) => answers[which].coverage.known.value);
  const [first, second] = known.map(({ value }) => value);
  const isBusy = known.some((one) => one.busy);
  if (!first) {
    if (stateOf(known[0] as (typeof known)[0]) === "failed") return null;
    return (
      <div class="loading figs-loading" role="status">
        <span class="vh">{p.state.loading}</span>
        {[0, 1, 2].map((i) => (
          <div class="sk" key={i} />
        ))}
      </div>
    );
  }
  return (
    <section aria-label={p.figures.title} aria-busy={isBusy}>
      <p class="cap">
        {first.unit === "people"
          ? p.figures.at_hour
          : p.figures[period.value.span === "season" ? "season" : "week"]}
      </p>
      <dl class="figs">
        {first.figures.map((figure) => (
          <Row
            key={figure.code}
            figure={figure}
            other={compared.value ? second?.figures.find(({ code }) => code === figure.code) : undefined}
            told={first}
          />
        ))}
        {first.area ? <Area first={first} second={compared.value ? second : undefined} /> : null}
      </dl>
      <Stations told={(compared.value ? [first, second] : [first]).filter((one) => one !== undefined)} />
    </section>
  );
}

function Row({ figure, other, told }: { figure: Figure; other: Figure | undefined; told: Coverage }) {
  const made = ofWhole(figure.numerator, figure.denominator, told.unit);
  const explained = {
    title: figure.name,
    method: figure.method,
    figures: [figure, ...(other ? [other] : [])].map(
      (one) => `${percent(one.share)} · ${ofWhole(one.numerator, one.denominator, told.unit)}`,
    ),
    requests: [figure.request, ...(other && other.request !== figure.request ? [other.request] : [])],
    demand: told.demand,
  };
  return (
    <div data-figure={figure.code}>
      <dt>
        {figure.name} <Method explained={explained} />
      </dt>
      {other ? (
        <>
          <dd class="a">{percent(figure.share)}</dd>
          <dd aria-hidden="true">→</dd>
          <dd class="z">{percent(other.share)}</dd>
          <dd class="nd">{fromTo(figure, other, told)}</dd>
        </>
      ) : (
        <>
          <dd class="z alone">{percent(figure.share)}</dd>
          <dd class="nd">{made}</dd>
        </>
      )}
    </div>
  );
}

/** What two figures are made of; their whole is said once where it is the same. */
export function fromTo(one: Figure, other: Figure, { unit }: Pick<Coverage, "unit">): string {
  const second = ofWhole(other.numerator, other.denominator, unit);
  const first =
    one.denominator === other.denominator
      ? count(one.numerator)
      : `${count(one.numerator)} / ${count(one.denominator)}`;
  return `${first} → ${second}`;
}

function Area({ first, second }: { first: Coverage; second: Coverage | undefined }) {
  const { area } = first;
  if (!area) return null;
  const km2 = (number: number) => number.toFixed(number < 100 ? 1 : 0);
  const words = (one: NonNullable<Coverage["area"]>) =>
    say(p.figures.of_km2, { numerator: km2(one.numerator_km2), denominator: km2(one.denominator_km2) });
  const other = second?.area;
  const explained = {
    title: p.figures.area,
    method: area.method,
    figures: [area, ...(other ? [other] : [])].map((one) => `${percent(one.share)} · ${words(one)}`),
    requests: [first.request, ...(second && second.request !== first.request ? [second.request] : [])],
    demand: undefined,
  };
  return (
    <div data-figure="area">
      <dt>
        {p.figures.area} <Method explained={explained} />
      </dt>
      {other ? (
        <>
          <dd class="a">{percent(area.share)}</dd>
          <dd aria-hidden="true">→</dd>
          <dd class="z">{percent(other.share)}</dd>
          <dd class="nd">
            {km2(area.numerator_km2)} → {words(other)}
          </dd>
        </>
      ) : (
        <>
          <dd class="z alone">{percent(area.share)}</dd>
          <dd class="nd">{words(area)}</dd>
        </>
      )}
    </div>
  );
}

function Stations({ told }: { told: readonly Coverage[] }) {
  return (
    <>
      {told.map(({ stations }, i) => (
        <p class="cap" key={String(i)}>
          {told.length > 1 ? `${i === 0 ? p.compare.a : p.compare.b} ` : ""}
          {say(stations.open === null ? p.figures.stations_days : p.figures.stations, {
            total: count(stations.total),
            counted: count(stations.counted),
            open: count(stations.open),
            unknown: count(stations.unknown),
          })}
        </p>
      ))}
    </>
  );
}
