// What moves a station on in its life, and saying that its facts hold.

import { useState } from "preact/hooks";
import { confirmStation, moveOn } from "../api";
import { Refusal } from "../http";
import { Button } from "../parts/button";
import { Ask, type Question } from "../parts/dialog";
import { Menu } from "../parts/menu";
import { renewQueues } from "../rail";
import { FORWARD, MOVE_ICONS, MOVES, type Move, NEEDS_REASON } from "../registry/deeds";
import type { Station } from "../types";
import { say, w } from "../words";

const HOWS = ["visit", "phone", "keeper", "photo"] as const;

interface Props {
  readonly station: Station;
  /** Whether changes that are not saved stand in the way. */
  readonly isDirty: boolean;
  readonly onWritten: (station: Station) => void;
  /** Called where somebody else was first. */
  readonly onStale: () => void;
}

/** The buttons at the foot of the editor: the next step is filled, the others are in a menu. */
export function Life({ station, isDirty, onWritten, onStale }: Props) {
  const [question, setQuestion] = useState<Question>();
  const moves = MOVES.filter((move) => station.allowed.includes(move));
  const first = moves.find((move) => FORWARD.includes(move));
  const rest = moves.filter((move) => move !== first);
  const written = (next: Station) => {
    onWritten(next);
    void renewQueues();
  };
  const put = (move: Move) =>
    setQuestion({
      title: say(w.moves[move].title, station.name),
      text: <p>{w.moves[move].text}</p>,
      go: w.moves[move].word,
      reason: NEEDS_REASON.includes(move) ? "must" : "may",
      run: async (reason) => {
        try {
          written(await moveOn(station.id, station.version, move, reason || undefined));
        } catch (cause) {
          // What stands there now is read anew; the dialog says that somebody was first.
          if (cause instanceof Refusal && cause.status === 412) onStale();
          throw cause;
        }
      },
    });
  const confirm = (how: (typeof HOWS)[number]) =>
    setQuestion({
      title: say(w.confirm.title, station.name),
      text: <p>{w.confirm.hows[how]}</p>,
      go: w.confirm.go,
      reason: "may",
      run: async (note) => written(await confirmStation(station.id, how, note || undefined)),
    });
  return (
    <>
      <div class="bar life">
        {first ? (
          <Button icon={MOVE_ICONS[first]} disabled={isDirty} onClick={() => put(first)}>
            {w.moves[first].word}
          </Button>
        ) : null}
        {station.allowed.includes("confirm") ? (
          <Menu icon="check" label={w.confirm.word} right>
            {(close) => (
              <div class="items">
                {HOWS.map((how) => (
                  <button
                    key={how}
                    type="button"
                    onClick={() => {
                      close();
                      confirm(how);
                    }}
                  >
                    {w.confirm.hows[how]}
                  </button>
                ))}
              </div>
            )}
          </Menu>
        ) : null}
        <a class="btn plain" href={`/staff/cards?q=${encodeURIComponent(station.code ?? station.name)}`}>
          {w.cards.print_one}
        </a>
        {rest.length > 0 && !isDirty ? (
          <Menu label={w.moves.more} right>
            {(close) => (
              <div class="items">
                {rest.map((move) => (
                  <button
                    key={move}
                    type="button"
                    onClick={() => {
                      close();
                      put(move);
                    }}
                  >
                    {w.moves[move].word}
                  </button>
                ))}
              </div>
            )}
          </Menu>
        ) : null}
      </div>
      {question ? <Ask question={question} onClose={() => setQuestion(undefined)} /> : null}
    </>
  );
}
