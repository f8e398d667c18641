// What was redeemed on a day, with its sum, and taking one back.

import { useState } from "preact/hooks";
import { listDay, reverse } from "../phone/api";
import { yuan } from "../phone/money";
import { today } from "../phone/now";
import { Button, Failure, Icon, Loading, Nothing, useRead, useTask } from "../phone/parts";
import { when } from "../phone/time";
import type { Taken } from "../phone/types";
import { p, say } from "../phone/words";

/** The screen. */
export function DayList() {
  const [day, setDay] = useState(today);
  const read = useRead(`day ${day}`, () => listDay(day));
  const more = useTask();
  const { value } = read;
  const next = () =>
    more.run(async () => {
      if (!value) return;
      const page = await listDay(day, value.next);
      read.put({ ...page, items: [...value.items, ...page.items] });
    });
  return (
    <section class="b-day">
      <div class="b-line">
        <label for="day">{p.till.date}</label>
        <input
          id="day"
          type="date"
          value={day}
          onInput={(event) => setDay(event.currentTarget.value || day)}
        />
      </div>
      <Failure failure={value ? more.failure : read.failure} onRetry={read.renew} />
      {!value && !read.failure ? <Loading /> : null}
      {value ? (
        <p class="b-sum" role="status">
          {say(p.till.day_sum, { n: value.count, yuan: yuan(value.sum_fen) })}
        </p>
      ) : null}
      {value?.items.length === 0 ? <Nothing title={p.till.day_none} /> : null}
      <ul>
        {value?.items.map((taken) => (
          <One key={taken.id} taken={taken} onChanged={read.renew} />
        ))}
      </ul>
      {value?.next ? (
        <Button look="quiet wide" busy={more.busy} onClick={() => void next()}>
          {p.common.more}
        </Button>
      ) : null}
    </section>
  );
}

function One({ taken, onChanged }: { taken: Taken; onChanged: () => void }) {
  const [isAsking, setAsking] = useState(false);
  const { amount_fen, at, campaign, store, is_reversed, is_settled } = taken;
  return (
    <li class={is_reversed ? "back" : ""}>
      <div class="b-taken">
        <b>{say(p.common.yuan, { n: yuan(amount_fen) })}</b>
        <span>
          {when(at)} · {campaign.name}
          <small>{store.name}</small>
        </span>
        <Standing isReversed={is_reversed} isSettled={is_settled} />
        {is_reversed || is_settled || isAsking ? null : (
          <Button look="quiet" onClick={() => setAsking(true)}>
            {p.till.reverse}
          </Button>
        )}
      </div>
      {isAsking ? <Back taken={taken} onClose={() => setAsking(false)} onChanged={onChanged} /> : null}
    </li>
  );
}

function Standing({ isReversed, isSettled }: { isReversed: boolean; isSettled: boolean }) {
  if (!isReversed && !isSettled) return null;
  return (
    <em>
      <Icon name={isReversed ? "undo" : "check"} />
      {isReversed ? p.till.reversed : p.till.settled}
    </em>
  );
}

interface BackProps {
  readonly taken: Taken;
  readonly onClose: () => void;
  readonly onChanged: () => void;
}

/** Asks why, and takes it back. */
function Back({ taken, onClose, onChanged }: BackProps) {
  const [reason, setReason] = useState("");
  const task = useTask();
  const send = async (event: Event) => {
    event.preventDefault();
    if (await task.run(() => reverse(taken.id, reason.trim()))) {
      onClose();
      onChanged();
    }
  };
  return (
    <form class="b-back" onSubmit={send}>
      <b>{say(p.till.reverse_title, { n: yuan(taken.amount_fen) })}</b>
      <p class="cap">{p.till.reverse_text}</p>
      <Failure failure={task.failure} />
      <label for={`why-${taken.id}`}>{p.till.reason}</label>
      <input
        id={`why-${taken.id}`}
        required
        maxLength={200}
        value={reason}
        ref={takeFocus}
        onInput={(event) => setReason(event.currentTarget.value)}
      />
      <div class="one-line">
        <Button submit busy={task.busy}>
          {p.till.reverse}
        </Button>
        <Button look="plain" onClick={onClose}>
          {p.common.cancel}
        </Button>
      </div>
    </form>
  );
}

function takeFocus(input: HTMLInputElement | null): void {
  input?.focus();
}
