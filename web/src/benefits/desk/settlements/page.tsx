// The settlements: a list, one with its lines and files, closing a merchant's books, adjusting afterwards.

import { useState } from "preact/hooks";
import { dateOf, moment } from "../../../staff/format";
import { ListFrame, Table } from "../../../staff/list/frame";
import { useList } from "../../../staff/list/use-list";
import { Button } from "../../../staff/parts/button";
import { Pick, Text } from "../../../staff/parts/field";
import { useLoaded } from "../../../staff/parts/loaded";
import { Failure, Loading, Nothing } from "../../../staff/parts/notes";
import { go } from "../../../staff/route";
import { may } from "../../../staff/session";
import { now_ms } from "../../../staff/shell";
import { fenOf, yuan } from "../../phone/money";
import { adjust, LISTS, readSettlement, settle, statementOf } from "../api";
import { Figure, Form } from "../parts/form";
import { Head } from "../parts/head";
import { hrefOf } from "../route";
import type { Adjustment, Line, Merchant, Settlement } from "../types";
import { b, say } from "../words";

const DAY_MS = 86_400_000;
const KINDS = ["pdf", "xlsx"] as const;

/** The screen; `rest` is a settlement, or nothing. */
export function Settlements({ rest }: { rest: string }) {
  return rest ? <One id={rest} /> : <List />;
}

function List() {
  const list = useList<Settlement>(LISTS.settlements, { limit: 50 });
  const [isNew, setNew] = useState(false);
  return (
    <>
      <Head title={b.settlements.title}>
        {may("benefit_settle") ? <Button onClick={() => setNew(true)}>{b.settlements.new}</Button> : null}
      </Head>
      <ListFrame list={list} none={b.settlements.none} icon="list" text={b.settlements.none_text}>
        {(rows) => (
          <Table
            columns={[
              b.settlements.number,
              b.settlements.merchant,
              b.settlements.until,
              [b.settlements.redemptions, "n"],
              [b.settlements.amount, "n"],
              [b.settlements.union, "n"],
              [b.settlements.adjusted, "n"],
              [b.settlements.due, "n"],
              b.settlements.made,
            ]}
          >
            {rows.map((row) => (
              <tr key={row.id}>
                <td>
                  <a href={hrefOf("settlements", row.id)}>{row.number}</a>
                </td>
                <td class="text">{row.merchant.name}</td>
                <td>{row.until_day}</td>
                <td class="n">{row.redemptions}</td>
                <td class="n">{yuan(row.amount_fen)}</td>
                <td class="n">{yuan(row.union_fen)}</td>
                <td class="n">{yuan(row.adjusted_fen)}</td>
                <td class="n">
                  <b>{yuan(row.due_fen)}</b>
                </td>
                <td>{moment(row.made_at)}</td>
              </tr>
            ))}
          </Table>
        )}
      </ListFrame>
      {isNew ? <Make onClose={() => setNew(false)} /> : null}
    </>
  );
}

function Make({ onClose }: { onClose: () => void }) {
  const merchants = useList<Merchant>(LISTS.merchants, { limit: 200 });
  const [merchant, setMerchant] = useState("");
  const [until, setUntil] = useState(dateOf(now_ms() - DAY_MS));
  const save = async () => {
    const made = await settle(merchant, until);
    go(hrefOf("settlements", made.id));
  };
  return (
    <Form title={b.settlements.new} onClose={onClose} save={save} go={b.settlements.make}>
      {(faults) => (
        <>
          <Pick
            label={b.settlements.merchant}
            name="merchant_id"
            value={merchant}
            none={b.common.choose}
            choices={(merchants.items ?? []).map(({ id, name }) => ({ code: id, word: name }))}
            onPick={setMerchant}
            faults={faults}
          />
          <Text
            label={b.settlements.until}
            name="until_day"
            type="date"
            value={until}
            onInput={setUntil}
            required
            hint={b.settlements.until_hint}
            faults={faults}
          />
        </>
      )}
    </Form>
  );
}

