// Signing in: login and password, then the code of the second factor or a recovery code.

import { useState } from "preact/hooks";
import { signIn } from "../api";
import { Refusal } from "../http";
import { Button } from "../parts/button";
import { Text } from "../parts/field";
import { Failure } from "../parts/notes";
import { useTask } from "../parts/task";
import { session } from "../session";
import { w } from "../words";
import { Gate } from "./gate";

type Step = "password" | "code" | "recovery";

/** The screen of whoever is not signed in. */
export function SignIn() {
  const [login, setLogin] = useState("");
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const [step, setStep] = useState<Step>("password");
  const task = useTask();
  const change = (next: Step) => {
    task.clear();
    setCode("");
    setStep(next);
  };
  const submit = (event: Event) => {
    event.preventDefault();
    void task.run(async () => {
      const factor = step === "code" ? { totp: code } : step === "recovery" ? { recovery_code: code } : {};
      try {
        session.value = await signIn({ login: login.trim(), password, ...factor });
      } catch (cause) {
        const isHalf = cause instanceof Refusal && cause.code === "totp_required" && step === "password";
        if (!isHalf) throw cause;
        change("code");
      }
    });
  };
  return (
    <Gate title={w.sign_in.title} key={step}>
      <form class="stack" onSubmit={submit}>
        <Failure failure={task.failure} />
        {step === "password" ? (
          <>
            <Text
              label={w.fields.login}
              name="login"
              value={login}
              onInput={setLogin}
              autocomplete="username"
              required
              focus
            />
            <Text
              label={w.fields.password}
              name="password"
              type="password"
              value={password}
              onInput={setPassword}
              autocomplete="current-password"
              required
            />
          </>
        ) : (
          <Text
            key={step}
            label={step === "code" ? w.sign_in.code : w.sign_in.recovery}
            hint={step === "code" ? w.sign_in.code_hint : w.sign_in.recovery_hint}
            name={step === "code" ? "totp" : "recovery_code"}
            value={code}
            onInput={setCode}
            autocomplete="one-time-code"
            {...(step === "code" ? { inputmode: "numeric" as const, max: 8 } : {})}
            required
            focus
          />
        )}
        <Button type="submit" look="wide" busy={task.busy}>
          {w.sign_in.go}
        </Button>
        {step === "password" ? (
          <p class="cap">{w.sign_in.forgot}</p>
        ) : (
          <div class="bar">
            <Button look="plain" onClick={() => change(step === "code" ? "recovery" : "code")}>
              {step === "code" ? w.sign_in.to_recovery : w.sign_in.to_code}
            </Button>
            <Button look="plain" onClick={() => change("password")}>
              {w.sign_in.back}
            </Button>
          </div>
        )}
      </form>
    </Gate>
  );
}
