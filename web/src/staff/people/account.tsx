// One account: its facts and grants, blocking, a password set anew, erasure.

import { useState } from "preact/hooks";
import { changeAccount, eraseAccount, exportAccount, resetAccount } from "../api";
import { moment } from "../format";
import { Button } from "../parts/button";
import { Ask, type Question } from "../parts/dialog";
import { Icon } from "../parts/icon";
import { Failure } from "../parts/notes";
import { useTask } from "../parts/task";
import type { Account, Invitation, Role } from "../person";
import { may, session } from "../session";
import { say, w } from "../words";
import { State } from "./accounts";
import { Handover } from "./handover";
import { type Person, PersonFields } from "./person-fields";

interface Props {
  readonly account: Account;
  readonly roles: readonly Role[];
  readonly onClose: () => void;
  readonly onWritten: (account: Account) => void;
  readonly onReload: () => void;
}

/** The panel of an account. */
export function AccountPanel({ account, roles, onClose, onWritten, onReload }: Props) {
  const [person, setPerson] = useState<Person>({ ...account, unit: account.unit ?? "" });
  const task = useTask();
  const faults = task.failure?.faults;
  const isLocked = !may("account_manage");
  const save = (event: Event) => {
    event.preventDefault();
    const { name, unit, grants, stations } = person;
    const body = { name: name.trim(), unit: unit.trim() || null, grants, stations };
    void task.run(async () => onWritten(await changeAccount(account, body)));
  };
  return (
    <aside class="panel edit" aria-label={account.name}>
      <header class="bar">
        <h2>
          {account.name} <State account={account} />
        </h2>
        <button type="button" class="bare" aria-label={w.common.close} onClick={onClose}>
          <Icon name="close" />
        </button>
      </header>
      <div class="tab pad stack">
        <Failure failure={task.failure} {...(task.failure?.status === 412 ? { onRetry: onReload } : {})} />
        <form class="stack" onSubmit={save}>
          <PersonFields
            value={person}
            onChange={setPerson}
            roles={roles}
            faults={faults}
            isLocked={isLocked}
          />
          {isLocked ? null : (
            <Button type="submit" busy={task.busy}>
              {w.common.save}
            </Button>
          )}
        </form>
        <p class="cap">
          {say(w.accounts.since, moment(account.created))}
          {w.common.semicolon}
          {account.last_login ? say(w.accounts.seen, moment(account.last_login)) : w.accounts.never_seen}
        </p>
        {isLocked ? null : (
          <Deeds account={account} onWritten={onWritten} onReload={onReload} onClose={onClose} />
        )}
      </div>
    </aside>
  );
}

type DeedsProps = Omit<Props, "roles">;

function Deeds({ account, onWritten, onReload, onClose }: DeedsProps) {
  const [question, setQuestion] = useState<Question>();
  const [invitation, setInvitation] = useState<Invitation>();
  const isSelf = session.value?.account.id === account.id;
  const block = () =>
    setQuestion({
      title: say(account.blocked ? w.accounts.unblock_title : w.accounts.block_title, account.name),
      text: <p>{account.blocked ? w.accounts.unblock_text : w.accounts.block_text}</p>,
      go: account.blocked ? w.accounts.unblock : w.accounts.block,
      reason: "no",
      run: async () => onWritten(await changeAccount(account, { blocked: !account.blocked })),
    });
  const reset = () =>
    setQuestion({
      title: say(w.accounts.reset_title, account.name),
      text: <p>{w.accounts.reset_text}</p>,
      go: w.accounts.reset,
      reason: "no",
      run: async () => setInvitation((await resetAccount(account.id)).invitation),
    });
  const erase = () =>
    setQuestion({
      title: say(w.accounts.erase_title, account.name),
      text: <p>{w.accounts.erase_text}</p>,
      go: w.accounts.erase,
      reason: "must",
      run: async (reason) => {
        await eraseAccount(account.id, reason);
        onClose();
        onReload();
      },
    });
  return (
    <>
      {invitation ? <Handover invitation={invitation} text={w.accounts.hand_over} /> : null}
      <div class="bar wrap">
        <Button look="quiet" icon="key" onClick={reset}>
          {w.accounts.reset}
        </Button>
        {isSelf ? null : (
          <Button look="quiet" icon="lock" onClick={block}>
            {account.blocked ? w.accounts.unblock : w.accounts.block}
          </Button>
        )}
        <a class="btn quiet" href={exportAccount(account.id)} download={`account-${account.login}.json`}>
          {w.accounts.export}
        </a>
        {may("person_erase") && !isSelf ? (
          <Button look="quiet bad" icon="close" onClick={erase}>
            {w.accounts.erase}
          </Button>
        ) : null}
      </div>
      {question ? <Ask question={question} onClose={() => setQuestion(undefined)} /> : null}
    </>
  );
}
