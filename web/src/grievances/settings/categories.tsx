// Categories: what a case may be about, how soon it is answered, and whether it may ever be published.

import { useState } from "preact/hooks";
import { Button } from "../../staff/parts/button";
import { Check, Pick, Text } from "../../staff/parts/field";
import { useLoaded } from "../../staff/parts/loaded";
import { Failure, Loading, Nothing } from "../../staff/parts/notes";
import { changeCategory, createCategory, listAllCategories } from "../api";
import { renewCategories } from "../parts/known";
import { choicesOf } from "../queue/narrow";
import type { Urgency } from "../types";
import { g, say } from "../words";
import { Form } from "./frame";
import type { CategorySetting } from "./types";

/** The part of the screen. */
export function Categories() {
  const loaded = useLoaded("categories", listAllCategories);
  const [edited, setEdited] = useState<CategorySetting | "new">();
  const rows = loaded.value?.items;
  const saved = () => {
    void renewCategories().catch(() => undefined);
    loaded.renew();
  };
  return (
    <>
      <div class="bar">
        <Button icon="plus" onClick={() => setEdited("new")}>
          {g.settings.new_category}
        </Button>
      </div>
      <Failure failure={loaded.failure} onRetry={loaded.renew} />
      <section class="panel tbl">
        {!rows && !loaded.failure ? <Loading rows={5} /> : null}
        {rows?.length === 0 ? <Nothing title={g.settings.none_categories} icon="list" /> : null}
        {rows && rows.length > 0 ? <Table rows={rows} onEdit={setEdited} /> : null}
      </section>
      {edited ? (
        <Edit
          category={edited === "new" ? undefined : edited}
          onSaved={saved}
          onClose={() => setEdited(undefined)}
        />
      ) : null}
    </>
  );
}

function Table({
  rows,
  onEdit,
}: {
  rows: readonly CategorySetting[];
  onEdit: (row: CategorySetting) => void;
}) {
  return (
    <div class="scroll">
      <table class="roomy">
        <thead>
          <tr>
            <th scope="col">{g.settings.name}</th>
            <th scope="col">{g.settings.code}</th>
            <th scope="col">{g.settings.urgency}</th>
            <th scope="col">{g.settings.confidential}</th>
            <th scope="col">{g.settings.edit}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.code}>
              <td class="text">
                {row.name}
                {row.active === false ? <small>{g.settings.not_active}</small> : null}
              </td>
              <td class="code">{row.code}</td>
              <td>{g.urgencies[row.urgency] ?? row.urgency}</td>
              <td>{row.confidential ? g.common.yes : g.common.no}</td>
              <td>
                <Button
                  look="quiet small"
                  label={say(g.settings.edit_of, { name: row.name })}
                  onClick={() => onEdit(row)}
                >
                  {g.settings.edit}
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface EditProps {
  readonly category: CategorySetting | undefined;
  readonly onSaved: () => void;
  readonly onClose: () => void;
}

function Edit({ category, onSaved, onClose }: EditProps) {
  const [code, setCode] = useState(category?.code ?? "");
  const [name, setName] = useState(category?.name ?? "");
  const [english, setEnglish] = useState(category?.name_en ?? "");
  const [urgency, setUrgency] = useState<Urgency>(category?.urgency ?? "normal");
  const [isConfidential, setConfidential] = useState(category?.confidential ?? false);
  const [isActive, setActive] = useState(category?.active ?? true);
  const [years, setYears] = useState(category?.retain_years ? String(category.retain_years) : "");
  const save = async () => {
    const body = {
      name: name.trim(),
      name_en: english.trim(),
      urgency,
      confidential: isConfidential,
      active: isActive,
      retain_years: years.trim() ? Number(years) : null,
    };
    await (category ? changeCategory(category, body) : createCategory({ code: code.trim(), ...body }));
    onSaved();
  };
  const title = category ? say(g.settings.edit_of, { name: category.name }) : g.settings.new_category;
  return (
    <Form title={title} onClose={onClose} save={save}>
      {(faults) => (
        <>
          {category ? null : (
            <Text
              label={g.settings.code}
              name="code"
              value={code}
              onInput={setCode}
              required
              max={40}
              hint={g.settings.code_hint}
              faults={faults}
            />
          )}
          <div class="two">
            <Text
              label={g.settings.name}
              name="name"
              value={name}
              onInput={setName}
              required
              max={40}
              faults={faults}
            />
            <Text
              label={g.settings.name_en}
              name="name_en"
              value={english}
              onInput={setEnglish}
              required
              max={60}
              faults={faults}
            />
          </div>
          <Pick
            label={g.settings.urgency}
            name="urgency"
            value={urgency}
            choices={choicesOf("urgency")}
            onPick={(next) => setUrgency(next as Urgency)}
            faults={faults}
          />
          <Text
            label={g.settings.retain_years + g.common.optional}
            name="retain_years"
            value={years}
            onInput={setYears}
            inputmode="numeric"
            max={3}
            hint={g.settings.retain_years_hint}
            faults={faults}
          />
          <Check label={g.settings.confidential} on={isConfidential} onChange={setConfidential} />
          <Check label={g.settings.active} on={isActive} onChange={setActive} />
        </>
      )}
    </Form>
  );
}
