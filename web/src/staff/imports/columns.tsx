// Step 1: which column feeds which field; what was recognised, what is remembered, and what nobody reads.

import { useState } from "preact/hooks";
import { Button } from "../parts/button";
import { Icon } from "../parts/icon";
import { isEnglish, say, w } from "../words";
import { correct } from "./state";
import { isOfColumns } from "./steps";
import type { FieldTerm, Heading, Import } from "./types";

/** A column's letter, as a spreadsheet has it: A to Z, then AA. */
export function letterOf(column: number): string {
  const rest = Math.floor(column / 26) - 1;
  return (rest >= 0 ? letterOf(rest) : "") + String.fromCharCode(65 + (column % 26));
}

/** The word for a field. */
export function fieldWord(fields: readonly FieldTerm[], code: string): string {
  const term = fields.find((field) => field.code === code);
  return (isEnglish ? term?.en : term?.zh) ?? code;
}

/**
 * The mapping that gives a column other fields. A field comes from one column, so others lose what this one takes.
 */
export function withFields(
  headings: readonly Heading[],
  column: number,
  fields: readonly string[],
): Record<string, readonly string[]> {
  const changed: Record<string, readonly string[]> = { [String(column)]: fields };
  for (const other of headings) {
    if (other.column === column || !other.fields.some((field) => fields.includes(field))) continue;
    changed[String(other.column)] = other.fields.filter((field) => !fields.includes(field));
  }
  return changed;
}

const ICONS = { recognised: "check", remembered: "clock", given: "user", none: "info" } as const;

/** The step of the columns. */
export function ColumnsStep({ it, isLocked }: { it: Import; isLocked: boolean }) {
  const [moved, setMoved] = useState("");
  const unread = it.headings.filter(({ fields }) => fields.length === 0).length;
  const wrongs = it.problems.filter((one) => isOfColumns(one) && one.level !== "info");
  const put = (heading: Heading, fields: readonly string[]) => {
    const map = withFields(it.headings, heading.column, fields);
    const loser = it.headings.find(({ column }) => column !== heading.column && String(column) in map);
    setMoved(loser ? say(w.imports.columns.moved, { from: nameOf(loser), to: nameOf(heading) }) : "");
    void correct({ map });
  };
  return (
    <section class="panel tbl grow" aria-labelledby="columns">
      <header class="step-head">
        <h2 id="columns">{w.imports.columns.title}</h2>
        <p class="cap">
          {w.imports.columns.text}{" "}
          {unread > 0 ? say(w.imports.columns.unread, unread) : w.imports.columns.all_read}
        </p>
        <p role="status" class="mid">
          {moved}
        </p>
        {wrongs.map((problem) => (
          <p key={problem.code + problem.detail} class={problem.level === "error" ? "note bad" : "note"}>
            <Icon name={problem.level === "error" ? "warn" : "info"} />
            <span>
              {typeof problem.column === "string" ? say(w.imports.columns.of, problem.column) : ""}
              {problem.detail}
            </span>
          </p>
        ))}
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keys */}
      <div class="scroll" tabIndex={0}>
        <table class="roomy mapping">
          <thead>
            <tr>
              <th scope="col">{w.imports.columns.heading}</th>
              <th scope="col">{w.imports.columns.samples}</th>
              <th scope="col">{w.imports.columns.feeds}</th>
              <th scope="col">{w.imports.columns.source}</th>
            </tr>
          </thead>
          <tbody>
            {it.headings.map((heading) => (
              <One key={heading.column} heading={heading} it={it} isLocked={isLocked} onPut={put} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function nameOf(heading: Heading): string {
  return heading.heading || letterOf(heading.column);
}

interface OneProps {
  readonly heading: Heading;
  readonly it: Import;
  readonly isLocked: boolean;
  readonly onPut: (heading: Heading, fields: readonly string[]) => void;
}

function One({ heading, it, isLocked, onPut }: OneProps) {
  const { column, fields, source, samples } = heading;
  const [isAdding, setAdding] = useState(false);
  const shown = fields.length === 0 || isAdding ? [...fields, ""] : fields;
  const pick = (at: number, code: string) => {
    setAdding(false);
    const next = shown.map((field, i) => (i === at ? code : field)).filter(Boolean);
    onPut(heading, [...new Set(next)]);
  };
  return (
    <tr class={fields.length === 0 ? "unread" : undefined}>
      <th scope="row">
        <span class="letter">{letterOf(column)}</span>
        {heading.heading || w.imports.columns.no_heading}
      </th>
      <td class="text samples">
        {samples.map((sample, i) => (
          <q key={i}>{sample}</q>
        ))}
      </td>
      <td>
        <span class="feeds">
          {shown.map((field, i) => (
            <select
              key={field || `new-${i}`}
              class="input"
              aria-label={say(w.imports.columns.feeds_of, nameOf(heading))}
              value={field}
              disabled={isLocked}
              onChange={(event) => pick(i, event.currentTarget.value)}
            >
              <option value="">{w.imports.columns.none}</option>
              {it.fields.map(({ code }) => (
                <option key={code} value={code} selected={code === field}>
                  {fieldWord(it.fields, code)}
                </option>
              ))}
            </select>
          ))}
          {fields.length > 0 && !isAdding && !isLocked ? (
            <Button
              look="plain small"
              icon="plus"
              label={say(w.imports.columns.add_of, nameOf(heading))}
              onClick={() => setAdding(true)}
            >
              {w.imports.columns.add}
            </Button>
          ) : null}
        </span>
      </td>
      <td>
        <span class={`from ${source}`}>
          <Icon name={ICONS[source]} />
          {w.imports.columns.sources[source]}
        </span>
      </td>
    </tr>
  );
}
