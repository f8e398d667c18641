// Departments: name, district, who belongs to them, and to whom a case goes that nobody takes.

import { useState } from "preact/hooks";
import { Button } from "../../staff/parts/button";
import { Check, Pick, Text } from "../../staff/parts/field";
import { useLoaded } from "../../staff/parts/loaded";
import { Failure, Loading, Nothing } from "../../staff/parts/notes";
import { districtName } from "../../staff/shell";
import { changeDepartment, createDepartment, listDepartments } from "../api";
import { renewDepartments } from "../parts/known";
import { choicesOf } from "../queue/narrow";
import type { Department, Named } from "../types";
import { g, say } from "../words";
import { Form } from "./frame";
import { People } from "./people";

/** The part of the screen. */
export function Departments() {
  const loaded = useLoaded("departments", listDepartments);
  const [edited, setEdited] = useState<Department | "new">();
  const rows = loaded.value?.items;
  const saved = () => {
    void renewDepartments().catch(() => undefined);
    loaded.renew();
  };
  return (
    <>
      <div class="bar">
        <Button icon="plus" onClick={() => setEdited("new")}>
          {g.settings.new_department}
        </Button>
      </div>
      <Failure failure={loaded.failure} onRetry={loaded.renew} />
      <section class="panel tbl">
        {!rows && !loaded.failure ? <Loading rows={5} /> : null}
        {rows?.length === 0 ? (
          <Nothing title={g.settings.none_departments} icon="user">
            <p>{g.settings.none_departments_text}</p>
          </Nothing>
        ) : null}
        {rows && rows.length > 0 ? <Table rows={rows} onEdit={setEdited} /> : null}
      </section>
      {edited ? (
        <Edit
          department={edited === "new" ? undefined : edited}
          onSaved={saved}
          onClose={() => setEdited(undefined)}
        />
      ) : null}
    </>
  );
}

function Table({ rows, onEdit }: { rows: readonly Department[]; onEdit: (row: Department) => void }) {
  return (
    <div class="scroll">
      <table class="roomy">
        <thead>
          <tr>
            <th scope="col">{g.settings.name}</th>
            <th scope="col">{g.settings.district}</th>
            <th scope="col">{g.settings.leader}</th>
            <th scope="col">{g.settings.members}</th>
            <th scope="col">{g.settings.edit}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <td class="text">
                {row.name}
                {row.active ? null : <small>{g.settings.not_active}</small>}
              </td>
              <td>{row.district ? districtName(row.district) : g.settings.whole_city}</td>
              <td>{row.leader?.name ?? "–"}</td>
              <td class="text">{row.members.map(({ name }) => name ?? "–").join(" · ") || "–"}</td>
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
  readonly department: Department | undefined;
  readonly onSaved: () => void;
  readonly onClose: () => void;
}

function Edit({ department, onSaved, onClose }: EditProps) {
  const [name, setName] = useState(department?.name ?? "");
  const [district, setDistrict] = useState(department?.district ?? "");
  const [members, setMembers] = useState<readonly Named[]>(department?.members ?? []);
  const [leader, setLeader] = useState(department?.leader?.id ?? "");
  const [isActive, setActive] = useState(department?.active ?? true);
  const save = async () => {
    const body = {
      name: name.trim(),
      district: district || null,
      leader: leader || null,
      members: members.map(({ id }) => id),
      active: isActive,
    };
    await (department ? changeDepartment(department, body) : createDepartment(body));
    onSaved();
  };
  const title = department ? say(g.settings.edit_of, { name: department.name }) : g.settings.new_department;
  return (
    <Form title={title} onClose={onClose} save={save}>
      {(faults) => (
        <>
          <Text
            label={g.settings.name}
            name="name"
            value={name}
            onInput={setName}
            required
            max={60}
            faults={faults}
          />
          <Pick
            label={g.settings.district}
            name="district"
            value={district}
            none={g.settings.whole_city}
            choices={choicesOf("district")}
            onPick={setDistrict}
            faults={faults}
          />
          <People people={members} onChange={setMembers} faults={faults} />
          <Pick
            label={g.settings.leader}
            name="leader"
            value={leader}
            none="–"
            choices={members.map((one) => ({ code: one.id, word: one.name ?? one.id }))}
            onPick={setLeader}
            hint={g.settings.leader_hint}
            faults={faults}
          />
          <Check label={g.settings.active} on={isActive} onChange={setActive} />
        </>
      )}
    </Form>
  );
}
