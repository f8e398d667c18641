// Hours that keepers propose: what is registered, what they wrote, what that comes to; taken over or refused.

import { useState } from "preact/hooks";
import { Preview } from "../editor/hours";
import { moment } from "../format";
import { ListFrame, Table } from "../list/frame";
import { useList } from "../list/use-list";
import { Button } from "../parts/button";
import { Dialog } from "../parts/dialog";
import { Text } from "../parts/field";
import { Failure } from "../parts/notes";
import { useTask } from "../parts/task";
import { say, w, wordIn } from "../words";
import { type Proposal, refuseProposal, takeProposal } from "./api";

/** The most characters of an answer, as the service has it. */
const ANSWER_CHARS = 200;

/** The proposals that wait, or those that were decided. */
export function Proposals({ state }: { state: "waiting" | "ended" }) {
  const list = useList<Proposal>("/api/v1/proposals", { state });
  const [asked, setAsked] = useState<{ proposal: Proposal; deed: "take" | "refuse" }>();
  const [none, text] =
    state === "waiting" ? [w.cards.waiting_none, w.cards.waiting_none_text] : [w.cards.ended_none];
  return (
    <>
      <ListFrame list={list} none={none} text={text} icon="clock" rows={4}>
        {(items) => <Rows items={items} onAsk={setAsked} />}
      </ListFrame>
      {asked ? (
        <Decide
          {...asked}
          onClose={() => setAsked(undefined)}
          onDone={() => {
            setAsked(undefined);
            list.renew();
          }}
        />
      ) : null}
    </>
  );
}

type Asking = (asked: { proposal: Proposal; deed: "take" | "refuse" }) => void;

function Rows({ items, onAsk }: { items: readonly Proposal[]; onAsk: Asking }) {
  return (
    <Table columns={[w.cards.station, w.cards.now_hours, w.cards.new_hours, w.cards.when, w.cards.outcome]}>
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
    </Table>
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
