// Somebody else saved first: what they changed, what is mine, and which of both shall hold.

import { useState } from "preact/hooks";
import { Button } from "../parts/button";
import { Icon } from "../parts/icon";
import type { Facts, Station } from "../types";
import { say, w, wordIn } from "../words";
import { describe } from "./describe";
import { type Difference, differences, rebased, type Side } from "./merge";

interface Props {
  readonly base: Station;
  readonly values: Partial<Facts>;
  readonly theirs: Station;
  /** Goes on with these changes of their state. */
  readonly onGoOn: (values: Partial<Facts>) => void;
  /** Leaves mine and takes their state. */
  readonly onReload: () => void;
}

/** The difference between three states of a station. */
export function Conflict({ base, values, theirs, onGoOn, onReload }: Props) {
  const found = differences(base, values, theirs);
  const [choice, setChoice] = useState<Readonly<Record<string, Side>>>({});
  const open = found.filter(({ isConflict, part }) => isConflict && !choice[part]);
  return (
    <section class="conflict pad stack" aria-labelledby="conflict" tabIndex={-1} ref={(box) => box?.focus()}>
      <h3 id="conflict">
        <Icon name="warn" />
        {w.conflict.title}
      </h3>
      <p>{say(w.conflict.text, { mine: base.version, theirs: theirs.version })}</p>
      {found.map((difference) => (
        <One
          key={difference.part}
          difference={difference}
          side={choice[difference.part]}
          onPick={(side) => setChoice({ ...choice, [difference.part]: side })}
        />
      ))}
      <p role="status" class="cap">
        {open.length > 0 ? say(w.conflict.open, open.length) : w.conflict.ready}
      </p>
      <div class="bar">
        <Button disabled={open.length > 0} onClick={() => onGoOn(rebased(found, choice, theirs))}>
          {w.conflict.go_on}
        </Button>
        <Button look="quiet" onClick={onReload}>
          {w.conflict.reload}
        </Button>
      </div>
    </section>
  );
}

function One({
  difference,
  side,
  onPick,
}: {
  difference: Difference;
  side: Side | undefined;
  onPick: (side: Side) => void;
}) {
  const { part, base, mine, theirs, isConflict } = difference;
  const isMine = !isConflict && describe(part, base) !== describe(part, mine);
  return (
    <fieldset class={isConflict ? "versus" : "versus calm"}>
      <legend>{wordIn(w.fields, part)}</legend>
      <p class="cap">
        {w.conflict.before} <del>{describe(part, base)}</del>
      </p>
      {isConflict ? (
        (["mine", "theirs"] as const).map((which) => (
          <label key={which} class="check">
            <input
              type="radio"
              name={`side-${part}`}
              checked={side === which}
              onChange={() => onPick(which)}
            />
            <span>
              {w.conflict[which]} <ins>{describe(part, which === "mine" ? mine : theirs)}</ins>
            </span>
          </label>
        ))
      ) : (
        <p>
          {isMine ? w.conflict.only_mine : w.conflict.only_theirs}{" "}
          <ins>{describe(part, isMine ? mine : theirs)}</ins>
        </p>
      )}
    </fieldset>
  );
}
