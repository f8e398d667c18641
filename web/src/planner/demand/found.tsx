// What was found in a file: what would be written, what should be looked at, or why nothing was written.

import { useEffect, useRef } from "preact/hooks";
import type { Refusal } from "../../staff/http";
import { Icon } from "../../staff/parts/icon";
import { wordsOf } from "../../staff/parts/task";
import type { Brought } from "../api";
import { count, p, say, w } from "../words";

/** So many remarks are listed. */
const MOST = 100;

/** Why a file was refused: each fault with its row, and that the old layer stays. */
export function Refused({ failure }: { failure: Refusal }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    box.current?.focus();
  }, [failure]);
  return (
    <div class="note bad" role="alert" tabIndex={-1} ref={box}>
      <Icon name="warn" />
      <div>
        <b>{p.upload.refused}</b>
        <p>{wordsOf(failure)}</p>
        {failure.faults.length > 0 ? (
          <ul class="faults" aria-label={p.upload.faults}>
            {failure.faults.slice(0, MOST).map(({ field, detail }, i) => (
              <li key={`${field}${i}`}>
                <b>{fieldWords(field)}</b>
                {w.common.colon}
                {detail}
              </li>
            ))}
          </ul>
        ) : null}
      </div>
    </div>
  );
}

/** Where a fault is: `row 5 weight` as people say it. */
export function fieldWords(field: string): string {
  const [, row, column] = /^(?:row|feature) (\d+)(?: (.*))?$/.exec(field) ?? [];
  if (!row) return field;
  return [say(p.upload.row, row), column].filter(Boolean).join(" ");
}

/** What the trial found. */
export function Found({ brought }: { brought: Brought }) {
  const box = useRef<HTMLElement>(null);
  useEffect(() => {
    box.current?.scrollIntoView({ block: "nearest" });
  }, []);
  const { rows, points, people, by_district = [], outside = 0, uncertain = 0, problems } = brought;
  const all = problems.length + (brought.more_problems ?? 0);
  return (
    <section class="found" ref={box} aria-label={p.upload.found}>
      <p class="note good" role="status">
        <Icon name="check" />
        <span>
          {say(people === undefined ? p.upload.would_points : p.upload.would, {
            rows: count(rows),
            points: count(points),
            people: count(people ?? 0),
          })}
        </span>
      </p>
      {outside > 0 ? (
        <p class="note">
          <Icon name="warn" />
          <span>{say(p.upload.outside, count(outside))}</span>
        </p>
      ) : null}
      {uncertain > 0 ? (
        <p class="note">
          <Icon name="info" />
          <span>{say(p.upload.uncertain, count(uncertain))}</span>
        </p>
      ) : null}
      {by_district.length > 0 ? (
        <table class="small">
          <thead>
            <tr>
              <th scope="col">{p.upload.district}</th>
              <th scope="col" class="n">
                {p.upload.points}
              </th>
              <th scope="col" class="n">
                {p.upload.people}
              </th>
            </tr>
          </thead>
          <tbody>
            {by_district.map((row) => (
              <tr key={row.adcode}>
                <td>{row.name}</td>
                <td class="n">{count(row.points)}</td>
                <td class="n">{count(row.people)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
      {problems.length > 0 ? (
        <>
          <h3>{say(p.upload.problems, count(all))}</h3>
          <ul class="faults" aria-label={p.upload.remarks}>
            {problems.slice(0, MOST).map(({ row, column, detail }, i) => (
              <li key={`${row}${i}`}>
                <b>
                  {say(p.upload.row, row)} {column}
                </b>
                {w.common.colon}
                {detail}
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </section>
  );
}
