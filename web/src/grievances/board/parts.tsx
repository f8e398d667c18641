// The parts of the board, on a desk and on a wall: rates, the strip of states, what is due, departments, months.

import type { ComponentChildren } from "preact";
import { Icon } from "../../staff/parts/icon";
import { casesHref } from "../figures/address";
import { addressOf } from "../queue/filters";
import { caseHref } from "../route";
import { RATES, type Rate, type RateName } from "../types";
import { g, say, w } from "../words";
import { type Facts, flowOf, marksOf, percentOf } from "./facts";

/** On a wall nothing leads anywhere. */
interface Props {
  readonly facts: Facts;
  readonly isWall: boolean;
}

/** A part that leads to its list, where there is somebody to press. */
function To(props: { href: string | undefined; class?: string; children: ComponentChildren }) {
  const { href, children } = props;
  return href ? (
    <a href={href} class={props.class}>
      {children}
    </a>
  ) : (
    <span class={props.class}>{children}</span>
  );
}

/** The three rates, each with what it is made of. */
export function RateCards({ facts, isWall }: Props) {
  return (
    <section class="rates" aria-label={g.board.rates}>
      {RATES.map((name) => (
        <RateCard key={name} name={name} rate={facts.rates[name]} isWall={isWall} />
      ))}
    </section>
  );
}

/** One rate: never without numerator and denominator. */
export function RateCard({ name, rate, isWall = false }: { name: RateName; rate: Rate; isWall?: boolean }) {
  const percent = percentOf(rate);
  const missed = rate.denominator - rate.numerator;
  return (
    <div class="rate">
      <h2>{g.board.rate[name]}</h2>
      <p class="percent">
        {percent === undefined ? (
          <span class="none">{g.board.no_rate}</span>
        ) : (
          <To href={isWall ? undefined : casesHref(rate.cases)}>
            {percent}
            <small>%</small>
          </To>
        )}
      </p>
      <p class="nd">
        <span>
          <b>{rate.numerator}</b> {g.board.over[name]}
        </span>
        <span>
          <b>{rate.denominator}</b> {g.board.under[name]}
        </span>
        {missed > 0 && !isWall && rate.missed ? (
          <To href={casesHref(rate.missed)}>{say(g.board.missed, missed)}</To>
        ) : null}
      </p>
      <svg class="track" aria-hidden="true" preserveAspectRatio="none" viewBox="0 0 100 4">
        <rect class="whole" width="100" height="4" />
        <rect class="part" width={percent ?? 0} height="4" />
      </svg>
    </div>
  );
}

/** What open cases wait for. */
export function Flow({ facts, isWall }: Props) {
  const to = (state: string) => (isWall ? undefined : addressOf({ view: "everything", state }));
  return (
    <ul class="flow">
      <li class="all">
        {g.board.open} <b>{facts.open}</b>
      </li>
      {flowOf(facts.states).map(({ name, count, state }) => (
        <li key={name}>
          <To href={to(state)}>
            <b>{count}</b> {g.board.flow[name]}
          </To>
        </li>
      ))}
      <li class="sup">
        <To href={isWall ? undefined : "/grievances/supervision"}>
          <Icon name="flag" />
          {g.board.supervised} <b>{facts.supervised}</b>
        </To>
      </li>
    </ul>
  );
}

/** What is late or due today: number, category and department, never the words of a case. */
export function DueList({ facts, isWall, most }: Props & { most: number }) {
  const left = facts.due.length - most;
  return (
    <section class="box due-list">
      <h2>
        {say(g.board.due_title, { late: facts.overdue, today: facts.due_today })}
        <small>{g.board.due_left}</small>
      </h2>
      {facts.due.length === 0 ? <p class="cap">{g.board.due_none}</p> : null}
      <ul>
        {facts.due.slice(0, most).map(({ id, number, category, department, due }) => (
          <li key={number} class={due.standing === "overdue" ? "late" : "near"}>
            <Icon name={due.standing === "overdue" ? "warn" : "clock"} />
            <p>
              <To href={id && !isWall ? caseHref(id) : undefined}>{number}</To> {category.name}
              <small>{department?.name ?? g.board.unsorted}</small>
            </p>
            <b>{due.left}</b>
          </li>
        ))}
      </ul>
      {left > 0 ? <p class="cap">{say(g.board.more, left)}</p> : null}
    </section>
  );
}

