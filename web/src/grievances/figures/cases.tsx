// The cases behind a figure, as the address names it.

import { ListFrame } from "../../staff/list/frame";
import { useList } from "../../staff/list/use-list";
import { here } from "../../staff/route";
import { BASE } from "../api";
import { Head } from "../parts/head";
import { CaseTable } from "../parts/rows";
import type { Row } from "../types";
import { g, say } from "../words";

/** The screen. */
export function Cases() {
  const asked = Object.fromEntries(here.value.searchParams);
  const list = useList<Row>(`${BASE}/figures/cases`, asked);
  return (
    <>
      <Head
        title={g.figures.cases_title}
        note={list.items ? say(g.common.cases, list.items.length) : undefined}
      >
        <a class="btn quiet" href="/grievances/figures">
          {g.figures.back}
        </a>
      </Head>
      <ListFrame list={list} none={g.queue.nothing} icon="search">
        {(rows) => <CaseTable rows={rows} />}
      </ListFrame>
    </>
  );
}
