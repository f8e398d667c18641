// One's own account: what one may do, the password, the second factor, keys for programs.

import { useEffect, useState } from "preact/hooks";
import { changePassword, createToken, listRoles, listTokens, removeTotp, revokeToken } from "../api";
import { moment } from "../format";
import { Button } from "../parts/button";
import { Ask, Dialog } from "../parts/dialog";
import { Checks, Text } from "../parts/field";
import { Head } from "../parts/head";
import { Icon } from "../parts/icon";
import { Done, Failure } from "../parts/notes";
import { useTask } from "../parts/task";
import type { Role, Token } from "../person";
import { renewSession, session } from "../session";
import { fieldOf, instantOf, now_ms } from "../shell";
import { say, w, wordIn } from "../words";
import { grantWords, scopeWord } from "./accounts";
import { Elsewhere } from "./elsewhere";
import { Secret } from "./handover";
import { ChangePassword } from "./password";
import { useProof } from "./prove";
import { EnrolTotp } from "./totp";

/** The screen of one's own account. */
export function Me() {
  const [roles, setRoles] = useState<readonly Role[]>([]);
  const [isChanged, setChanged] = useState(false);
  useEffect(() => {
    listRoles()
      .then(({ items }) => setRoles(items))
      .catch(() => undefined);
  }, []);
  const own = session.value;
  if (!own) return null;
  return (
    <>
      <Head title={own.account.name} note={own.account.unit} />
      <div class="cards">
        <section class="panel form stack">
          <h2>{w.me.may}</h2>
          <ul class="plain-list">
            {own.grants.map((grant) => (
              <li key={grant.role + grant.scope}>{grantWords(roles, grant)}</li>
            ))}
          </ul>
          <p class="cap">{say(w.me.until, moment(own.ends))}</p>
        </section>
        <section class="panel form stack">
          <h2>{w.password.title}</h2>
          {isChanged ? <Done>{w.password.changed}</Done> : null}
          <ChangePassword
            change={async (old, next) => {
              setChanged(false);
              await changePassword(old, next);
              setChanged(true);
            }}
          />
        </section>
        <Factor />
        <Elsewhere />
        <Tokens />
      </div>
    </>
  );
}

function Factor() {
  const [isOpen, setOpen] = useState(false);
  const [isGoing, setGoing] = useState(false);
  const [password, setPassword] = useState("");
  const task = useTask();
  const done = () => {
    setOpen(false);
    void renewSession();
  };
  const remove = async (event: Event) => {
    event.preventDefault();
    const isDone = await task.run(() => removeTotp(password));
    if (!isDone) return;
    setGoing(false);
    setPassword("");
    void renewSession();
  };
  return (
    <section class="panel form stack">
      <h2>{w.totp.title}</h2>
      <p>{w.totp.why}</p>
      <div class="bar wrap">
        {session.value?.account.totp ? (
          <>
            <p class="stage totp">
              <Icon name="key" />
              {w.accounts.states.totp}
            </p>
            <Button look="quiet" onClick={() => setGoing(true)}>
              {w.totp.remove}
            </Button>
          </>
        ) : (
          <Button look="quiet" icon="scan" onClick={() => setOpen(true)}>
            {w.totp.set}
          </Button>
        )}
      </div>
      {isOpen ? (
        <Dialog title={w.totp.title} onClose={done}>
          <EnrolTotp onDone={done} />
        </Dialog>
      ) : null}
      {isGoing ? (
        <Dialog title={w.totp.remove} onClose={() => setGoing(false)}>
          <form class="stack" onSubmit={remove}>
            <Failure failure={task.failure} />
            <Text
              label={w.fields.password}
              name="password"
              type="password"
              value={password}
              onInput={setPassword}
              autocomplete="current-password"
              required
            />
            <Button type="submit" busy={task.busy}>
              {w.totp.remove}
            </Button>
          </form>
        </Dialog>
      ) : null}
    </section>
  );
}

