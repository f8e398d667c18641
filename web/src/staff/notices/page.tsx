// All notices: in force, coming and past; and the way to a new one for an area.

import { useState } from "preact/hooks";
import { Chips } from "../list/chips";
import { ListFrame, Table } from "../list/frame";
import { useList } from "../list/use-list";
import { Button } from "../parts/button";
import { Head } from "../parts/head";
import { renewQueues } from "../rail";
import { go, here } from "../route";
import { may } from "../session";
import type { Notice, When } from "../types";
import { say, w } from "../words";
import { Drawing } from "./drawing";
import { effectWords, Standing, spanWords } from "./item";
import { Withdraw } from "./withdraw";

export const WHENS: readonly When[] = ["current", "coming", "past"];

/** The choice of a time, as links. */
export function WhenTabs({ screen, when }: { screen: string; when: When }) {
  const chips = WHENS.map((code) => ({
    key: code,
    word: w.notices.whens[code as keyof typeof w.notices.whens],
    href: `/staff/${screen}${code === "current" ? "" : `?when=${code}`}`,
    on: code === when,
  }));
  return <Chips label={w.notices.when} chips={chips} />;
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
  const list = useList<Notice>("/api/v1/notices", { when, limit: 100 });
  const [gone, setGone] = useState<Notice>();
  const renew = () => {
    list.renew();
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
      <ListFrame list={list} none={w.notices.none} text={w.notices.none_text} icon="check">
        {(items) => <Rows items={items} onWithdraw={setGone} />}
      </ListFrame>
      {gone ? <Withdraw notice={gone} onDone={renew} onClose={() => setGone(undefined)} /> : null}
    </>
  );
}

function Rows({ items, onWithdraw }: { items: readonly Notice[]; onWithdraw: (notice: Notice) => void }) {
  return (
    <Table
      columns={[
        w.notices.for,
        w.notices.effect,
        w.notices.span,
        w.notices.reason,
        w.notices.state,
        w.notices.by,
        [w.notices.withdraw, "vh"],
      ]}
    >
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
    </Table>
  );
}
