// Messages both ways: what reporter and staff wrote to each other, and the next one.

import { useState } from "preact/hooks";
import { Button } from "../../staff/parts/button";
import { Text } from "../../staff/parts/field";
import { Attach, Files, type Uploaded } from "../parts/attach";
import { whenWords } from "../parts/time";
import type { Case, Step } from "../types";
import { g, w } from "../words";
import { Refused } from "./actions";
import { useDeed } from "./deed";

/** The panel. */
export function Messages({ of, onChange }: { of: Case; onChange: (next: Case) => void }) {
  const messages = of.timeline.filter(isSaid);
  const mayWrite = of.allowed.some(({ action }) => action === "message");
  if (messages.length === 0 && !mayWrite) return null;
  return (
    <section class="panel pad stack">
      <h2>{g.case.messages}</h2>
      {messages.length === 0 ? <p class="cap">{g.case.no_messages}</p> : null}
      <ol class="talk">
        {messages.map((message) => (
          <li key={message.id} class={message.account ? "staff" : "reporter"}>
            <small>
              {message.account ? (message.account.name ?? w.people.erased) : g.case.reporter} ·{" "}
              {message.words} · {whenWords(message.at)}
            </small>
            <p class="prose">{message.text}</p>
            <Files of={of.id} files={message.attachments} />
          </li>
        ))}
      </ol>
      {mayWrite ? <Writing of={of} onChange={onChange} /> : null}
    </section>
  );
}

/** Steps that are words to or from the reporter. */
const SAID = ["ask", "inform", "interim", "message", "answer", "reopen", "appeal", "decide_appeal"];

/** Whether a step belongs to the talk with the reporter. */
export function isSaid({ action, text, public: isPublic }: Step): boolean {
  return isPublic && text !== null && SAID.includes(action);
}

function Writing({ of, onChange }: { of: Case; onChange: (next: Case) => void }) {
  const [text, setText] = useState("");
  const [files, setFiles] = useState<readonly Uploaded[]>([]);
  const deed = useDeed(of, onChange);
  const send = async (event: Event) => {
    event.preventDefault();
    const attachments = files.map(({ id }) => id);
    const fields = { text: text.trim(), ...(attachments.length > 0 ? { attachments } : {}) };
    if (!(await deed.run("message", fields))) return;
    setText("");
    setFiles([]);
  };
  return (
    <form class="stack" onSubmit={send}>
      <Refused deed={deed} of={of} />
      <Text
        label={g.case.write}
        name="text"
        value={text}
        onInput={setText}
        lines={3}
        max={2000}
        required
        hint={g.case.write_hint}
        faults={deed.task.failure?.faults}
      />
      <details>
        <summary>{g.upload.add}</summary>
        <Attach files={files} onChange={setFiles} />
      </details>
      <div class="bar end">
        <Button type="submit" look="quiet" icon="msg" busy={deed.task.busy}>
          {g.case.write_go}
        </Button>
      </div>
    </form>
  );
}
