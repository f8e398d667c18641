// What others report that members saved, by month.

import { useState } from "preact/hooks";
import { Table } from "../../../staff/list/frame";
import { useList } from "../../../staff/list/use-list";
import { Button } from "../../../staff/parts/button";
import { Ask, type Question } from "../../../staff/parts/dialog";
import { Text } from "../../../staff/parts/field";
import { Failure, Loading, Nothing } from "../../../staff/parts/notes";
import { yuan } from "../../phone/money";
import { LISTS, removeSaving, saveSaving } from "../api";
import { amount, whole } from "../parts/amounts";
import { District, Figure, Form } from "../parts/form";
import type { Saving } from "../types";
import { b } from "../words";

/** The part of the screen. */
export function Savings({ can, onChanged }: { can: boolean; onChanged: () => void }) {
  const list = useList<Saving>(LISTS.savings, {});
  const [isNew, setNew] = useState(false);
  const [question, setQuestion] = useState<Question>();
  const changed = () => {
    list.renew();
    onChanged();
  };
  const remove = (saving: Saving) =>
    setQuestion({
      title: b.goals.savings_remove_title,
      text: <p>{`${saving.source} · ${saving.month}`}</p>,
      go: b.goals.remove,
      reason: "no",
      run: async () => {
        await removeSaving(saving);
        changed();
      },
    });
  return (
    <section class="panel tbl" aria-labelledby="savings">
      <h2 id="savings">{b.goals.savings}</h2>
      <p class="cap">{b.goals.savings_hint}</p>
      <Failure failure={list.failure} onRetry={list.renew} />
      {!list.items && !list.failure ? <Loading rows={2} /> : null}
      {list.items?.length === 0 ? <Nothing title={b.goals.savings_none} icon="list" /> : null}
      {list.items && list.items.length > 0 ? (
        <Table
          columns={[
            b.goals.source,
            b.goals.month,
            b.goals.project,
            [b.goals.persons, "n"],
            [b.goals.person_times, "n"],
            [b.goals.issued, "n"],
            [b.goals.saved, "n"],
            [b.goals.remove, "vh"],
          ]}
        >
          {list.items.map((row) => (
            <tr key={row.id}>
              <td class="text">{row.source}</td>
              <td>{row.month}</td>
              <td>{row.project ?? b.common.none}</td>
              <td class="n">{row.persons}</td>
              <td class="n">{row.person_times}</td>
              <td class="n">{yuan(row.issued_fen)}</td>
              <td class="n">{yuan(row.saved_fen)}</td>
              <td>
                {can ? (
                  <Button look="quiet small" onClick={() => remove(row)}>
                    {b.goals.remove}
                  </Button>
                ) : null}
              </td>
            </tr>
          ))}
        </Table>
      ) : null}
      {can ? (
        <div class="bar">
          <Button look="quiet" icon="plus" onClick={() => setNew(true)}>
            {b.goals.savings_new}
          </Button>
        </div>
      ) : null}
      {isNew ? <New onSaved={changed} onClose={() => setNew(false)} /> : null}
      {question ? <Ask question={question} onClose={() => setQuestion(undefined)} /> : null}
    </section>
  );
}

const FIGURES = ["persons", "person_times", "issued", "saved"] as const;

function New({ onSaved, onClose }: { onSaved: () => void; onClose: () => void }) {
  const [source, setSource] = useState("");
  const [month, setMonth] = useState("");
  const [project, setProject] = useState("");
  const [district, setDistrict] = useState("");
  const [figures, setFigures] = useState({ persons: "", person_times: "", issued: "", saved: "" });
  const save = async () => {
    await saveSaving({
      source: source.trim(),
      month: month.trim(),
      project: project.trim() || null,
      district: district || null,
      persons: whole(figures.persons) ?? 0,
      person_times: whole(figures.person_times) ?? 0,
      issued_fen: amount(figures.issued),
      saved_fen: amount(figures.saved),
    });
    onSaved();
  };
  return (
    <Form title={b.goals.savings_new} onClose={onClose} save={save}>
      {(faults) => (
        <>
          <div class="three">
            <Text
              label={b.goals.source}
              name="source"
              value={source}
              onInput={setSource}
              required
              max={60}
              faults={faults}
            />
            <Text
              label={b.goals.month}
              name="month"
              value={month}
              onInput={setMonth}
              required
              max={7}
              placeholder="2026-11"
              faults={faults}
            />
            <Text
              label={b.goals.project}
              name="project"
              value={project}
              onInput={setProject}
              max={40}
              faults={faults}
            />
            <District value={district} none={b.common.whole_city} onPick={setDistrict} faults={faults} />
          </div>
          <div class="three">
            {FIGURES.map((name) => (
              <Figure
                key={name}
                yuan={name === "issued" || name === "saved"}
                label={b.goals[name]}
                name={name === "issued" || name === "saved" ? `${name}_fen` : name}
                value={figures[name]}
                onInput={(text) => setFigures((before) => ({ ...before, [name]: text }))}
                required
                faults={faults}
              />
            ))}
          </div>
        </>
      )}
    </Form>
  );
}
