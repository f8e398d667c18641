// Hours that keepers propose: what is registered, what they wrote, what that comes to; taken over or refused.

import { useEffect, useState } from "preact/hooks";
import { Preview } from "../editor/hours";
import { moment } from "../format";
import { Button } from "../parts/button";
import { Dialog } from "../parts/dialog";
import { Text } from "../parts/field";
import { Failure, Loading, Nothing } from "../parts/notes";
import { useTask } from "../parts/task";
import { say, w, wordIn } from "../words";
import { listProposals, type Proposal, refuseProposal, takeProposal } from "./api";

/** The most characters of an answer, as the service has it. */
const ANSWER_CHARS = 200;

/** The proposals that wait, or those that were decided. */
export function Proposals({ state }: { state: "waiting" | "ended" }) {
  const [items, setItems] = useState<readonly Proposal[]>();
  const [next, setNext] = useState<string | null>(null);
  const [asked, setAsked] = useState<{ proposal: Proposal; deed: "take" | "refuse" }>();
  const task = useTask();
  const load = (cursor?: string | null) =>
    void task.run(async () => {
      const page = await listProposals(state, cursor);
      setItems([...(cursor ? (items ?? []) : []), ...page.items]);
      setNext(page.next ?? null);
    });
  useEffect(() => load(), [state]);
  const isWaiting = state === "waiting";
  return (
    <>
      <Failure failure={task.failure} onRetry={() => load()} />
      <section class="panel tbl">
        {!items ? <Loading rows={4} /> : null}
        {items?.length === 0 ? (
          <Nothing title={isWaiting ? w.cards.waiting_none : w.cards.ended_none} icon="clock">
            {isWaiting ? <p>{w.cards.waiting_none_text}</p> : null}
          </Nothing>
        ) : null}
        {items && items.length > 0 ? <Table items={items} onAsk={setAsked} /> : null}
        {next ? (
          <div class="pages">
            <Button look="quiet" busy={task.busy} onClick={() => load(next)}>
              {w.common.more}
            </Button>
          </div>
        ) : null}
      </section>
      {asked ? (
        <Decide
          {...asked}
          onClose={() => setAsked(undefined)}
          onDone={() => {
            setAsked(undefined);
            load();
          }}
        />
      ) : null}
    </>
  );
}

type Asking = (asked: { proposal: Proposal; deed: "take" | "refuse" }) => void;

function Table({ items, onAsk }: { items: readonly Proposal[]; onAsk: Asking }) {
  return (
    <div class="scroll">
      <table class="roomy">
        <thead>
          <tr>
            <th scope="col">{w.cards.station}</th>
            <th scope="col">{w.cards.now_hours}</th>
            <th scope="col">{w.cards.new_hours}</th>
            <th scope="col">{w.cards.when}</th>
            <th scope="col">{w.cards.outcome}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((proposal) => (
            <tr key={proposal.id}>
              <td>
                <a href={`/staff?station=${proposal.station.id}`}>{proposal.station.name}</a>
              </td>
              <td class="text">{proposal.present ?? "–"}</td>
              <td class="text">
                {proposal.text}
                <p class="cap">{proposal.words ? say(w.cards.read, proposal.words) : w.cards.unread}</p>
              </td>
              <td>{moment(proposal.created)}</td>
              <td>
                <Outcome proposal={proposal} onAsk={onAsk} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Outcome({ proposal, onAsk }: { proposal: Proposal; onAsk: Asking }) {
  if (proposal.outcome)
    return (
      <>
        {wordIn(w.cards.outcomes, proposal.outcome)}
        {proposal.answer ? <p class="cap">{proposal.answer}</p> : null}
      </>
    );
  const { name } = proposal.station;
  return (
    <div class="bar">
      <Button
        look="small"
        label={`${w.cards.take} ${name}`}
        onClick={() => onAsk({ proposal, deed: "take" })}
      >
        {w.cards.take}
      </Button>
      <Button
        look="quiet small"
        label={`${w.cards.refuse} ${name}`}
        onClick={() => onAsk({ proposal, deed: "refuse" })}
      >
        {w.cards.refuse}
      </Button>
    </div>
  );
}

function Decide(props: {
  proposal: Proposal;
  deed: "take" | "refuse";
  onClose: () => void;
  onDone: () => void;
}) {
  const { proposal, deed, onClose, onDone } = props;
  const [hours, setHours] = useState(proposal.hours ?? "");
  const [answer, setAnswer] = useState("");
  const task = useTask();
  const takes = deed === "take";
  const submit = (event: Event) => {
    event.preventDefault();
    void task.run(async () => {
      await (takes
        ? takeProposal(proposal, hours.trim(), answer.trim())
        : refuseProposal(proposal, answer.trim()));
      onDone();
    });
  };
  return (
    <Dialog title={takes ? w.cards.take_title : w.cards.refuse_title} onClose={onClose}>
      <form class="stack" onSubmit={submit}>
        <p>
          <b>{proposal.station.name}</b>
        </p>
        <p class="prose">{proposal.text}</p>
        <Failure failure={task.failure} />
        {takes ? (
          <>
            <Text
              label={w.cards.hours}
              name="hours"
              value={hours}
              onInput={setHours}
              faults={task.failure?.faults}
              required
            />
            <Preview text={hours} onTake={setHours} />
          </>
        ) : null}
        <Text
          label={takes ? w.cards.answer : w.cards.refuse_answer}
          name="answer"
          value={answer}
          onInput={setAnswer}
          faults={task.failure?.faults}
          max={ANSWER_CHARS}
          required={!takes}
        />
        <div class="bar end">
          <Button look="quiet" onClick={onClose}>
            {w.common.cancel}
          </Button>
          <Button type="submit" busy={task.busy}>
            {takes ? w.cards.take_go : w.cards.refuse_go}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
