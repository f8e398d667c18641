// Routing: which department a case is proposed to, by category and district.

import { useEffect, useState } from "preact/hooks";
import { Button } from "../../staff/parts/button";
import { Icon } from "../../staff/parts/icon";
import { useLoaded } from "../../staff/parts/loaded";
import { Done, Failure, Loading, Nothing } from "../../staff/parts/notes";
import { useTask } from "../../staff/parts/task";
import { putRouting, readRouting } from "../api";
import { categoryChoices, departmentChoices } from "../parts/known";
import { choicesOf } from "../queue/narrow";
import { g, say } from "../words";
import type { Route, Rule } from "./types";

/** A rule as it is written, from what the service tells. */
const ruleOf = ({ department, ...rest }: Route): Rule => ({ ...rest, department: department.id });

/** The part of the screen. */
export function Routing() {
  const loaded = useLoaded("routing", readRouting);
  const [rows, setRows] = useState<readonly Rule[]>();
  const [isSaved, setSaved] = useState(false);
  const task = useTask();
  useEffect(() => {
    if (loaded.value) setRows(loaded.value.items.map(ruleOf));
  }, [loaded.value]);
  const put = (at: number, change: Partial<Rule>) => {
    setSaved(false);
    setRows((before) => before?.map((row, i) => (i === at ? { ...row, ...change } : row)));
  };
  const save = async () => {
    const clean = (rows ?? []).filter(({ department }) => department);
    setSaved(await task.run(async () => setRows((await putRouting(clean)).items.map(ruleOf))));
  };
  return (
    <>
      <Failure failure={loaded.failure} onRetry={loaded.renew} />
      <Failure failure={task.failure} />
      {isSaved ? <Done>{g.settings.saved}</Done> : null}
      <section class="panel tbl">
        {!rows && !loaded.failure ? <Loading rows={5} /> : null}
        {rows?.length === 0 ? (
          <Nothing title={g.settings.none_routes} icon="next">
            <p>{g.settings.none_routes_text}</p>
          </Nothing>
        ) : null}
        {rows && rows.length > 0 ? (
          <Table rows={rows} put={put} remove={(at) => setRows(rows.filter((_, i) => i !== at))} />
        ) : null}
        {rows ? (
          <div class="pages">
            <Button
              look="quiet"
              icon="plus"
              onClick={() => setRows([...rows, { category: null, district: null, department: "" }])}
            >
              {g.settings.new_route}
            </Button>
            <Button busy={task.busy} onClick={() => void save()}>
              {g.settings.save_all}
            </Button>
          </div>
        ) : null}
      </section>
    </>
  );
}

interface TableProps {
  readonly rows: readonly Rule[];
  readonly put: (at: number, change: Partial<Rule>) => void;
  readonly remove: (at: number) => void;
}

function Table({ rows, put, remove }: TableProps) {
  const pick = (
    label: string,
    value: string,
    none: string,
    choices: readonly { code: string; word: string }[],
    onPick: (code: string) => void,
  ) => (
    <select
      class="input"
      aria-label={label}
      value={value}
      onChange={(event) => onPick(event.currentTarget.value)}
    >
      <option value="">{none}</option>
      {choices.map(({ code, word }) => (
        <option key={code} value={code} selected={code === value}>
          {word}
        </option>
      ))}
    </select>
  );
  return (
    <div class="scroll">
      <table class="many">
        <thead>
          <tr>
            <th scope="col">{g.settings.route_category}</th>
            <th scope="col">{g.settings.route_district}</th>
            <th scope="col">{g.settings.route_department}</th>
            <th scope="col">
              <span class="vh">{g.settings.remove}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => {
            const label = (word: string) => `${say(g.sessions.row, at + 1)} ${word}`;
            return (
              <tr key={`${at} ${rows.length}`}>
                <td>
                  {pick(
                    label(g.settings.route_category),
                    row.category ?? "",
                    g.settings.any_category,
                    categoryChoices(),
                    (category) => put(at, { category: category || null }),
                  )}
                </td>
                <td>
                  {pick(
                    label(g.settings.route_district),
                    row.district ?? "",
                    g.settings.any_district,
                    choicesOf("district"),
                    (district) => put(at, { district: district || null }),
                  )}
                </td>
                <td>
                  {pick(
                    label(g.settings.route_department),
                    row.department,
                    "–",
                    departmentChoices(),
                    (department) => put(at, { department }),
                  )}
                </td>
                <td>
                  <button
                    type="button"
                    class="bare"
                    aria-label={say(g.sessions.remove_row, at + 1)}
                    onClick={() => remove(at)}
                  >
                    <Icon name="close" />
                  </button>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
