// A new password, written twice.

import { useState } from "preact/hooks";
import { Refusal } from "../http";
import { Button } from "../parts/button";
import { Text } from "../parts/field";
import { Failure } from "../parts/notes";
import { useTask } from "../parts/task";
import { w } from "../words";

/** The least characters of a password. */
const LEAST = 10;

/** Fields of a new password; `check` says what is wrong with them before they are sent. */
export function useNewPassword() {
  const [password, setPassword] = useState("");
  const [again, setAgain] = useState("");
  const check = () => {
    const fault = (field: string, detail: string) =>
      new Refusal(422, "refused", "", [{ field, code: field, detail }]);
    if ([...password].length < LEAST) throw fault("password", w.password.short);
    if (password !== again) throw fault("again", w.password.differs);
  };
  const clear = () => {
    setPassword("");
    setAgain("");
  };
  return { password, again, setPassword, setAgain, check, clear };
}

/** The two fields. */
export function NewPassword({
  state,
  failure,
}: {
  state: ReturnType<typeof useNewPassword>;
  failure: Refusal | undefined;
}) {
  return (
    <>
      <Text
        label={w.password.next}
        hint={w.password.hint}
        name="password"
        type="password"
        value={state.password}
        onInput={state.setPassword}
        autocomplete="new-password"
        faults={failure?.faults.map((f) => (f.field === "new" ? { ...f, field: "password" } : f))}
        required
      />
      <Text
        label={w.password.again}
        name="again"
        type="password"
        value={state.again}
        onInput={state.setAgain}
        autocomplete="new-password"
        faults={failure?.faults}
        required
      />
    </>
  );
}

/** The form that changes one's own password. */
export function ChangePassword({
  change,
  leads = false,
}: {
  change: (old: string, next: string) => Promise<unknown>;
  /** Whether nothing else is on the screen. */
  leads?: boolean;
}) {
  const [old, setOld] = useState("");
  const next = useNewPassword();
  const task = useTask();
  const submit = async (event: Event) => {
    event.preventDefault();
    const done = await task.run(async () => {
      next.check();
      await change(old, next.password);
    });
    if (!done) return;
    setOld("");
    next.clear();
  };
  return (
    <form class="stack" onSubmit={submit}>
      <Failure failure={task.failure} />
      <Text
        label={w.password.old}
        name="old"
        type="password"
        value={old}
        onInput={setOld}
        autocomplete="current-password"
        faults={task.failure?.faults}
        required
        focus={leads}
      />
      <NewPassword state={next} failure={task.failure} />
      <Button type="submit" busy={task.busy}>
        {w.password.go}
      </Button>
    </form>
  );
}