function Tokens() {
  const [items, setItems] = useState<readonly Token[]>([]);
  const [isNew, setNew] = useState(false);
  const [gone, setGone] = useState<Token>();
  const task = useTask();
  const load = () => void task.run(async () => setItems((await listTokens()).items));
  useEffect(load, []);
  return (
    <section class="panel form stack">
      <h2>{w.tokens.title}</h2>
      <p>{w.tokens.why}</p>
      <Failure failure={task.failure} onRetry={load} />
      <ul class="notices">
        {items.map((token) => (
          <li key={token.id}>
            <p class="bar">
              <b>{token.name}</b>
              <span class="cap">{scopeWord(token.scope)}</span>
              <Button
                look="quiet small"
                onClick={() => setGone(token)}
                label={say(w.tokens.revoke_one, token.name)}
              >
                {w.tokens.revoke}
              </Button>
            </p>
            <p>
              {token.permissions.map((permission) => wordIn(w.permissions, permission)).join(w.common.comma)}
            </p>
            <p class="cap">
              {say(w.tokens.expires, moment(token.expires))}
              {w.common.semicolon}
              {token.last_used ? say(w.tokens.used, moment(token.last_used)) : w.tokens.unused}
            </p>
          </li>
        ))}
      </ul>
      <div class="bar">
        <Button look="quiet" icon="plus" onClick={() => setNew(true)}>
          {w.tokens.new}
        </Button>
      </div>
      {isNew ? (
        <NewToken
          onClose={() => {
            setNew(false);
            load();
          }}
        />
      ) : null}
      {gone ? (
        <Ask
          question={{
            title: say(w.tokens.revoke_one, gone.name),
            text: <p>{w.tokens.revoke_text}</p>,
            go: w.tokens.revoke,
            reason: "no",
            run: async () => {
              await revokeToken(gone.id);
              load();
            },
          }}
          onClose={() => setGone(undefined)}
        />
      ) : null}
    </section>
  );
}

/** A token lasts so long unless one says otherwise: ninety days. */
const USUAL_MS = 90 * 86_400_000;

function NewToken({ onClose }: { onClose: () => void }) {
  const own = session.value;
  const scopes = [...new Set(Object.values(own?.permissions ?? {}).flat())];
  const [name, setName] = useState("");
  const [permissions, setPermissions] = useState<readonly string[]>([]);
  const [scope, setScope] = useState(scopes[0] ?? "");
  const [expires, setExpires] = useState(() => fieldOf(now_ms() + USUAL_MS));
  const [token, setToken] = useState("");
  const task = useTask();
  const faults = task.failure?.faults;
  const { proof, field } = useProof(task.failure);
  const submit = (event: Event) => {
    event.preventDefault();
    const until = instantOf(expires);
    if (!until) return;
    void task.run(async () =>
      setToken(
        (await createToken({ name: name.trim(), permissions, scope, expires: until, ...proof })).token,
      ),
    );
  };
  return (
    <Dialog title={w.tokens.new} onClose={onClose}>
      {token ? (
        <div class="stack">
          <p>{w.tokens.once}</p>
          <Secret value={token} />
          <Button onClick={onClose}>{w.common.close}</Button>
        </div>
      ) : (
        <form class="stack" onSubmit={submit}>
          <Failure failure={task.failure} />
          <Text
            label={w.tokens.name}
            name="name"
            value={name}
            onInput={setName}
            faults={faults}
            max={100}
            required
          />
          <Checks
            label={w.tokens.permissions}
            name="permissions"
            values={permissions}
            choices={Object.keys(own?.permissions ?? {}).map((code) => ({
              code,
              word: wordIn(w.permissions, code),
            }))}
            onChange={setPermissions}
            {...(faults ? { faults } : {})}
          />
          <Text
            label={w.tokens.scope}
            hint={scopeWord(scope)}
            name="scope"
            value={scope}
            onInput={setScope}
            faults={faults}
            inputmode="numeric"
            max={6}
          />
          <Text
            label={w.tokens.until}
            name="expires"
            type="datetime-local"
            value={expires}
            onInput={setExpires}
            faults={faults}
            required
          />
          {field}
          <Button type="submit" busy={task.busy}>
            {w.tokens.create}
          </Button>
        </form>
      )}
    </Dialog>
  );
}
