// Why a station has its stars: clause by clause with figures, what is missing for the next one, what it was given.

import { useEffect, useState } from "preact/hooks";
import { moment } from "../format";
import { Icon } from "../parts/icon";
import { Failure, Loading } from "../parts/notes";
import { useTask } from "../parts/task";
import { say, w } from "../words";
import { type Given, type Outcome, readRating, type StationRating, type Verdict } from "./api";
import { clauseWords, explained } from "./figures";
import { Stars } from "./page";

/** The explanation of one station. */
export function Why({ station }: { station: string }) {
  const [rating, setRating] = useState<StationRating>();
  const task = useTask();
  const load = () => void task.run(async () => setRating(await readRating(station)));
  useEffect(load, [station]);
  if (!rating) return task.failure ? <Failure failure={task.failure} onRetry={load} /> : <Loading rows={6} />;
  const { points, held_by, clauses } = rating;
  const held = clauses.filter((c) => held_by.includes(c.code)).map(clauseWords);
  return (
    <div class="stack why-panel">
      <h2>
        <a href={`/staff?station=${station}`}>{rating.name}</a>
      </h2>
      <p>
        <Stars stars={rating.stars} /> {say(w.ratings.score_text, rating.score)}{" "}
        <span class="cap">{say(w.ratings.rules_version, rating.rules_version)}</span>
      </p>
      <p class="cap">
        {say(w.ratings.points, { earned: points.earned, known: points.known, all: points.all })}
      </p>
      {held.length > 0 ? (
        <p class="note bad">
          <Icon name="warn" />
          {say(w.ratings.held, held.join(w.common.semicolon))}
        </p>
      ) : null}
      <NextStar rating={rating} />
      <Clauses clauses={clauses} />
      <p class="cap">{w.ratings.unknown_rule}</p>
      <Before given={rating.given} />
    </div>
  );
}

function NextStar({ rating }: { rating: StationRating }) {
  const { next, clauses } = rating;
  if (!next) return <p class="note good">{w.ratings.best}</p>;
  const steps = clauses.filter((c) => next.steps.includes(c.code));
  return (
    <section class="next-star">
      <b>{say(w.ratings.next, next.stars)}</b>
      <p>{w.ratings.next_text}</p>
      <ul>
        {steps.map((step) => (
          <li key={step.code}>
            {clauseWords(step)} <span class="cap">{explained(step)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

const LOOKS: Readonly<Record<Verdict, { look: string; icon: string }>> = {
  met: { look: "open", icon: "check" },
  failed: { look: "current", icon: "warn" },
  unknown: { look: "plain", icon: "info" },
};

/** The clauses with what became of them. */
export function Clauses({ clauses }: { clauses: readonly Outcome[] }) {
  return (
    <ul class="why">
      {clauses.map((clause) => {
        const { look, icon } = LOOKS[clause.verdict];
        return (
          <li key={clause.code} class={clause.verdict}>
            <span class={`stage ${look}`}>
              <Icon name={icon} />
              {w.ratings.verdicts[clause.verdict]}
            </span>
            <b>{clauseWords(clause)}</b>
            <span class="points">{say(w.ratings.of_points, clause.points)}</span>
            <span class="figures">
              {explained(clause)}
              {clause.cap === null ? "" : `${w.common.semicolon}${say(w.ratings.must, clause.cap)}`}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

function Before({ given }: { given: readonly Given[] }) {
  if (given.length === 0) return null;
  return (
    <section class="stack">
      <h2>{w.ratings.given}</h2>
      {given.map((one) => (
        <details key={one.at}>
          <summary>
            <Stars stars={one.stars} /> {moment(one.at)} · {say(w.ratings.rules_version, one.rules_version)}
          </summary>
          <p class="cap">{w.ratings.old_why}</p>
          <Clauses clauses={one.clauses} />
        </details>
      ))}
    </section>
  );
}
