// The list of rounds, and the way to the findings and to a new round.

import { day } from "../format";
import { Button } from "../parts/button";
import { Head } from "../parts/head";
import { Icon } from "../parts/icon";
import { useLoaded } from "../parts/loaded";
import { Failure, Loading, Nothing } from "../parts/notes";
import { here } from "../route";
import { may } from "../session";
import { districtName } from "../shell";
import { say, w } from "../words";
import { listRounds, type Round } from "./api";

/** A date as one reads it. */
export const dayOf = (date: string) => day(`${date}T12:00:00+08:00`);

/** The tabs of this part of the page. */
export function Tabs({ now }: { now: "open" | "closed" | "findings" }) {
  const tabs = [
    ["open", "/staff/rounds"],
    ["closed", "/staff/rounds?state=closed"],
    ["findings", "/staff/rounds/findings"],
  ] as const;
  if (!may("inspection_do")) return null;
  return (
    <nav class="chips" aria-label={w.rounds.title}>
      {tabs.map(([name, href]) => (
        <a
          key={name}
          class={name === now ? "chip on" : "chip"}
          aria-current={name === now ? "page" : undefined}
          href={href}
        >
          {w.rounds.tabs[name]}
        </a>
      ))}
    </nav>
  );
}

/** How far a round is: a bar with its figures. */
export function Progress({ done, of }: { done: number; of: number }) {
  return (
    <span class="progress">
      <progress max={Math.max(1, of)} value={done} aria-label={w.rounds.progress} />
      {done} / {of}
    </span>
  );
}

/** The list. */
export function RoundList() {
  const state = here.value.searchParams.get("state") === "closed" ? "closed" : "open";
  const page = useLoaded(state, () => listRounds(state));
  const { items, next } = page.value ?? {};
  return (
    <>
      <Head title={w.rounds.title}>
        <a class="btn quiet" href="/staff/walk">
          <Icon name="list" />
          {w.rounds.along}
        </a>
        {may("inspection_plan") ? (
          <a class="btn" href="/staff/rounds/new">
            <Icon name="plus" />
            {w.rounds.plan}
          </a>
        ) : null}
      </Head>
      <Tabs now={state} />
      <Failure failure={page.failure} onRetry={page.renew} />
      <section class="panel tbl">
        {!items && !page.failure ? <Loading rows={5} /> : null}
        {items?.length === 0 ? (
          <Nothing title={w.rounds.none} icon="check">
            <p>{w.rounds.none_text}</p>
          </Nothing>
        ) : null}
        {items && items.length > 0 ? <Table items={items} /> : null}
        {next ? (
          <div class="pages">
            <Button
              look="quiet"
              busy={page.busy}
              onClick={() =>
                page.more(
                  () => listRounds(state, next),
                  (before, more) => ({ ...more, items: [...before.items, ...more.items] }),
                )
              }
            >
              {w.common.more}
            </Button>
          </div>
        ) : null}
      </section>
    </>
  );
}

/** Whose stations a round is about. */
export function scopeWords(scope: string): string {
  return scope.length === 6 ? districtName(scope) : w.rounds.whole_city;
}

function Table({ items }: { items: readonly Round[] }) {
  return (
    <div class="scroll">
      <table class="roomy">
        <thead>
          <tr>
            <th scope="col">{w.rounds.name}</th>
            <th scope="col">{w.rounds.scope}</th>
            <th scope="col">{w.rounds.days}</th>
            <th scope="col">{w.rounds.inspector}</th>
            <th scope="col">{w.rounds.progress}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((round) => (
            <tr key={round.id}>
              <td class="text">
                <a href={`/staff/rounds/${round.id}`}>{round.name}</a>
              </td>
              <td>{scopeWords(round.scope)}</td>
              <td>{say(w.rounds.from_to, { from: dayOf(round.first_day), to: dayOf(round.last_day) })}</td>
              <td>{round.inspector ? (round.inspector.name ?? w.people.erased) : w.rounds.nobody}</td>
              <td>
                <Progress done={round.done} of={round.stations} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
