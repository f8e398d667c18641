// What looks like fraud: what was found, of whom, and that somebody has looked.

import { moment } from "../../../staff/format";
import { filtersOf } from "../../../staff/list/address";
import { Chips } from "../../../staff/list/chips";
import { ListFrame, Table } from "../../../staff/list/frame";
import { useList } from "../../../staff/list/use-list";
import { Button } from "../../../staff/parts/button";
import { Icon } from "../../../staff/parts/icon";
import { Failure } from "../../../staff/parts/notes";
import { useTask } from "../../../staff/parts/task";
import { may } from "../../../staff/session";
import { LISTS, markSeen } from "../api";
import { Head } from "../parts/head";
import { hrefOf } from "../route";
import type { Alarm } from "../types";
import { b } from "../words";

const STATES = ["open", "seen"] as const;

/** The screen. */
export function Alarms() {
  const asked = filtersOf(["state"]).state;
  const state = STATES.find((code) => code === asked) ?? "open";
  const list = useList<Alarm>(LISTS.alarms, { state, limit: 50 });
  const task = useTask();
  const mark = (alarm: Alarm) =>
    task.run(async () => {
      await markSeen(alarm);
      list.renew();
    });
  return (
    <>
      <Head title={b.alarms.title} />
      <Chips
        label={b.common.filter}
        chips={STATES.map((code) => ({
          key: code,
          word: b.alarms[code],
          href: code === "open" ? hrefOf("alarms") : `${hrefOf("alarms")}?state=${code}`,
          on: code === state,
        }))}
      />
      <Failure failure={task.failure} />
      <ListFrame list={list} none={b.alarms.none} icon="check" text={b.alarms.none_text}>
        {(rows) => (
          <Table
            columns={[b.alarms.kind, b.settlements.at, b.alarms.about, b.alarms.found, [b.alarms.mark, "vh"]]}
          >
            {rows.map((alarm) => (
              <tr key={alarm.id}>
                <td>
                  <span class="stage current">
                    <Icon name="warn" />
                    {b.alarms.kinds[alarm.kind]}
                  </span>
                </td>
                <td>{moment(alarm.at)}</td>
                <td class="text">
                  <About alarm={alarm} />
                </td>
                <td class="text">{alarm.words}</td>
                <td>
                  {state === "open" && may("benefit_freeze") ? (
                    <Button look="quiet small" busy={task.busy} onClick={() => void mark(alarm)}>
                      {b.alarms.mark}
                    </Button>
                  ) : null}
                </td>
              </tr>
            ))}
          </Table>
        )}
      </ListFrame>
    </>
  );
}

/** Of whom it is: merchant, store, clerk; the campaign with the way to freeze it. */
function About({ alarm }: { alarm: Alarm }) {
  const names = [alarm.merchant?.name, alarm.store?.name, alarm.clerk?.name].filter(Boolean);
  return (
    <>
      {names.join(" · ")}
      {alarm.merchant ? <a href={hrefOf("merchants", alarm.merchant.id)}> {b.merchants.title}</a> : null}
      {alarm.campaign ? (
        <a href={hrefOf("campaigns", alarm.campaign.id)}>
          {" "}
          {alarm.campaign.name} · {b.alarms.freeze}
        </a>
      ) : null}
    </>
  );
}
