// Stars: the stations by their stars, one of them explained, and the rules in their versions.

import { useEffect, useState } from "preact/hooks";
import { moment } from "../format";
import { Button } from "../parts/button";
import { Head } from "../parts/head";
import { useLoaded } from "../parts/loaded";
import { Done, Failure, Loading, Nothing } from "../parts/notes";
import { useTask } from "../parts/task";
import { go, here } from "../route";
import { ownDistricts, session } from "../session";
import { districtName } from "../shell";
import { isEnglish, say, w } from "../words";
import {
  computeRatings,
  listRatings,
  type Ratings as Page,
  type Rated,
  type RulesVersions,
  readRules,
} from "./api";
import { Why } from "./explain";
import { starSigns } from "./figures";
import { RulesScreen } from "./rules";

/** Whether somebody may write rules and have stars given: he has the whole city. */
export function mayWrite(): boolean {
  return (session.value?.permissions.rating_write ?? []).some((prefix) => prefix.length <= 4);
}

/** The tabs of this part of the page. */
export function Tabs({ now }: { now: "table" | "rules" }) {
  return (
    <nav class="chips" aria-label={w.ratings.title}>
      {(["table", "rules"] as const).map((name) => (
        <a
          key={name}
          class={name === now ? "chip on" : "chip"}
          aria-current={name === now ? "page" : undefined}
          href={name === "table" ? "/staff/ratings" : "/staff/ratings/rules"}
        >
          {w.ratings.tabs[name]}
        </a>
      ))}
    </nav>
  );
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
  return <Table />;
}

/** The address with one part of the question put in another's place. */
function address(name: string, value: string): string {
  const url = new URL(here.value);
  if (value) url.searchParams.set(name, value);
  else url.searchParams.delete(name);
  return url.pathname + url.search;
}

function Table() {
  const asked = here.value.searchParams;
  const [stars, district, clause, station, q] = ["stars", "district", "clause", "station", "q"].map(
    (name) => asked.get(name) ?? "",
  ) as [string, string, string, string, string];
  const [rules, setRules] = useState<RulesVersions>();
  const [told, setTold] = useState("");
  const computing = useTask();
  const ask = (cursor?: string) => listRatings({ stars, district, clause, q, cursor });
  const loaded = useLoaded(JSON.stringify([stars, district, clause, q]), () => ask());
  const page = loaded.value;
  useEffect(() => {
    void readRules().then(setRules, () => undefined);
  }, []);
  const compute = () =>
    void computing.run(async () => {
      const { stations, changed } = await computeRatings();
      setTold(say(w.ratings.computed, { stations, changed }));
      loaded.renew();
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
      <Failure failure={computing.failure ?? loaded.failure} onRetry={loaded.renew} />
      <Filters
        page={page}
        stars={stars}
        district={district}
        clause={clause}
        q={q}
        clauses={clauses.map(({ code }) => ({ code, word: words(code) }))}
      />
      <div class={station ? "round" : ""}>
        <section class="panel tbl">
          {!page && !loaded.failure ? <Loading rows={8} /> : null}
          {page?.items.length === 0 ? <Nothing title={w.ratings.none} icon="star" /> : null}
          {page && page.items.length > 0 ? <Rows items={page.items} chosen={station} words={words} /> : null}
          {page?.next ? (
            <div class="pages">
              <Button
                look="quiet"
                busy={loaded.busy}
                onClick={() =>
                  loaded.more(
                    () => ask(page.next),
                    (before, more) => ({ ...more, items: [...before.items, ...more.items] }),
                  )
                }
              >
                {w.common.more}
              </Button>
            </div>
          ) : null}
        </section>
        {station ? (
          <aside class="panel pad" aria-label={w.ratings.why}>
            <p class="bar end">
              <a class="btn plain small" href={address("station", "")}>
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
  readonly district: string;
  readonly clause: string;
  readonly q: string;
  readonly clauses: readonly { code: string; word: string }[];
}

function Filters({ page, stars, district, clause, q, clauses }: FilterProps) {
  const count = (key: string) => (page ? ` ${page.counts[key] ?? 0}` : "");
  return (
    <>
      <nav class="chips" aria-label={w.ratings.by_stars}>
        <a
          class={stars === "" ? "chip on" : "chip"}
          aria-current={stars === "" ? "true" : undefined}
          href={address("stars", "")}
        >
          {w.ratings.any}
        </a>
        {["5", "4", "3", "2", "1", "0"].map((n) => (
          <a
            key={n}
            class={stars === n ? "chip on" : "chip"}
            aria-current={stars === n ? "true" : undefined}
            href={address("stars", n)}
          >
            {n === "0" ? w.ratings.no_stars : say(w.ratings.star_n, n)}
            {count(n)}
          </a>
        ))}
      </nav>
      <div class="bar wrap filters">
        <label class="find">
          <span class="vh">{w.ratings.find}</span>
          <input
            type="search"
            placeholder={w.ratings.find}
            value={q}
            onChange={(event) => go(address("q", event.currentTarget.value.trim()), true)}
          />
        </label>
        <Choice
          name="district"
          label={w.ratings.district}
          value={district}
          choices={ownDistricts.value.map(({ adcode }) => ({ code: adcode, word: districtName(adcode) }))}
        />
        <Choice name="clause" label={w.ratings.failed} value={clause} choices={clauses} />
      </div>
    </>
  );
}

function Choice(props: {
  name: string;
  label: string;
  value: string;
  choices: readonly { code: string; word: string }[];
}) {
  const { name, label, value, choices } = props;
  return (
    <select
      class="input narrow"
      aria-label={label}
      value={value}
      onChange={(event) => go(address(name, event.currentTarget.value), true)}
    >
      <option value="">
        {label}
        {w.common.colon}
        {w.ratings.any}
      </option>
      {choices.map(({ code, word }) => (
        <option key={code} value={code} selected={code === value}>
          {word}
        </option>
      ))}
    </select>
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
    <div class="scroll">
      <table class="roomy">
        <thead>
          <tr>
            <th scope="col">{w.ratings.station}</th>
            <th scope="col">{w.ratings.district}</th>
            <th scope="col">{w.ratings.stars}</th>
            <th scope="col" class="n">
              {w.ratings.score}
            </th>
            <th scope="col">{w.ratings.failed}</th>
            <th scope="col">{w.ratings.since}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((rated) => (
            <tr key={rated.id} class={rated.id === chosen ? "opened" : ""}>
              <td class="text">
                <a
                  href={address("station", rated.id)}
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
        </tbody>
      </table>
    </div>
  );
}

/** The first of several sentences, and how many there are in all. */
function shortened(sentences: readonly string[]): string {
  if (sentences.length === 0) return "–";
  const first = sentences.slice(0, 2).join(w.common.semicolon);
  return sentences.length > 2 ? `${first} ${say(w.ratings.in_all, sentences.length)}` : first;
}
