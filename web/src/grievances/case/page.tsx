// One case on one screen: what was said, what happened, how it stands and what may be done.

import { useEffect, useState } from "preact/hooks";
import { Failure, Loading } from "../../staff/parts/notes";
import { useTask } from "../../staff/parts/task";
import { readCase } from "../api";
import { Head } from "../parts/head";
import { learn } from "../parts/known";
import { Level, StateTag } from "../parts/state";
import type { Case } from "../types";
import { g } from "../words";
import { Actions } from "./actions";
import { Messages } from "./messages";
import { Said } from "./said";
import { Side } from "./side";
import { Standing } from "./standing";
import { Timeline } from "./timeline";

/** The case of an id. */
export function CasePage({ rest: id }: { rest: string }) {
  const [one, setOne] = useState<Case>();
  const task = useTask();
  const load = () => void task.run(async () => setOne(await readCase(id)));
  useEffect(() => {
    load();
    void learn();
  }, [id]);
  return (
    <>
      <Head title={one ? `${one.number} · ${one.category.name}` : g.nav.queue}>
        {one ? (
          <>
            <StateTag state={one.state} round={one.round} />
            <Level level={one.supervision} />
          </>
        ) : null}
        <a class="btn quiet" href="/grievances">
          {g.case.back}
        </a>
      </Head>
      <Failure failure={task.failure} onRetry={load} />
      {!one && !task.failure ? <Loading rows={8} /> : null}
      {one ? (
        <div class="case">
          <div class="stack">
            <Said of={one} />
            <Messages of={one} onChange={setOne} />
          </div>
          <div class="stack">
            <Timeline of={one} />
          </div>
          <div class="stack">
            <Actions of={one} onChange={setOne} />
            <Standing of={one} />
            <Side of={one} onChange={setOne} />
          </div>
        </div>
      ) : null}
    </>
  );
}
