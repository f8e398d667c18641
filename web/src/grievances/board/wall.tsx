// The board on a wall, to be read from five metres: figures, numbers, categories and departments; no words of a case.

import { useEffect, useState } from "preact/hooks";
import { clock, day } from "../../staff/format";
import { Door } from "../../staff/parts/icon";
import { Failure, Loading } from "../../staff/parts/notes";
import { now_ms } from "../../staff/shell";
import { g } from "../words";
import { Freshness } from "./freshness";
import { useBoard } from "./live";
import { Departments, DueList, Flow, Months, RateCards } from "./parts";

/** How often the clock in the corner is set, in milliseconds. */
const CLOCK_MS = 10_000;

/** The whole wall. */
export function Wall() {
  const live = useBoard(true);
  const { facts } = live;
  const [now, setNow] = useState(now_ms());
  useEffect(() => {
    document.title = g.board.title;
    const timer = setInterval(() => setNow(now_ms()), CLOCK_MS);
    return () => clearInterval(timer);
  }, []);
  return (
    <main class="wall board">
      <header>
        <Door shape="open" />
        <h1>{g.board.title}</h1>
        <p>
          {day(now)} {clock(now)}
        </p>
        <Freshness live={live} />
        <a class="vh skip" href="/grievances/board">
          {g.board.back}
        </a>
      </header>
      {facts ? null : <Failure failure={live.failure} onRetry={live.renew} />}
      {!facts && !live.failure ? <Loading rows={8} /> : null}
      {facts ? (
        <>
          <RateCards facts={facts} isWall />
          <Flow facts={facts} isWall />
          <div class="low">
            <DueList facts={facts} isWall most={6} />
            <Departments facts={facts} isWall most={6} />
            <Months facts={facts} most={6} />
          </div>
        </>
      ) : null}
    </main>
  );
}
