// One account: its facts and grants, blocking, a password set anew, erasure.

import { useState } from "preact/hooks";
import { changeAccount, eraseAccount, exportAccount, resetAccount } from "../api";
import { moment } from "../format";
import { Button } from "../parts/button";
import { Ask, type Question } from "../parts/dialog";
import { Text } from "../parts/field";
import { Icon } from "../parts/icon";
import { Failure } from "../parts/notes";
import { useTask } from "../parts/task";
import type { Account, Invitation, Role } from "../person";
import { may, session } from "../session";
import { say, w } from "../words";
import { State } from "./accounts";
import { Grants } from "./grants";
import { Handover } from "./handover";

interface Props {
  readonly account: Account;
  readonly roles: readonly Role[];
  readonly onClose: () => void;
  readonly onWritten: (account: Account) => void;
  readonly onReload: () => void;
}

/** The panel of an account. */
export function AccountPanel({ account, roles, onClose, onWritten, onReload }: Props) {
  const [name, setName] = useState(account.name);
  const [unit, setUnit] = useState(account.unit ?? "");
  const [grants, setGrants] = useState(account.grants);
  const [stations, setStations] = useState(account.stations);
  const task = useTask();
  const faults = task.failure?.faults;
  const isLocked = !may("account_manage");
  const save = (event: Event) => {
    event.preventDefault();
    void task.run(async () =>
      onWritten(
        await changeAccount(account, { name: name.trim(), unit: unit.trim() || null, grants, stations }),
      ),
    );
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
          <Text
            label={w.fields.name_person}
            name="name"
            value={name}
            onInput={setName}
            faults={faults}
            readonly={isLocked}
            max={100}
            required
          />
          <Text
            label={w.fields.unit}
            name="unit"
            value={unit}
            onInput={setUnit}
            faults={faults}
            readonly={isLocked}
            max={100}
          />
          <Grants
            grants={grants}
            stations={stations}
            roles={roles}
            onGrants={setGrants}
            onStations={setStations}
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
