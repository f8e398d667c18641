// The own password, asked for again before something is made that outlives the session: only once the service wants it,
// which is where the sign-in was a while ago.

import { useState } from "preact/hooks";
import type { Fault, Refusal } from "../http";
import { Text } from "../parts/field";
import { w } from "../words";

/** What is sent of the password: nothing as long as nobody asks for it. */
export type Proof = { readonly password: string } | Record<string, never>;

/** The proof of a form, and the field for it. */
export function useProof(failure: Refusal | undefined) {
  const [password, setPassword] = useState("");
  const faults = failure?.faults.filter(isOfPassword) ?? [];
  const isWanted = password !== "" || faults.length > 0;
  const proof: Proof = isWanted ? { password } : {};
  const field = isWanted ? (
    <Text
      label={w.fields.password}
      name="password"
      type="password"
      value={password}
      onInput={setPassword}
      autocomplete="current-password"
      faults={faults}
      required
      focus
    />
  ) : null;
  return { proof, field };
}

function isOfPassword({ field }: Fault): boolean {
  return field === "password";
}
