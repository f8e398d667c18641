// The people who work with the service: a list, and one account at a time beside it.

import { useEffect, useState } from "preact/hooks";
import { listRoles } from "../api";
import { moment } from "../format";
import { addressWith, filtersOf } from "../list/address";
import { FilterBar, FindFilter, PickFilter } from "../list/filters";
import { ListFrame, Table } from "../list/frame";
import { useList } from "../list/use-list";
import { Button } from "../parts/button";
import { Head } from "../parts/head";
import { Icon } from "../parts/icon";
import type { Account, Grant, Role } from "../person";
import { go } from "../route";
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
  const { account: opened, ...asked } = filtersOf(["account", "q", "role"]);
  const list = useList<Account>("/api/v1/accounts", { ...asked, limit: 100 });
  const [roles, setRoles] = useState<readonly Role[]>([]);
  useEffect(() => {
    listRoles()
      .then((answer) => setRoles(answer.items))
      .catch(() => undefined);
  }, []);
  const open = (id: string) => go(addressWith({ account: id }));
  const written = (account: Account) => list.change((one) => (one.id === account.id ? account : one));
  const chosen = list.items?.find(({ id }) => id === opened);
  const words = roles.map(({ code }) => ({ code, word: roleWord(roles, code) }));
  return (
    <>
      <Head title={w.nav.accounts}>
        {may("account_manage") ? (
          <Button icon="plus" onClick={() => open("new")}>
            {w.accounts.new}
          </Button>
        ) : null}
      </Head>
      <FilterBar>
        <FindFilter label={w.accounts.find} />
        <PickFilter label={w.accounts.role} name="role" none={w.accounts.any} choices={words} />
      </FilterBar>
      <div class={opened ? "split" : "split whole"}>
        <ListFrame list={list} none={w.accounts.none} icon="user">
          {(items) => <Rows items={items} roles={roles} opened={opened} onOpen={open} />}
        </ListFrame>
        {opened === "new" && may("account_manage") ? (
          <NewAccount roles={roles} onClose={() => open("")} onDone={list.renew} />
        ) : null}
        {chosen ? (
          <AccountPanel
            key={`${chosen.id}-${chosen.version}`}
            account={chosen}
            roles={roles}
            onClose={() => open("")}
            onWritten={written}
            onReload={list.renew}
          />
        ) : null}
      </div>
    </>
  );
}

interface RowsProps {
  readonly items: readonly Account[];
  readonly roles: readonly Role[];
  readonly opened: string;
  readonly onOpen: (id: string) => void;
}

function Rows({ items, roles, opened, onOpen }: RowsProps) {
  return (
    <Table
      look=""
      columns={[
        w.fields.name_person,
        w.fields.login,
        w.accounts.grants,
        w.accounts.state,
        [w.accounts.last_login, "gives"],
      ]}
    >
      {items.map((account) => (
        <tr key={account.id} aria-selected={account.id === opened ? "true" : undefined}>
          <td>
            <button type="button" class="link" onClick={() => onOpen(account.id)}>
              {account.name}
            </button>
            <small>{account.unit}</small>
          </td>
          <td class="code">{account.login}</td>
          <td>{account.grants.map((grant) => grantWords(roles, grant)).join(w.common.semicolon) || "–"}</td>
          <td>
            <State account={account} />
          </td>
          <td class="gives">{account.last_login ? moment(account.last_login) : w.time.never}</td>
        </tr>
      ))}
    </Table>
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