function One({ id }: { id: string }) {
  const loaded = useLoaded(`settlement ${id}`, () => readSettlement(id));
  const [adjusted, setAdjusted] = useState<Line>();
  const it = loaded.value;
  if (!it) {
    return (
      <>
        <Head title={b.settlements.title} />
        <Failure failure={loaded.failure} onRetry={loaded.renew} />
        {loaded.failure ? null : <Loading rows={6} />}
      </>
    );
  }
  return (
    <>
      <Head title={it.number} note={`${it.merchant.name} · ${it.until_day}`}>
        <a class="btn quiet" href={hrefOf("settlements")}>
          {b.common.back}
        </a>
        {KINDS.map((kind) => (
          <a key={kind} class="btn quiet" href={statementOf(id, kind)} download="">
            {`${b.settlements.statement} ${kind.toUpperCase()}`}
          </a>
        ))}
      </Head>
      <section class="cards">
        {(["amount", "union", "adjusted", "due"] as const).map((name) => (
          <div key={name} class="panel">
            <h2>{b.settlements[name]}</h2>
            <b>{say(b.common.yuan, { n: yuan(it[`${name}_fen`]) })}</b>
          </div>
        ))}
      </section>
      <Lines lines={it.lines ?? []} onAdjust={setAdjusted} />
      <Adjusted rows={it.adjustments ?? []} />
      {adjusted ? (
        <Adjust line={adjusted} onDone={loaded.renew} onClose={() => setAdjusted(undefined)} />
      ) : null}
    </>
  );
}

function Lines({ lines, onAdjust }: { lines: readonly Line[]; onAdjust: (line: Line) => void }) {
  return (
    <section class="panel tbl" aria-labelledby="lines">
      <h2 id="lines">{b.settlements.lines}</h2>
      {lines.length === 0 ? <Nothing title={b.common.none} icon="list" /> : null}
      {lines.length > 0 ? (
        <Table
          columns={[
            b.settlements.at,
            b.settlements.campaign,
            b.settlements.store,
            [b.settlements.amount, "n"],
            [b.settlements.union, "n"],
            [b.settlements.adjust, "vh"],
          ]}
        >
          {lines.map((line) => (
            <tr key={line.redemption_id}>
              <td>{moment(line.at)}</td>
              <td class="text">{line.campaign}</td>
              <td class="text">{line.store}</td>
              <td class="n">{yuan(line.amount_fen)}</td>
              <td class="n">{yuan(line.union_fen)}</td>
              <td>
                {may("benefit_settle") ? (
                  <Button look="quiet small" onClick={() => onAdjust(line)}>
                    {b.settlements.adjust}
                  </Button>
                ) : null}
              </td>
            </tr>
          ))}
        </Table>
      ) : null}
    </section>
  );
}

/** What was put right of earlier settlements. */
function Adjusted({ rows }: { rows: readonly Adjustment[] }) {
  if (rows.length === 0) return null;
  return (
    <section class="panel tbl" aria-labelledby="adjusted">
      <h2 id="adjusted">{b.settlements.adjusted}</h2>
      <Table columns={[b.settlements.at, b.settlements.reason, [b.settlements.adjust, "n"]]}>
        {rows.map((row) => (
          <tr key={row.id}>
            <td>{moment(row.at)}</td>
            <td class="text">{row.reason}</td>
            <td class="n">{yuan(row.amount_fen)}</td>
          </tr>
        ))}
      </Table>
    </section>
  );
}

/** An amount that may be negative, in fen. */
export function signedFen(text: string): number {
  const isLess = /^\s*[-−]/.test(text);
  const fen = fenOf(text.replace(/[-−+]/, "")) ?? 0;
  return Number.isNaN(fen) ? 0 : isLess ? -fen : fen;
}

function Adjust(props: { line: Line; onDone: () => void; onClose: () => void }) {
  const { line, onDone, onClose } = props;
  const [text, setText] = useState("");
  const [reason, setReason] = useState("");
  const save = async () => {
    await adjust(line.redemption_id, signedFen(text), reason.trim());
    onDone();
  };
  return (
    <Form title={b.settlements.adjust_title} onClose={onClose} save={save} go={b.settlements.adjust}>
      {(faults) => (
        <>
          <p>{b.settlements.adjust_text}</p>
          <Figure
            yuan
            label={b.settlements.adjust_amount}
            name="amount_fen"
            value={text}
            onInput={setText}
            required
            faults={faults}
          />
          <Text
            label={b.settlements.reason}
            name="reason"
            value={reason}
            onInput={setReason}
            required
            lines={2}
            max={200}
            faults={faults}
          />
        </>
      )}
    </Form>
  );
}
