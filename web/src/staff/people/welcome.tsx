// A link that is good once: the set-up of the service, a new account, a password set anew. Its secret stands behind
// the #, so that no server's log ever holds it.

import { useEffect, useState } from "preact/hooks";
import { lookAtInvitation, redeem } from "../api";
import { Refusal } from "../http";
import { CityFields } from "../pages/city";
import { Button } from "../parts/button";
import { Text } from "../parts/field";
import { Failure, Loading } from "../parts/notes";
import { useTask } from "../parts/task";
import type { CityFacts, Invited } from "../person";
import { go } from "../route";
import { renewSession } from "../session";
import { w } from "../words";
import { Gate } from "./gate";
import { NewPassword, useNewPassword } from "./password";

const NO_CITY: CityFacts = {
  union_name: "",
  name_zh: "",
  name_en: "",
  hotline: "12351",
  approval: "three_steps",
};

/** The screen of an invitation. */
export function Welcome() {
  const secret = location.hash.slice(1);
  const [invited, setInvited] = useState<Invited>();
  const task = useTask();
  const look = () =>
    void task.run(async () => {
      setInvited(await lookAtInvitation(secret));
    });
  useEffect(look, []);
  if (task.failure?.status === 404 || !secret) {
    return (
      <Gate title={w.welcome.gone}>
        <p>{w.welcome.gone_text}</p>
        <a href="/staff">{w.sign_in.title}</a>
      </Gate>
    );
  }
  if (!invited) {
    return (
      <Gate title={w.welcome.title}>
        {task.failure ? <Failure failure={task.failure} onRetry={look} /> : <Loading rows={3} />}
      </Gate>
    );
  }
  return <Redeem secret={secret} invited={invited} />;
}

function Redeem({ secret, invited }: { secret: string; invited: Invited }) {
  const isSetUp = invited.purpose === "set_up";
  const [login, setLogin] = useState(invited.login ?? "");
  const [name, setName] = useState(invited.name ?? "");
  const [city, setCity] = useState<CityFacts>({ ...NO_CITY, ...given(invited.city) });
  const password = useNewPassword();
  const task = useTask();
  const submit = (event: Event) => {
    event.preventDefault();
    void task.run(async () => {
      password.check();
      await redeem({
        secret,
        password: password.password,
        ...(isSetUp ? { login: login.trim(), name, city } : {}),
      });
      go("/staff", true);
      await renewSession();
    });
  };
  const faults = task.failure instanceof Refusal ? task.failure.faults : undefined;
  const title = { set_up: w.welcome.set_up, new: w.welcome.new, reset: w.welcome.reset }[invited.purpose];
  return (
    <Gate title={title}>
      <form class="stack" onSubmit={submit}>
        <Failure failure={task.failure} />
        {isSetUp ? (
          <>
            <h2>{w.welcome.city}</h2>
            <CityFields value={city} onChange={setCity} faults={faults} within="city" />
            <h2>{w.welcome.admin}</h2>
            <Text
              label={w.fields.name_person}
              name="name"
              value={name}
              onInput={setName}
              faults={faults}
              autocomplete="name"
              required
            />
          </>
        ) : (
          <p>{invited.name}</p>
        )}
        <Text
          label={w.fields.login}
          hint={isSetUp ? w.welcome.login_hint : undefined}
          name="login"
          value={login}
          onInput={setLogin}
          readonly={!isSetUp}
          autocomplete="username"
          faults={faults}
          required
        />
        <NewPassword state={password} failure={task.failure} />
        <Button type="submit" look="wide" busy={task.busy}>
          {isSetUp ? w.welcome.go_set_up : w.welcome.go}
        </Button>
      </form>
    </Gate>
  );
}

/** What the service knows of the city already. */
function given(city: Partial<CityFacts> | null | undefined): Partial<CityFacts> {
  return Object.fromEntries(Object.entries(city ?? {}).filter(([, value]) => value));
}
