// Supervision: the supervised cases with their levels, and the late ones that nobody supervises yet.

import { useEffect, useState } from "preact/hooks";
import { Chips } from "../../staff/list/chips";
import { ListFrame, Table } from "../../staff/list/frame";
import { useList } from "../../staff/list/use-list";
import { Button } from "../../staff/parts/button";
import { Dialog } from "../../staff/parts/dialog";
import { Text } from "../../staff/parts/field";
import { Done, Failure } from "../../staff/parts/notes";
import { useTask } from "../../staff/parts/task";
import { here } from "../../staff/route";
import { act, BASE } from "../api";
import { Radios } from "../case/radios";
import { Head } from "../parts/head";
import { learn } from "../parts/known";
import { What, Who } from "../parts/rows";
import { DueTag, Level, StateTag } from "../parts/state";
import { caseHref } from "../route";
import { may } from "../session";
import type { Row } from "../types";
import { g, say, w } from "../words";

/** What is done with one case of the list. */
interface Deed {
  readonly row: Row;
  readonly action: "sign_off" | "supervise";
}

/** The screen. */
export function Supervised() {
  const isLate = here.value.searchParams.get("view") === "late";
  const [deed, setDeed] = useState<Deed>();
  const [done, setDone] = useState("");
  const asked = isLate ? { overdue: true } : { supervised: true };
  const list = useList<Row>(BASE, { limit: 50, ...asked });
  const rows = isLate ? list.items?.filter(({ supervision }) => supervision === 0) : list.items;
  useEffect(() => void learn(), []);
  return (
    <>
      <Head title={g.supervise.title} />
      <Chips
        label={g.queue.views}
        chips={[false, true].map((late) => ({
          key: String(late),
          word: late ? g.supervise.late : g.supervise.on,
          href: late ? "/grievances/supervision?view=late" : "/grievances/supervision",
          on: late === isLate,
        }))}
      />
      {done ? <Done>{say(g.supervise.done, { number: done })}</Done> : null}
      <ListFrame
        list={{ ...list, items: rows }}
        none={isLate ? g.supervise.none_late : g.supervise.none}
        text={isLate ? g.supervise.none_late_text : g.supervise.none_text}
        icon="check"
      >
        {(shown) => <Cases rows={shown} onAct={setDeed} />}
      </ListFrame>
      {deed ? (
        <Asking
          deed={deed}
          onClose={() => setDeed(undefined)}
          onDone={() => {
            setDone(deed.row.number);
            setDeed(undefined);
            list.renew();
          }}
        />
      ) : null}
    </>
  );
}

function Cases({ rows, onAct }: { rows: readonly Row[]; onAct: (deed: Deed) => void }) {
  const isSupervisor = may("grievance_supervise");
  const { number, what, state, who, due } = g.columns;
  const columns = [number, g.supervise.level, what, state, who, due];
  return (
    <Table look="roomy cases" columns={isSupervisor ? [...columns, g.supervise.what_next] : columns}>
      {rows.map((row) => (
        <tr key={row.id}>
          <td>
            <a href={caseHref(row.id)}>{row.number}</a>
          </td>
          <td>{row.supervision > 0 ? <Level level={row.supervision} /> : "–"}</td>
          <td class="what">
            <What row={row} />
          </td>
          <td>
            <StateTag state={row.state} round={row.round} />
          </td>
          <td>
            <Who row={row} />
          </td>
          <td>
            <DueTag due={row.due} state={row.state} />
          </td>
          {isSupervisor ? (
            <td>
              <div class="bar">
                {row.supervision > 0 ? (
                  <Button
                    look="quiet small"
                    label={say(g.supervise.sign_off_title, { number: row.number })}
                    onClick={() => onAct({ row, action: "sign_off" })}
                  >
                    {g.supervise.sign_off}
                  </Button>
                ) : null}
                {row.supervision < 3 ? (
                  <Button
                    look="quiet small"
                    label={say(g.supervise.raise_title, { number: row.number })}
                    onClick={() => onAct({ row, action: "supervise" })}
                  >
                    {row.supervision > 0 ? g.supervise.raise_more : g.supervise.raise}
                  </Button>
                ) : null}
              </div>
            </td>
          ) : null}
        </tr>
      ))}
    </Table>
  );
}

function Asking({ deed, onClose, onDone }: { deed: Deed; onClose: () => void; onDone: () => void }) {
  const { row, action } = deed;
  const levels = [1, 2, 3].filter((level) => level > row.supervision);
  const [level, setLevel] = useState(String(levels[0] ?? 3));
  const [text, setText] = useState("");
  const task = useTask();
  const isSigning = action === "sign_off";
  const title = say(isSigning ? g.supervise.sign_off_title : g.supervise.raise_title, { number: row.number });
  const send = async (event: Event) => {
    event.preventDefault();
    const words = text.trim() ? { text: text.trim() } : {};
    const fields = isSigning ? words : { level: Number(level), ...words };
    if (await task.run(() => act(row.id, row.version, action, fields))) onDone();
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <form class="stack" onSubmit={send}>
        <Failure failure={task.failure} />
        {isSigning ? null : (
          <Radios
            label={g.fields.level}
            name="level"
            value={level}
            choices={levels.map((n) => ({ code: String(n), word: g.levels[String(n) as "1" | "2" | "3"] }))}
            onPick={setLevel}
            required
          />
        )}
        <Text
          label={isSigning ? g.fields.sign_off_text : g.fields.supervise_text + g.common.optional}
          name="text"
          value={text}
          onInput={setText}
          lines={4}
          max={2000}
          required={isSigning}
          faults={task.failure?.faults}
        />
        <div class="bar end">
          <Button look="quiet" onClick={onClose}>
            {w.common.cancel}
          </Button>
          <Button type="submit" busy={task.busy}>
            {isSigning ? g.supervise.sign_off : g.supervise.raise}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
