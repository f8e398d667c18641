// What became of a case elsewhere: a station, a report, an activity, a benefit, a delivery.

import { useState } from "preact/hooks";
import { Button } from "../../staff/parts/button";
import { Ask, Dialog } from "../../staff/parts/dialog";
import { Pick, Text } from "../../staff/parts/field";
import { Icon } from "../../staff/parts/icon";
import { Failure } from "../../staff/parts/notes";
import { useTask } from "../../staff/parts/task";
import { addLink, readCase, removeLink } from "../api";
import { may } from "../session";
import type { Case, Link } from "../types";
import { g, say, w, wordIn } from "../words";

const KINDS = ["station", "report", "activity", "benefit", "delivery"] as const;

/** The panel. */
export function Links({ of, onChange }: { of: Case; onChange: (next: Case) => void }) {
  const [isAdding, setAdding] = useState(false);
  const links = of.links ?? [];
  const mayAdd = ["grievance_handle", "grievance_intake", "grievance_supervise"].some((right) => may(right));
  const [removed, setRemoved] = useState<Link>();
  if (links.length === 0 && !mayAdd) return null;
  return (
    <section class="panel pad stack">
      <h2>{g.links.title}</h2>
      {links.length === 0 ? <p class="cap">{g.links.none}</p> : null}
      <ul class="plain-list">
        {links.map((link) => (
          <li key={link.kind + link.object}>
            <small>{wordIn(g.links.kinds, link.kind)}</small> <Target link={link} />
            {mayAdd ? (
              <button
                type="button"
                class="bare"
                aria-label={say(g.links.remove_of, { object: link.name || link.object })}
                onClick={() => setRemoved(link)}
              >
                <Icon name="close" />
              </button>
            ) : null}
            {link.note ? <p class="cap prose">{link.note}</p> : null}
          </li>
        ))}
      </ul>
      {mayAdd ? (
        <Button look="quiet small" icon="plus" onClick={() => setAdding(true)}>
          {g.links.add}
        </Button>
      ) : null}
      {removed ? (
        <Ask
          question={{
            title: g.links.remove,
            text: <p>{say(g.links.remove_text, { object: removed.name || removed.object })}</p>,
            go: g.links.remove,
            reason: "no",
            run: async () => onChange(await removeLink(of.id, of.version, removed)),
          }}
          onClose={() => setRemoved(undefined)}
        />
      ) : null}
      {isAdding ? <Add of={of} onChange={onChange} onClose={() => setAdding(false)} /> : null}
    </section>
  );
}

function Target({ link }: { link: Link }) {
  const words = link.name || link.object;
  const pages: Readonly<Record<string, string>> = { station: "/staff?station=", report: "/staff/reports/" };
  const page = pages[link.kind];
  return page ? <a href={page + encodeURIComponent(link.object)}>{words}</a> : <span>{words}</span>;
}

function Add({ of, onChange, onClose }: { of: Case; onChange: (next: Case) => void; onClose: () => void }) {
  const [kind, setKind] = useState<string>("station");
  const [object, setObject] = useState("");
  const [note, setNote] = useState("");
  const task = useTask();
  const send = async (event: Event) => {
    event.preventDefault();
    const body = { kind, object: object.trim(), ...(note.trim() ? { note: note.trim() } : {}) };
    const isDone = await task.run(async () => {
      await addLink(of.id, of.version, body);
      onChange(await readCase(of.id));
    });
    if (isDone) onClose();
  };
  return (
    <Dialog title={g.links.add} onClose={onClose}>
      <form class="stack" onSubmit={send}>
        <Failure failure={task.failure} />
        <Pick
          label={g.links.kind}
          name="kind"
          value={kind}
          choices={KINDS.map((code) => ({ code, word: g.links.kinds[code] }))}
          onPick={setKind}
          faults={task.failure?.faults}
        />
        <Text
          label={g.links.object}
          name="object"
          value={object}
          onInput={setObject}
          required
          max={100}
          hint={g.links.object_hint}
          faults={task.failure?.faults}
        />
        <Text label={g.links.note + g.common.optional} name="note" value={note} onInput={setNote} max={300} />
        <div class="bar end">
          <Button look="quiet" onClick={onClose}>
            {w.common.cancel}
          </Button>
          <Button type="submit" busy={task.busy}>
            {g.links.add}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
