// What is done with all chosen stations at once, and what became of each.

import { useState } from "preact/hooks";
import { moveAll } from "../api";
import { Button } from "../parts/button";
import { Ask, Dialog, type Question } from "../parts/dialog";
import { renewQueues } from "../rail";
import type { Done, Station } from "../types";
import { say, w } from "../words";
import { MOVE_ICONS, MOVES, type Move, NEEDS_REASON } from "./deeds";
import { chosen, load, register } from "./list";

/** The bar of what can be done with the chosen rows. */
export function Bulk() {
  const [question, setQuestion] = useState<Question>();
  const [done, setDone] = useState<{ result: Done; names: ReadonlyMap<string, string> }>();
  const rows = (register.value?.items ?? []).filter(({ id }) => chosen.value.has(id));
  const run = async (move: Move, stations: readonly Station[], reason: string) => {
    const versions = stations.map(({ id, version }) => ({ id, version }));
    const result = await moveAll(move, versions, reason);
    if (result.refused.length > 0)
      setDone({ result, names: new Map(stations.map(({ id, name }) => [id, name])) });
    chosen.value = new Set(result.refused.map(({ id }) => id));
    await Promise.all([load(), renewQueues()]);
  };
  const askFor = (move: Move, stations: readonly Station[]) =>
    setQuestion({
      title: say(w.moves[move].many, stations.length),
      go: w.moves[move].word,
      reason: NEEDS_REASON.includes(move) ? "must" : "may",
      run: (reason) => run(move, stations, reason),
    });
  return (
    <>
      {rows.length > 0 ? (
        <fieldset class="bar bulk" aria-label={w.registry.bulk}>
          <span class="cap" role="status">
            {say(w.registry.chosen, rows.length)}
          </span>
          {MOVES.map((move) => {
            const able = rows.filter(({ allowed }) => allowed.includes(move));
            if (able.length === 0) return null;
            return (
              <Button key={move} look="quiet" icon={MOVE_ICONS[move]} onClick={() => askFor(move, able)}>
                {able.length === rows.length
                  ? w.moves[move].word
                  : say(w.registry.some, { word: w.moves[move].word, n: able.length })}
              </Button>
            );
          })}
          <Button
            look="plain"
            onClick={() => {
              chosen.value = new Set();
            }}
          >
            {w.registry.choose_none}
          </Button>
        </fieldset>
      ) : null}
      {question ? <Ask question={question} onClose={() => setQuestion(undefined)} /> : null}
      {done ? <Refused {...done} onClose={() => setDone(undefined)} /> : null}
    </>
  );
}

function Refused({
  result,
  names,
  onClose,
}: {
  result: Done;
  names: ReadonlyMap<string, string>;
  onClose: () => void;
}) {
  return (
    <Dialog title={w.registry.partly} onClose={onClose}>
      <p>{say(w.registry.partly_text, { done: result.done.length, refused: result.refused.length })}</p>
      <ul class="stack">
        {result.refused.map(({ id, detail }) => (
          <li key={id}>
            <b>{names.get(id) ?? id}</b>
            {w.common.colon}
            {detail}
          </li>
        ))}
      </ul>
      <div class="bar end">
        <Button onClick={onClose}>{w.common.close}</Button>
      </div>
    </Dialog>
  );
}
