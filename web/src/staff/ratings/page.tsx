// Stars: the stations by their stars, one of them explained, and the rules in their versions.

import { useEffect, useState } from "preact/hooks";
import { moment } from "../format";
import { addressWith, filtersOf } from "../list/address";
import { Chips } from "../list/chips";
import { DistrictFilter, FilterBar, FindFilter, PickFilter } from "../list/filters";
import { ListFrame, Table } from "../list/frame";
import { useList } from "../list/use-list";
import { Button } from "../parts/button";
import { Head } from "../parts/head";
import { Done, Failure } from "../parts/notes";
import { useTask } from "../parts/task";
import { here } from "../route";
import { session } from "../session";
import { districtName } from "../shell";
import { isEnglish, say, w } from "../words";
import { computeRatings, type Ratings as Page, type Rated, type RulesVersions, readRules } from "./api";
import { Why } from "./explain";
import { starSigns } from "./figures";
import { RulesScreen } from "./rules";

/** Whether somebody may write rules and have stars given: he has the whole city. */
export function mayWrite(): boolean {
  return (session.value?.permissions.rating_write ?? []).some((prefix) => prefix.length <= 4);
}

/** The tabs of this part of the page. */
export function Tabs({ now }: { now: "table" | "rules" }) {
  const chips = (["table", "rules"] as const).map((name) => ({
    key: name,
    word: w.ratings.tabs[name],
    href: name === "table" ? "/staff/ratings" : "/staff/ratings/rules",
    on: name === now,
  }));
  return <Chips label={w.ratings.title} chips={chips} />;
}

/** Stars as signs and as a word. */
export function Stars({ stars }: { stars: number | null }) {
  if (stars === null) return <span class="cap">{w.ratings.not_yet}</span>;
  if (stars === 0) return <span class="cap">{w.ratings.no_stars}</span>;
  const [lit, rest] = starSigns(stars);
  return (
    <span class="stars" role="img" aria-label={say(w.ratings.star_n, stars)}>
      {lit}
      <i>{rest}</i>
    </span>
  );
}

/** The screen. */
export function Ratings() {
  if (here.value.pathname === "/staff/ratings/rules") return <RulesScreen />;
  return <Board />;
}

function Board() {
  const { station, ...asked } = filtersOf(["stars", "district", "clause", "q", "station"]);
  const [rules, setRules] = useState<RulesVersions>();
  const [told, setTold] = useState("");
  const computing = useTask();
  const list = useList<Rated, Page>("/api/v1/ratings", { ...asked, limit: 100 });
  const { page } = list;
  useEffect(() => {
    void readRules().then(setRules, () => undefined);
  }, []);
  const compute = () =>
    void computing.run(async () => {
      const { stations, changed } = await computeRatings();
      setTold(say(w.ratings.computed, { stations, changed }));
      list.renew();
    });
  const clauses = rules?.items[0]?.rules.clauses ?? [];
  const words = (code: string) => {
    const found = clauses.find((c) => c.code === code);
    return found ? (isEnglish ? found.en : found.zh) : code;
  };
  return (
    <>
      <Head
        title={w.ratings.title}
        note={page ? say(w.ratings.rules_version, page.rules_version) : undefined}
      >
        <span class="cap">{w.ratings.nightly}</span>
        {mayWrite() ? (
          <Button busy={computing.busy} onClick={compute}>
            {w.ratings.compute}
          </Button>
        ) : null}
      </Head>
      <Tabs now="table" />
      {told ? <Done>{told}</Done> : null}
      <Failure failure={computing.failure} />
      <Filters
        page={page}
        stars={asked.stars}
        clauses={clauses.map(({ code }) => ({ code, word: words(code) }))}
      />
      <div class={station ? "round" : ""}>
        <ListFrame list={list} none={w.ratings.none} icon="star" rows={8}>
          {(items) => <Rows items={items} chosen={station} words={words} />}
        </ListFrame>
        {station ? (
          <aside class="panel pad" aria-label={w.ratings.why}>
            <p class="bar end">
              <a class="btn plain small" href={addressWith({ station: "" })}>
                {w.ratings.close}
              </a>
            </p>
            <Why key={station} station={station} />
          </aside>
        ) : null}
      </div>
    </>
  );
}

interface FilterProps {
  readonly page: Page | undefined;
  readonly stars: string;
  readonly clauses: readonly { code: string; word: string }[];
}

function Filters({ page, stars, clauses }: FilterProps) {
  const word = (n: string) => (n === "0" ? w.ratings.no_stars : say(w.ratings.star_n, n));
  const chips = ["", "5", "4", "3", "2", "1", "0"].map((n) => ({
    key: n,
    word: n ? `${word(n)}${page ? ` ${page.counts[n] ?? 0}` : ""}` : w.ratings.any,
    href: addressWith({ stars: n }),
    on: stars === n,
  }));
  return (
    <>
      <Chips label={w.ratings.by_stars} chips={chips} />
      <FilterBar>
        <FindFilter label={w.ratings.find} />
        <DistrictFilter none={w.ratings.any} />
        <PickFilter name="clause" label={w.ratings.failed} none={w.ratings.any} choices={clauses} />
      </FilterBar>
    </>
  );
}

function Rows({
  items,
  chosen,
  words,
}: {
  items: readonly Rated[];
  chosen: string;
  words: (code: string) => string;
}) {
  return (
    <Table
      columns={[
        w.ratings.station,
        w.ratings.district,
        w.ratings.stars,
        [w.ratings.score, "n"],
        w.ratings.failed,
        w.ratings.since,
      ]}
    >
      {items.map((rated) => (
        <tr key={rated.id} class={rated.id === chosen ? "opened" : ""}>
          <td class="text">
            <a
              href={addressWith({ station: rated.id })}
              aria-current={rated.id === chosen ? "true" : undefined}
            >
              {rated.name}
            </a>
          </td>
          <td>{rated.district ? districtName(rated.district) : "–"}</td>
          <td>
            <Stars stars={rated.stars} />
          </td>
          <td class="n">{rated.score === null ? "–" : say(w.ratings.score_text, rated.score)}</td>
          <td class="text">{shortened(rated.failed.map(words))}</td>
          <td>{moment(rated.at)}</td>
        </tr>
      ))}
    </Table>
  );
}

/** The first of several sentences, and how many there are in all. */
function shortened(sentences: readonly string[]): string {
  if (sentences.length === 0) return "–";
  const first = sentences.slice(0, 2).join(w.common.semicolon);
  return sentences.length > 2 ? `${first} ${say(w.ratings.in_all, sentences.length)}` : first;
}
