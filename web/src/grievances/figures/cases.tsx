// The cases behind a figure, as the address names it.

import { Button } from "../../staff/parts/button";
import { Failure, Loading, Nothing } from "../../staff/parts/notes";
import { here } from "../../staff/route";
import { readFigureCases } from "../api";
import { Head } from "../parts/head";
import { useList } from "../parts/list";
import { CaseTable } from "../parts/rows";
import type { Row } from "../types";
import { g, say, w } from "../words";

/** The screen. */
export function Cases() {
  const { search } = here.value;
  const list = useList<Row>(search, (cursor) => readFigureCases(search, cursor));
  return (
    <>
      <Head
        title={g.figures.cases_title}
        note={list.rows ? say(g.common.cases, list.rows.length) : undefined}
      >
        <a class="btn quiet" href="/grievances/figures">
          {g.figures.back}
        </a>
      </Head>
      <Failure failure={list.failure} onRetry={list.renew} />
      <section class="panel tbl" aria-busy={list.busy}>
        {!list.rows && !list.failure ? <Loading rows={8} /> : null}
        {list.rows?.length === 0 ? <Nothing title={g.queue.nothing} icon="search" /> : null}
        {list.rows && list.rows.length > 0 ? <CaseTable rows={list.rows} /> : null}
        {list.next ? (
          <div class="pages">
            <Button look="quiet" busy={list.busy} onClick={list.more}>
              {w.common.more}
            </Button>
          </div>
        ) : null}
      </section>
    </>
  );
}
