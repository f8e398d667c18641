// Publication: what may be shown to everybody, in words edited for it, with the original beside.

import { useEffect, useState } from "preact/hooks";
import { MoreButton } from "../../staff/list/frame";
import { useList } from "../../staff/list/use-list";
import { Button } from "../../staff/parts/button";
import { Ask } from "../../staff/parts/dialog";
import { Check, Text } from "../../staff/parts/field";
import { Done, Failure, Loading, Nothing } from "../../staff/parts/notes";
import { useTask } from "../../staff/parts/task";
import { BASE, publish, readCase, readPublication, withdrawPublication } from "../api";
import { Head } from "../parts/head";
import { dayWords } from "../parts/time";
import type { Case, Published, Row } from "../types";
import { g, say } from "../words";

/** The screen; `rest` is the case that is cleared. */
export function Publication({ rest }: { rest: string }) {
  const ready = useList<Row>(BASE, { limit: 100, publication: "ready" });
  const shown = useList<Row>(BASE, { limit: 100, publication: "published" });
  const renew = () => {
    ready.renew();
    shown.renew();
  };
  return (
    <>
      <Head title={g.publication.title} note={g.publication.note} />
      <Failure failure={ready.failure ?? shown.failure} onRetry={renew} />
      <div class="calls">
        <section class="panel waiting-list">
          {!ready.items && !ready.failure ? <Loading rows={6} /> : null}
          {ready.items?.length === 0 ? (
            <Nothing title={g.publication.none} icon="check">
              <p>{g.publication.none_text}</p>
            </Nothing>
          ) : null}
          <Listed title={g.publication.ready} rows={ready.items} chosen={rest} />
          <MoreButton list={ready} />
          <Listed title={g.publication.shown} rows={shown.items} chosen={rest} />
          <MoreButton list={shown} />
        </section>
        {rest ? (
          <Clear key={rest} id={rest} onDone={renew} />
        ) : (
          <section class="panel">
            <Nothing title={g.publication.choose} icon="msg" />
          </section>
        )}
      </div>
    </>
  );
}

function Listed(props: { title: string; rows: readonly Row[] | undefined; chosen: string }) {
  const { title, rows, chosen } = props;
  if (!rows || rows.length === 0) return null;
  return (
    <>
      <h2>
        {title} {rows.length}
      </h2>
      <ul>
        {rows.map((row) => (
          <li key={row.id}>
            <a
              href={`/grievances/publication/${row.id}`}
              aria-current={chosen === row.id ? "true" : undefined}
            >
              <b>{row.number}</b>
              <span>{row.category.name}</span>
              <span class="text">{row.summary ?? g.common.sealed}</span>
            </a>
          </li>
        ))}
      </ul>
    </>
  );
}

function Clear({ id, onDone }: { id: string; onDone: () => void }) {
  const [one, setOne] = useState<Case>();
  const [published, setPublished] = useState<Published>();
  const task = useTask();
  const load = () =>
    void task.run(async () => {
      const [next, told] = await Promise.all([readCase(id), readPublication(id)]);
      setPublished(told);
      setOne(next);
    });
  useEffect(load, [id]);
  if (!one) {
    return (
      <section class="panel">
        <Failure failure={task.failure} onRetry={load} />
        {task.failure ? null : <Loading rows={6} />}
      </section>
    );
  }
  const answer = one.timeline.filter(({ action }) => action === "answer").at(-1)?.text;
  return (
    <div class="pair">
      <section class="panel pad stack">
        <h2>{g.publication.original}</h2>
        <p class="prose quote">{one.text ?? g.case.sealed_text}</p>
        <h3>{g.publication.answer}</h3>
        <p class="prose quote">{answer ?? "–"}</p>
        {one.outcome ? <p>{g.outcomes[one.outcome]}</p> : null}
      </section>
      {one.may_publish ? (
        <Edit of={one} published={published} onChange={load} onDone={onDone} />
      ) : (
        <section class="panel pad">
          <Nothing title={g.publication.refused} icon="lock">
            <p>{g.publication.refused_text}</p>
          </Nothing>
        </section>
      )}
    </div>
  );
}

interface EditProps {
  readonly of: Case;
  readonly published: Published | undefined;
  readonly onChange: () => void;
  readonly onDone: () => void;
}

function Edit({ of, published, onChange, onDone }: EditProps) {
  const [title, setTitle] = useState(published?.title ?? "");
  const [text, setText] = useState(published?.text ?? "");
  const [isChecked, setChecked] = useState(false);
  const [isAsking, setAsking] = useState(false);
  const [said, setSaid] = useState("");
  const task = useTask();
  const send = async (event: Event) => {
    event.preventDefault();
    setSaid("");
    if (!(await task.run(() => publish(of.id, of.version, { title: title.trim(), text: text.trim() }))))
      return;
    setSaid(g.publication.done);
    onChange();
    onDone();
  };
  const withdraw = async () => {
    await withdrawPublication(of.id, of.version);
    setSaid(g.publication.withdrawn);
    onChange();
    onDone();
  };
  return (
    <form class="panel pad stack" onSubmit={send}>
      <h2>{g.publication.edited}</h2>
      <Failure failure={task.failure} />
      {said ? <Done>{said}</Done> : null}
      {published ? (
        <p class="cap">
          <a href={`/grievance/published/${of.id}`} target="_blank" rel="noreferrer">
            {say(g.publication.since, { day: dayWords(published.published) })}
          </a>
        </p>
      ) : null}
      <Text
        label={g.publication.heading}
        name="title"
        value={title}
        onInput={setTitle}
        required
        max={60}
        faults={task.failure?.faults}
      />
      <Text
        label={g.publication.text}
        name="text"
        value={text}
        onInput={setText}
        lines={9}
        required
        max={2000}
        hint={`${g.publication.text_hint} ${say(g.publication.length, [...text].length)}`}
        faults={task.failure?.faults}
      />
      <Check label={g.publication.check} on={isChecked} onChange={setChecked} />
      <div class="bar end">
        {published ? (
          <Button look="quiet bad" onClick={() => setAsking(true)}>
            {g.publication.withdraw}
          </Button>
        ) : null}
        <Button type="submit" busy={task.busy} disabled={!isChecked}>
          {g.publication.go}
        </Button>
      </div>
      {isAsking ? (
        <Ask
          question={{
            title: g.publication.withdraw,
            text: <p>{g.publication.withdraw_text}</p>,
            go: g.publication.withdraw,
            reason: "no",
            run: withdraw,
          }}
          onClose={() => setAsking(false)}
        />
      ) : null}
    </form>
  );
}
