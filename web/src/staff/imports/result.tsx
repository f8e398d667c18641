// What became of a commit, and the way back while nobody has touched its stations since.

import { useState } from "preact/hooks";
import { moment } from "../format";
import { Button } from "../parts/button";
import { Ask, type Question } from "../parts/dialog";
import { Icon } from "../parts/icon";
import { renewQueues } from "../rail";
import { say, w } from "../words";
import { undoImport } from "./api";
import { renew } from "./state";
import type { Import } from "./types";

const FIGURES = ["created", "updated", "unchanged", "parked"] as const;
/** So many stations that stand in the way of an undo are linked. */
const LINKED = 5;

/** The panel. */
export function Result({ it }: { it: Import }) {
  const [question, setQuestion] = useState<Question>();
  const isUndone = it.state === "undone";
  const undo: Question = {
    title: w.imports.result.undo_title,
    text: <p>{w.imports.result.undo_text}</p>,
    go: w.imports.result.undo,
    reason: "no",
    run: async () => {
      try {
        await undoImport(it.id, it.version);
      } finally {
        await renew(it.id);
      }
      void renewQueues();
    },
  };
  return (
    <section class="panel block alone" aria-labelledby="result">
      <h2 id="result" class={isUndone ? "mid" : "fine"}>
        <Icon name={isUndone ? "undo" : "check"} />
        {isUndone ? w.imports.result.undone : w.imports.result.done}
      </h2>
      {it.outcome ? (
        <>
          <dl class="outcome">
            {FIGURES.map((name) => (
              <div key={name}>
                <dt>{w.imports.commit.kinds[name]}</dt>
                <dd>{it.outcome?.[name]}</dd>
              </div>
            ))}
          </dl>
          <p class="cap">{byWords(it)}</p>
        </>
      ) : null}
      <p>
        {isUndone ? null : w.imports.result.hint} <a href="/staff">{w.imports.result.registry}</a>
        {it.outcome && it.outcome.parked > 0 ? (
          <>
            {" · "}
            <a href="/staff/imports">{say(w.imports.result.parked, it.outcome.parked)}</a>
          </>
        ) : null}
      </p>
      {!isUndone && it.undo?.possible ? (
        <Button look="quiet" icon="undo" onClick={() => setQuestion(undo)}>
          {w.imports.result.undo}
        </Button>
      ) : null}
      {!isUndone && it.undo && !it.undo.possible ? <Impossible changed={it.undo.changed} /> : null}
      {question ? <Ask question={question} onClose={() => setQuestion(undefined)} /> : null}
    </section>
  );
}

/** When it was committed, and by whom where that is who sent the file. */
function byWords({ outcome, by }: Import): string {
  const at = moment(outcome?.committed);
  return outcome?.by && outcome.by === by?.id ? say(w.imports.result.by, { name: by.name ?? "–", at }) : at;
}

/** Why it cannot be undone any more. */
function Impossible({ changed }: { changed: readonly string[] }) {
  return (
    <div class="note">
      <Icon name="lock" />
      <div>
        <p>{changed.length > 0 ? say(w.imports.result.changed, changed.length) : w.imports.result.fixed}</p>
        <ul>
          {changed.slice(0, LINKED).map((id, i) => (
            <li key={id}>
              <a href={`/staff?station=${id}`}>{say(w.imports.result.station, i + 1)}</a>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
