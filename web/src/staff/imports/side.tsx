// Beside the sheet: how many rows are fine, which coordinate system holds, and the kinds of problems as filters.

import { Icon } from "../parts/icon";
import { say, w, wordIn } from "../words";
import { hrefOf, hrefOfKind, type RowFilter } from "./steps";
import type { Import, Level } from "./types";

const ICONS: Readonly<Record<Level, string>> = { error: "warn", warning: "info", info: "info", ok: "check" };
const LOOKS: Readonly<Record<Level, string>> = { error: "bad", warning: "mid", info: "", ok: "fine" };
const FIGURES = ["ok", "warning", "error"] as const;

/** The panels. */
export function Side({ it, filter }: { it: Import; filter: RowFilter }) {
  const count = { ok: it.ok, warning: it.warnings, error: it.errors };
  return (
    <div class="side">
      <nav class="panel" aria-label={w.imports.problems.levels}>
        <h2>{say(w.imports.problems.of_rows, it.rows)}</h2>
        <div class="tri">
          {FIGURES.map((level) => (
            <a
              key={level}
              class={count[level] > 0 ? LOOKS[level] : "zero"}
              href={hrefOf(it.id, "problems", { level })}
              aria-current={filter.levels.includes(level) ? "true" : undefined}
            >
              <b>{count[level]}</b>
              <span>
                <Icon name={ICONS[level]} />
                {w.imports.levels[level]}
              </span>
            </a>
          ))}
        </div>
        <p class="cap">
          <a href={hrefOf(it.id, "problems")}>{w.imports.problems.show_all}</a>
          {it.parked > 0 ? ` · ${say(w.imports.problems.parked, it.parked)}` : null}
          {it.skipped > 0 ? ` · ${say(w.imports.problems.skipped, it.skipped)}` : null}
        </p>
      </nav>
      <Systems it={it} />
      <Kinds it={it} filter={filter} />
    </div>
  );
}

/** The share of rows in their district for each system, in short. */
function Systems({ it }: { it: Import }) {
  const isOpen = it.crs.doubtful && !it.options.crs_confirmed;
  return (
    <section class="panel" aria-labelledby="systems">
      <h2 id="systems">{w.imports.place.short}</h2>
      <ul class="systems">
        {it.crs.evidence.map(({ crs, inside, outside }) => (
          <li key={crs} class={crs === it.options.crs ? "on" : undefined}>
            <span>{w.imports.systems[crs].name}</span>
            <span class="track" aria-hidden="true">
              <span style={{ width: `${(inside / Math.max(1, inside + outside)) * 100}%` }} />
            </span>
            <span>
              {inside}/{inside + outside}
            </span>
          </li>
        ))}
      </ul>
      <p class={isOpen ? "cap mid" : "cap"}>
        {isOpen ? (
          <a href={hrefOf(it.id, "place")}>{w.imports.place.to_confirm}</a>
        ) : (
          say(it.options.crs_confirmed ? w.imports.place.confirmed : w.imports.place.plain, {
            system: w.imports.systems[it.options.crs].name,
          })
        )}
      </p>
    </section>
  );
}

/** The kinds of problems, errors first. */
function Kinds({ it, filter }: { it: Import; filter: RowFilter }) {
  const of = (level: Level) => it.codes.filter((one) => one.level === level && one.count > 0);
  const levels = (["error", "warning", "info"] as const).filter((level) => of(level).length > 0);
  if (levels.length === 0) return null;
  return (
    <nav class="panel kinds" aria-label={w.imports.problems.kinds}>
      {levels.map((level) => (
        <section key={level}>
          <h2>{w.imports.problems.first[level]}</h2>
          <ul>
            {of(level).map(({ code, count }) => (
              <li key={code}>
                <a
                  class={LOOKS[level]}
                  href={hrefOfKind(it.id, code)}
                  aria-current={filter.code === code ? "true" : undefined}
                >
                  <Icon name={ICONS[level]} />
                  <span>{wordIn(w.imports.kinds, code)}</span>
                  <b>{count}</b>
                </a>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </nav>
  );
}
