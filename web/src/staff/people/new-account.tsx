// A new account: who it is for, what they may do, and the link to hand over.

import { useState } from "preact/hooks";
import { createAccount } from "../api";
import { Button } from "../parts/button";
import { Text } from "../parts/field";
import { Icon } from "../parts/icon";
import { Failure } from "../parts/notes";
import { useTask } from "../parts/task";
import type { Invitation, Role } from "../person";
import { w } from "../words";
import { Handover } from "./handover";
import { type Person, PersonFields } from "./person-fields";

interface Props {
  readonly roles: readonly Role[];
  readonly onClose: () => void;
  readonly onDone: () => void;
}

/** The panel of a new account. */
export function NewAccount({ roles, onClose, onDone }: Props) {
  const [login, setLogin] = useState("");
  const [person, setPerson] = useState<Person>({ name: "", unit: "", grants: [], stations: [] });
  const [invitation, setInvitation] = useState<Invitation>();
  const task = useTask();
  const faults = task.failure?.faults;
  const submit = (event: Event) => {
    event.preventDefault();
    void task.run(async () => {
      const { name, unit, grants, stations } = person;
      const kept = stations.length > 0 ? { stations } : {};
      const body = {
        login: login.trim(),
        name: name.trim(),
        grants,
        ...(unit.trim() ? { unit: unit.trim() } : {}),
        ...kept,
      };
      setInvitation((await createAccount(body)).invitation);
      onDone();
    });
  };
  return (
    <aside class="panel edit" aria-label={w.accounts.new}>
      <header class="bar">
        <h2>{w.accounts.new}</h2>
        <button type="button" class="bare" aria-label={w.common.close} onClick={onClose}>
          <Icon name="close" />
        </button>
      </header>
      <div class="tab pad stack">
        {invitation ? (
          <>
            <Handover invitation={invitation} text={w.accounts.hand_over} />
            <Button onClick={onClose}>{w.common.close}</Button>
          </>
        ) : (
          <form class="stack" onSubmit={submit}>
            <Failure failure={task.failure} />
            <PersonFields value={person} onChange={setPerson} roles={roles} faults={faults}>
              <Text
                label={w.fields.login}
                hint={w.welcome.login_hint}
                name="login"
                value={login}
                onInput={setLogin}
                faults={faults}
                autocomplete="off"
                max={64}
                required
              />
            </PersonFields>
            <Button type="submit" busy={task.busy}>
              {w.accounts.create}
            </Button>
          </form>
        )}
      </div>
    </aside>
  );
}
