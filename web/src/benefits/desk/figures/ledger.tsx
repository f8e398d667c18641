// The check of the ledger: whether every account agrees with what it is made of, to the fen.

import { moment } from "../../../staff/format";
import { Table } from "../../../staff/list/frame";
import { Button } from "../../../staff/parts/button";
import { Icon } from "../../../staff/parts/icon";
import { useLoaded } from "../../../staff/parts/loaded";
import { Failure, Loading } from "../../../staff/parts/notes";
import { yuan } from "../../phone/money";
import { checkLedger } from "../api";
import { Head } from "../parts/head";
import type { Check } from "../types";
import { b, say, w, wordIn } from "../words";

/** The screen. */
export function Ledger() {
  const loaded = useLoaded("ledger", checkLedger);
  const check = loaded.value;
  return (
    <>
      <Head title={b.ledger.title}>
        <Button look="quiet" icon="undo" busy={loaded.busy} onClick={loaded.renew}>
          {w.common.again}
        </Button>
      </Head>
      <Failure failure={loaded.failure} onRetry={loaded.renew} />
      {!check && !loaded.failure ? <Loading rows={5} /> : null}
      {check ? <Found check={check} /> : null}
    </>
  );
}

function Found({ check }: { check: Check }) {
  const { is_balanced, checked_at, postings, accounts, differences } = check;
  const gaps = { when: moment(checked_at), n: postings };
  return (
    <>
      <div class={is_balanced ? "note good" : "note bad"} role="status">
        <Icon name={is_balanced ? "check" : "warn"} />
        <div>
          <b>{is_balanced ? b.ledger.balanced : b.ledger.differs}</b>
          <p>{say(is_balanced ? b.ledger.balanced_text : b.ledger.differs_text, gaps)}</p>
        </div>
      </div>
      {differences.length > 0 ? (
        <section class="panel tbl">
          <Table columns={[b.ledger.what, b.ledger.object, [b.ledger.expected, "n"], [b.ledger.found, "n"]]}>
            {differences.map((one) => (
              <tr key={one.what + one.object_id}>
                <td class="text">{one.what}</td>
                <td class="code">{one.object_id}</td>
                <td class="n">{yuan(one.expected_fen)}</td>
                <td class="n">{yuan(one.found_fen)}</td>
              </tr>
            ))}
          </Table>
        </section>
      ) : null}
      <section class="panel tbl">
        <Table columns={[b.ledger.account, [b.ledger.balance, "n"]]}>
          {accounts.map(({ account, balance_fen }) => (
            <tr key={account}>
              <td>{wordIn(b.ledger.accounts, account)}</td>
              <td class="n">{say(b.common.yuan, { n: yuan(balance_fen) })}</td>
            </tr>
          ))}
        </Table>
      </section>
    </>
  );
}
