// The second factor: a picture to scan, a code to prove it, and ten recovery codes to keep.

import { useEffect, useState } from "preact/hooks";
import { confirmTotp, offerTotp } from "../api";
import { Button } from "../parts/button";
import { Text } from "../parts/field";
import { Failure, Loading } from "../parts/notes";
import { useTask } from "../parts/task";
import { w } from "../words";
import { useProof } from "./prove";

interface Offer {
  readonly secret: string;
  readonly qr_svg: string;
}

/** Sets the second factor up, from the picture to the kept codes. */
export function EnrolTotp({ onDone }: { onDone: () => void }) {
  const [offer, setOffer] = useState<Offer>();
  const [code, setCode] = useState("");
  const [codes, setCodes] = useState<readonly string[]>();
  const task = useTask();
  const { proof, field } = useProof(task.failure);
  const begin = () => void task.run(async () => setOffer(await offerTotp()));
  useEffect(begin, []);
  if (codes) return <Recovery codes={codes} onDone={onDone} />;
  if (!offer) return task.failure ? <Failure failure={task.failure} onRetry={begin} /> : <Loading rows={4} />;
  const submit = (event: Event) => {
    event.preventDefault();
    void task.run(async () => setCodes((await confirmTotp({ code: code.trim(), ...proof })).recovery_codes));
  };
  return (
    <form class="stack" onSubmit={submit}>
      <p>{w.totp.lead}</p>
      <img class="qr" src={`data:image/svg+xml,${encodeURIComponent(offer.qr_svg)}`} alt={w.totp.picture} />
      <p class="cap">
        {w.totp.by_hand} <code class="secret">{offer.secret.replace(/(.{4})(?=.)/g, "$1 ")}</code>
      </p>
      <Failure failure={task.failure} />
      <Text
        label={w.sign_in.code}
        name="code"
        value={code}
        onInput={setCode}
        inputmode="numeric"
        autocomplete="one-time-code"
        faults={task.failure?.faults}
        max={8}
        required
        focus
      />
      {field}
      <Button type="submit" busy={task.busy}>
        {w.totp.confirm}
      </Button>
    </form>
  );
}

function Recovery({ codes, onDone }: { codes: readonly string[]; onDone: () => void }) {
  const [isKept, setKept] = useState(false);
  const file = `data:text/plain;charset=utf-8,${encodeURIComponent(`${codes.join("\n")}\n`)}`;
  return (
    <div class="stack">
      <h2>{w.totp.recovery_title}</h2>
      <p>{w.totp.recovery_text}</p>
      <ul class="codes">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <a class="btn quiet" href={file} download="yizhan-recovery-codes.txt">
        {w.totp.keep_file}
      </a>
      <label class="check">
        <input type="checkbox" checked={isKept} onChange={(event) => setKept(event.currentTarget.checked)} />
        <span>{w.totp.kept}</span>
      </label>
      <Button disabled={!isKept} onClick={onDone}>
        {w.common.go_on}
      </Button>
    </div>
  );
}
