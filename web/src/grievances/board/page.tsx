// The board at a desk: the same figures as on the wall, each leading to its cases.

import { Failure, Loading } from "../../staff/parts/notes";
import { Head } from "../parts/head";
import { dayWords } from "../parts/time";
import { g, say } from "../words";
import { Freshness } from "./freshness";
import { useBoard } from "./live";
import { Categories, Departments, DueList, Flow, Months, RateCards } from "./parts";

/** The screen. */
export function Board() {
  const live = useBoard(false);
  const { facts } = live;
  const period = facts?.period;
  return (
    <>
      <Head
        title={g.board.title}
        note={
          period ? say(g.board.period, { from: dayWords(period.from), to: dayWords(period.to) }) : undefined
        }
      >
        <Freshness live={live} />
        <a class="btn quiet" href="/grievances/wall">
          {g.board.wall}
        </a>
      </Head>
      {facts ? null : <Failure failure={live.failure} onRetry={live.renew} />}
      {!facts && !live.failure ? <Loading rows={8} /> : null}
      {facts ? (
        <div class="board">
          <RateCards facts={facts} isWall={false} />
          <Flow facts={facts} isWall={false} />
          <div class="low">
            <DueList facts={facts} isWall={false} most={12} />
            <Departments facts={facts} isWall={false} most={12} />
            <Months facts={facts} most={12} />
            <Categories facts={facts} most={8} />
          </div>
        </div>
      ) : null}
    </>
  );
}