/** The open cases of each department as doors, the late ones marked. */
export function Departments({ facts, isWall, most }: Props & { most: number }) {
  const shown = facts.departments.slice(0, most);
  return (
    <section class="box">
      <h2>
        {g.board.departments}
        <small>{g.board.departments_key}</small>
      </h2>
      {shown.length === 0 ? <p class="cap">{g.board.departments_none}</p> : null}
      <ul class="dep">
        {shown.map((department) => {
          const { marks, left } = marksOf(department, isWall ? 5 : 8);
          const name = department.name ?? g.board.unsorted;
          const words = {
            name,
            open: department.open,
            late: department.overdue,
            today: department.due_today,
          };
          const href = department.id
            ? addressOf({ view: "everything", department: department.id })
            : undefined;
          return (
            <li key={name}>
              <To href={isWall ? undefined : href}>{name}</To>
              <span class="marks" role="img" aria-label={say(g.board.department_words, words)}>
                {marks.map((mark, at) => (
                  <i key={`${mark}${at}`} class={mark}>
                    {mark === "late" ? g.board.late_mark : mark === "today" ? g.board.today_mark : ""}
                  </i>
                ))}
                {left > 0 ? <em>+{left}</em> : null}
              </span>
              <b>{department.open}</b>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

const WIDTH = 360;
const HEIGHT = 340;
const FOOT = 40;
const HEAD = 34;

/** The months as bars: received beside closed. */
export function Months({ facts, most }: { facts: Facts; most: number }) {
  const months = facts.trend.slice(-most);
  const top = Math.max(1, ...months.flatMap(({ received, closed }) => [received, closed]));
  const step = WIDTH / Math.max(1, months.length);
  const bar = Math.min(24, step / 2.6);
  const tall = (count: number) => ((HEIGHT - FOOT - HEAD) * count) / top;
  const sum = (name: "received" | "closed") => months.reduce((total, month) => total + month[name], 0);
  const nameOf = (month: string) => w.time.months[Number(month.slice(5, 7)) - 1] ?? month;
  const words = months.map(({ month, ...rest }) =>
    say(g.board.months_words, { month: nameOf(month), ...rest }),
  );
  return (
    <section class="box months">
      <h2>
        {g.board.months}
        <small>{say(g.board.months_sum, { received: sum("received"), closed: sum("closed") })}</small>
      </h2>
      <svg
        class="chart"
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-label={words.join(w.common.semicolon)}
      >
        {months.map(({ month, received, closed }, at) => {
          const middle = step * (at + 0.5);
          const base = HEIGHT - FOOT;
          return (
            <g key={month}>
              <rect
                class="in"
                x={middle - bar - 1}
                y={base - tall(received)}
                width={bar}
                height={tall(received)}
                rx="3"
              />
              <rect
                class="out"
                x={middle + 1}
                y={base - tall(closed)}
                width={bar}
                height={tall(closed)}
                rx="3"
              />
              <text class="v" x={middle - bar / 2} y={base - tall(received) - 8}>
                {received}
              </text>
              <text x={middle} y={HEIGHT - 12}>
                {nameOf(month)}
              </text>
            </g>
          );
        })}
      </svg>
      <p class="legend">
        <span>
          <i class="in" />
          {g.board.received}
        </span>
        <span>
          <i class="out" />
          {g.board.closed}
        </span>
      </p>
    </section>
  );
}

/** The most frequent categories. */
export function Categories({ facts, most }: { facts: Facts; most: number }) {
  const shown = facts.categories.slice(0, most);
  const top = Math.max(1, ...shown.map(({ count }) => count));
  return (
    <section class="box">
      <h2>{g.board.categories}</h2>
      <ul class="most">
        {shown.map(({ code, name, count }) => (
          <li key={code}>
            <a href={addressOf({ view: "everything", category: code })}>{name}</a>
            <svg aria-hidden="true" preserveAspectRatio="none" viewBox="0 0 100 4">
              <rect class="part" width={(100 * count) / top} height="4" />
            </svg>
            <b>{count}</b>
          </li>
        ))}
      </ul>
    </section>
  );
}
