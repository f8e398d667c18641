// The tables of the plan on paper.

import { districtName } from "../../staff/shell";
import { shadeOf } from "../classes";
import { topShare } from "../dock/heat";
import { Summary } from "../panel/extensions";
import { fromTo } from "../panel/figures";
import { rankedGaps } from "../panel/lists";
import { answers, compared, side, sides } from "../store";
import { DAY, WEEK, weekday } from "../week";
import { count, ofWhole, p, percent, wordIn } from "../words";

/** So many rows of a list are printed; the files have all. */
const MOST_ROWS = 15;

/** The figures, one row each. */
export function FigureRows() {
  const [first, second] = sides.value.map((which) => answers[which].coverage.known.value.value);
  if (!first) return <p>{p.state.loading}</p>;
  return (
    <table class="small" data-part="figures">
      <thead>
        <tr>
          <th scope="col">{p.figures.title}</th>
          {compared.value ? (
            <th scope="col" class="n">
              {p.compare.a}
            </th>
          ) : null}
          <th scope="col" class="n">
            {compared.value ? p.compare.b : p.print.share}
          </th>
          <th scope="col">{p.print.of}</th>
        </tr>
      </thead>
      <tbody>
        {first.figures.map((figure) => {
          const other = second?.figures.find(({ code }) => code === figure.code);
          return (
            <tr key={figure.code}>
              <td>{figure.name}</td>
              {compared.value ? <td class="n">{percent(figure.share)}</td> : null}
              <td class="n">{percent((other ?? figure).share)}</td>
              <td>
                {other
                  ? fromTo(figure, other, first)
                  : ofWhole(figure.numerator, figure.denominator, first.unit)}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

/** The hours of the week as whole percentages. */
export function Hours() {
  const told = answers[side.value].timetable.known.value.value;
  if (!told) return null;
  const top = topShare();
  return (
    <section>
      <h3>{p.dock.table}</h3>
      <p>{told.sentence}</p>
      <table class="hours-table" data-part="hours">
        <thead>
          <tr>
            <th scope="col">{p.print.hour}</th>
            {Array.from({ length: DAY }, (_, hour) => (
              <th key={hour} scope="col">
                {hour}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {Array.from({ length: WEEK / DAY }, (_, at) => (
            <tr key={at}>
              <th scope="row">{weekday(at)}</th>
              {told.share.slice(at * DAY, (at + 1) * DAY).map((share, hour) => (
                <td key={hour} class={`c${shadeOf(share, top) ?? 0}`}>
                  {share === null ? "–" : Math.round(share * 100)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** The hours that would cover most. */
export function ExtensionRows() {
  const told = answers[side.value].extensions.known.value.value;
  if (!told || told.items.length === 0) return null;
  return (
    <section>
      <h3>{p.lists.extensions}</h3>
      <Summary told={told} />
      <table class="small" data-part="extensions">
        <thead>
          <tr>
            <th scope="col">{p.print.rank}</th>
            <th scope="col">{p.print.station}</th>
            <th scope="col">{p.print.district}</th>
            <th scope="col">{p.print.extend}</th>
            <th scope="col" class="n">
              {p.print.added}
            </th>
            <th scope="col" class="n">
              {p.print.gain}
            </th>
            <th scope="col" class="n">
              {p.print.cost}
            </th>
          </tr>
        </thead>
        <tbody>
          {told.items.slice(0, MOST_ROWS).map((item) => (
            <tr key={item.rank}>
              <td>{item.rank}</td>
              <td>{item.station.name}</td>
              <td>{districtName(item.station.district ?? "")}</td>
              <td>
                {wordIn(p.extensions.kinds, item.kind)} {item.hours_text}
              </td>
              <td class="n">{count(item.added)}</td>
              <td class="n">{count(item.gain)}</td>
              <td class="n">{count(item.opening_hours)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** The largest gaps. */
export function GapRows() {
  const known = answers[side.value].gaps.known.value.value;
  const ranked = rankedGaps(known);
  if (ranked.length === 0) return null;
  return (
    <section>
      <h3>{p.lists.gaps}</h3>
      <table class="small" data-part="gaps">
        <thead>
          <tr>
            <th scope="col">{p.print.rank}</th>
            <th scope="col">{p.print.district}</th>
            <th scope="col">{p.print.cell}</th>
            <th scope="col" class="n">
              {p.print.uncovered}
            </th>
            <th scope="col">{p.print.gap_hours}</th>
          </tr>
        </thead>
        <tbody>
          {ranked.slice(0, MOST_ROWS).map((gap) => (
            <tr key={gap.cell}>
              <td>{gap.rank}</td>
              <td>{gap.district}</td>
              <td>
                <code>{gap.cell}</code>
              </td>
              <td class="n">{ofWhole(gap.uncovered, gap.demand, known?.unit ?? "people")}</td>
              <td class="wrap">{gap.hours_text}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** How each figure is computed, and what gives it again. */
export function Methods() {
  const told = sides.value.flatMap((which) => answers[which].coverage.known.value.value ?? []);
  const [first] = told;
  if (!first) return null;
  const { demand } = first;
  return (
    <section class="methods">
      <h3>{p.print.methods}</h3>
      <dl>
        {first.figures.map((figure) => (
          <div key={figure.code}>
            <dt>{figure.name}</dt>
            <dd>{figure.method}</dd>
            {told.map((one) => {
              const request = one.figures.find(({ code }) => code === figure.code)?.request;
              return request ? (
                <dd key={request}>
                  <code>{new URL(request, location.href).href}</code>
                </dd>
              ) : null;
            })}
          </div>
        ))}
        <div>
          <dt>{p.demand.title_short}</dt>
          <dd>
            {[demand.name, demand.source, demand.as_of, demand.licence, demand.note]
              .filter(Boolean)
              .join(" · ")}
          </dd>
        </div>
      </dl>
    </section>
  );
}
