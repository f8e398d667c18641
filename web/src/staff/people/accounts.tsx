// The people who work with the service: a list, and one account at a time beside it.

import { useEffect, useState } from "preact/hooks";
import { listAccounts, listRoles } from "../api";
import { moment } from "../format";
import { Button } from "../parts/button";
import { Pick, Text } from "../parts/field";
import { Head } from "../parts/head";
import { Icon } from "../parts/icon";
import { Failure, Loading, Nothing } from "../parts/notes";
import { useTask } from "../parts/task";
import type { Account, Grant, Role } from "../person";
import { go, here } from "../route";
import { may } from "../session";
import { districtName, districts } from "../shell";
import { isEnglish, say, w } from "../words";
import { AccountPanel } from "./account";
import { NewAccount } from "./new-account";

/** The word for a role. */
export function roleWord(roles: readonly Role[], code: string): string {
  const role = roles.find((one) => one.code === code);
  return role ? (isEnglish ? role.en : role.zh) : code;
}

/** Where a grant holds, in words. */
export function scopeWord(scope: string): string {
  if (scope === "") return w.accounts.everywhere;
  if (districts.length > 1 && districts.every(({ adcode }) => adcode.startsWith(scope)))
    return w.accounts.whole_city;
  return scope.length === 6 ? districtName(scope) : say(w.accounts.prefix, scope);
}

/** A grant in words. */
export function grantWords(roles: readonly Role[], { role, scope }: Grant): string {
  return `${roleWord(roles, role)} · ${scopeWord(scope)}`;
}

/** The screen of the accounts. */
export function Accounts() {
  const [q, setQ] = useState("");
  const [role, setRole] = useState("");
  const [items, setItems] = useState<readonly Account[]>();
  const [next, setNext] = useState<string | null>(null);
  const [roles, setRoles] = useState<readonly Role[]>([]);
  const task = useTask();
  const opened = here.value.searchParams.get("account") ?? "";
  const load = (cursor?: string | null) =>
    void task.run(async () => {
      const page = await listAccounts({ q: q.trim(), role, ...(cursor ? { cursor } : {}) });
      setItems([...(cursor ? (items ?? []) : []), ...page.items]);
      setNext(page.next ?? null);
    });
  useEffect(() => {
    listRoles()
      .then((answer) => setRoles(answer.items))
      .catch(() => undefined);
  }, []);
  useEffect(() => {
    const timer = setTimeout(() => load(), 250);
    return () => clearTimeout(timer);
  }, [q, role]);
  const open = (id: string) => go(id ? `/staff/accounts?account=${id}` : "/staff/accounts");
  const written = (account: Account) =>
    setItems((items ?? []).map((one) => (one.id === account.id ? account : one)));
  const chosen = items?.find(({ id }) => id === opened);
  return (
    <>
      <Head title={w.nav.accounts}>
        {may("account_manage") ? (
          <Button icon="plus" onClick={() => open("new")}>
            {w.accounts.new}
          </Button>
        ) : null}
      </Head>
      <div class="bar wrap filters">
        <Text label={w.accounts.find} name="q" type="search" value={q} onInput={setQ} max={100} />
        <Pick
          label={w.accounts.role}
          name="role"
          value={role}
          none={w.accounts.any}
          choices={roles.map(({ code }) => ({ code, word: roleWord(roles, code) }))}
          onPick={setRole}
        />
      </div>
      <Failure failure={task.failure} onRetry={() => load()} />
      <div class={opened ? "split" : "split whole"}>
        <section class="panel tbl">
          {!items ? <Loading rows={6} /> : null}
          {items?.length === 0 ? <Nothing title={w.accounts.none} icon="user" /> : null}
          {items && items.length > 0 ? (
            <Table items={items} roles={roles} opened={opened} onOpen={open} />
          ) : null}
          {next ? (
            <div class="pages">
              <Button look="quiet" busy={task.busy} onClick={() => load(next)}>
                {w.common.more}
              </Button>
            </div>
          ) : null}
        </section>
        {opened === "new" && may("account_manage") ? (
          <NewAccount roles={roles} onClose={() => open("")} onDone={() => load()} />
        ) : null}
        {chosen ? (
          <AccountPanel
            key={`${chosen.id}-${chosen.version}`}
            account={chosen}
            roles={roles}
            onClose={() => open("")}
            onWritten={written}
            onReload={() => load()}
          />
        ) : null}
      </div>
    </>
  );
}

interface TableProps {
  readonly items: readonly Account[];
  readonly roles: readonly Role[];
  readonly opened: string;
  readonly onOpen: (id: string) => void;
}

function Table({ items, roles, opened, onOpen }: TableProps) {
  return (
    <div class="scroll">
      <table>
        <thead>
          <tr>
            <th scope="col">{w.fields.name_person}</th>
            <th scope="col">{w.fields.login}</th>
            <th scope="col">{w.accounts.grants}</th>
            <th scope="col">{w.accounts.state}</th>
            <th scope="col" class="gives">
              {w.accounts.last_login}
            </th>
          </tr>
        </thead>
        <tbody>
          {items.map((account) => (
            <tr key={account.id} aria-selected={account.id === opened ? "true" : undefined}>
              <td>
                <button type="button" class="link" onClick={() => onOpen(account.id)}>
                  {account.name}
                </button>
                <small>{account.unit}</small>
              </td>
              <td class="code">{account.login}</td>
              <td>
                {account.grants.map((grant) => grantWords(roles, grant)).join(w.common.semicolon) || "–"}
              </td>
              <td>
                <State account={account} />
              </td>
              <td class="gives">{account.last_login ? moment(account.last_login) : w.time.never}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Whether an account can be used, in word and shape. */
export function State({ account }: { account: Account }) {
  const name = account.blocked
    ? "blocked"
    : account.must_change_password
      ? "waiting"
      : account.totp
        ? "totp"
        : "plain";
  const icon = { blocked: "lock", waiting: "clock", totp: "key", plain: "check" }[name];
  return (
    <span class={`stage ${name}`}>
      <Icon name={icon} />
      {w.accounts.states[name]}
    </span>
  );
}
