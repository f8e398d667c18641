// Erasing what a case says, for its custodian; and that it was erased, with the day on which that is final.

import { useState } from "preact/hooks";
import { Button } from "../../staff/parts/button";
import { Ask } from "../../staff/parts/dialog";
import { eraseCase, readCase } from "../api";
import { dayWords } from "../parts/time";
import type { Case } from "../types";
import { g, say } from "../words";

/** The panel, where there is something to say or to do. */
export function Custody({ of, onChange }: { of: Case; onChange: (next: Case) => void }) {
  const [isAsking, setAsking] = useState(false);
  if (!of.erased && !of.erasable) return null;
  const run = async (reason: string) => {
    await eraseCase(of.id, reason);
    onChange(await readCase(of.id));
  };
  return (
    <section class="panel pad stack custody">
      <h2>{g.custody.title}</h2>
      {of.erased ? (
        <p role="status">
          {say(g.custody.erased, { day: dayWords(of.erased.day), final: dayWords(of.erased.final_on) })}
        </p>
      ) : (
        <>
          <p class="cap">{say(g.custody.note, { final: dayWords(of.erasable ?? "") })}</p>
          <Button look="quiet small bad" icon="lock" onClick={() => setAsking(true)}>
            {g.custody.erase}
          </Button>
        </>
      )}
      {isAsking ? (
        <Ask
          question={{
            title: g.custody.erase,
            text: <p>{say(g.custody.text, { final: dayWords(of.erasable ?? "") })}</p>,
            go: g.custody.go,
            reason: "must",
            run,
          }}
          onClose={() => setAsking(false)}
        />
      ) : null}
    </section>
  );
}
