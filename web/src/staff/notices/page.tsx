// All notices: in force, coming and past; and the way to a new one for an area.

import { useEffect, useState } from "preact/hooks";
import { listNotices, withdraw } from "../api";
import { Button } from "../parts/button";
import { Ask } from "../parts/dialog";
import { Head } from "../parts/head";
import { Failure, Loading, Nothing } from "../parts/notes";
import { useTask } from "../parts/task";
import { renewQueues } from "../rail";
import { go, here } from "../route";
import { may } from "../session";
import type { Notice, When } from "../types";
import { say, w } from "../words";
import { Drawing } from "./drawing";
import { effectWords, Standing, spanWords } from "./item";

export const WHENS: readonly When[] = ["current", "coming", "past"];

/** The choice of a time, as links. */
export function WhenTabs({ screen, when }: { screen: string; when: When }) {
  return (
    <nav class="chips" aria-label={w.notices.when}>
      {WHENS.map((code) => (
        <a
          key={code}
          class={code === when ? "chip on" : "chip"}
          aria-current={code === when ? "page" : undefined}
          href={`/staff/${screen}${code === "current" ? "" : `?when=${code}`}`}
        >
          {w.notices.whens[code as keyof typeof w.notices.whens]}
        </a>
      ))}
    </nav>
  );
}

/** The time that the address asks for. */
export function whenOf(url: URL): When {
  const when = url.searchParams.get("when") as When | null;
  return when && WHENS.includes(when) ? when : "current";
}

/** The screen of the notices. */
export function Notices() {
  const when = whenOf(here.value);
  const isDrawing = here.value.pathname === "/staff/notices/area";
  const [items, setItems] = useState<readonly Notice[]>();
  const [next, setNext] = useState<string | null>(null);
  const [gone, setGone] = useState<Notice>();
  const task = useTask();
  const load = (cursor?: string | null) =>
    void task.run(async () => {
      const page = await listNotices({ when, ...(cursor ? { cursor } : {}) });
      setItems([...(cursor ? (items ?? []) : []), ...page.items]);
      setNext(page.next ?? null);
    });
  useEffect(() => {
    setItems(undefined);
    load();
  }, [when]);
  const renew = () => {
    load();
    void renewQueues();
  };
  if (isDrawing && may("notice_write")) {
    return (
      <Drawing
        onDone={() => {
          renew();
          go("/staff/notices");
        }}
      />
    );
  }
  return (
    <>
      <Head title={w.nav.notices}>
        {may("notice_write") ? (
          <a class="btn" href="/staff/notices/area">
            {w.notices.draw}
          </a>
        ) : null}
      </Head>
      <WhenTabs screen="notices" when={when} />
      <Failure failure={task.failure} onRetry={() => load()} />
      <section class="panel tbl">
        {!items ? <Loading rows={6} /> : null}
        {items?.length === 0 ? (
          <Nothing title={w.notices.none} icon="check">
            <p>{w.notices.none_text}</p>
          </Nothing>
        ) : null}
        {items && items.length > 0 ? <Table items={items} onWithdraw={setGone} /> : null}
        {next ? (
          <div class="pages">
            <Button look="quiet" busy={task.busy} onClick={() => load(next)}>
              {w.common.more}
            </Button>
          </div>
        ) : null}
      </section>
      {gone ? (
        <Ask
          question={{
            title: w.notices.withdraw_title,
            text: <p>{`${effectWords(gone)}${w.common.colon}${gone.reason}`}</p>,
            go: w.notices.withdraw,
            reason: "no",
            run: async () => {
              await withdraw(gone);
              renew();
            },
          }}
          onClose={() => setGone(undefined)}
        />
      ) : null}
    </>
  );
}

function Table({ items, onWithdraw }: { items: readonly Notice[]; onWithdraw: (notice: Notice) => void }) {
  return (
    <div class="scroll">
      <table class="roomy">
        <thead>
          <tr>
            <th scope="col">{w.notices.for}</th>
            <th scope="col">{w.notices.effect}</th>
            <th scope="col">{w.notices.span}</th>
            <th scope="col">{w.notices.reason}</th>
            <th scope="col">{w.notices.state}</th>
            <th scope="col">{w.notices.by}</th>
            <th scope="col">
              <span class="vh">{w.notices.withdraw}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {items.map((notice) => (
            <tr key={notice.id}>
              <td>
                {notice.station ? (
                  <a href={`/staff?station=${notice.station.id}&tab=notices`}>{notice.station.name}</a>
                ) : (
                  say(w.notices.area_of, notice.stations ?? 0)
                )}
              </td>
              <td>{effectWords(notice)}</td>
              <td>{spanWords(notice)}</td>
              <td class="text">{notice.reason}</td>
              <td>
                <Standing notice={notice} />
              </td>
              <td>{notice.by ? (notice.by.name ?? w.people.erased) : "–"}</td>
              <td>
                {may("notice_write") && !notice.withdrawn ? (
                  <Button
                    look="quiet small"
                    label={say(w.notices.withdraw_one, notice.reason)}
                    onClick={() => onWithdraw(notice)}
                  >
                    {w.notices.withdraw}
                  </Button>
                ) : null}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
