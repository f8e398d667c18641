// A new session: which kind, when, who receives, where, which departments are there.

import { useState } from "preact/hooks";
import { Button } from "../../staff/parts/button";
import { Dialog } from "../../staff/parts/dialog";
import { Checks, Pick, Text } from "../../staff/parts/field";
import { Failure } from "../../staff/parts/notes";
import { useTask } from "../../staff/parts/task";
import { go } from "../../staff/route";
import { createSession } from "../api";
import { Radios } from "../case/radios";
import { departmentChoices } from "../parts/known";
import { today } from "../parts/time";
import { choicesOf } from "../queue/narrow";
import { g, w } from "../words";
import { SESSION_KINDS } from "./types";

/** The dialog. */
export function NewSession({ onClose }: { onClose: () => void }) {
  const [kind, setKind] = useState<string>("reception_day");
  const [date, setDate] = useState(today());
  const [leader, setLeader] = useState("");
  const [unit, setUnit] = useState("");
  const [district, setDistrict] = useState("");
  const [departments, setDepartments] = useState<readonly string[]>([]);
  const task = useTask();
  const faults = task.failure?.faults;
  const send = (event: Event) => {
    event.preventDefault();
    const where = { ...(unit.trim() ? { unit: unit.trim() } : {}), ...(district ? { district } : {}) };
    void task.run(async () => {
      const made = await createSession({ kind, date, leader: leader.trim(), departments, ...where });
      go(`/grievances/sessions/${made.id}`);
    });
  };
  return (
    <Dialog title={g.sessions.new} onClose={onClose} wide>
      <form class="stack" onSubmit={send}>
        <Failure failure={task.failure} />
        <Radios
          label={g.sessions.kind}
          name="kind"
          value={kind}
          choices={SESSION_KINDS.map((code) => ({ code, word: g.sessions.kinds[code] }))}
          onPick={setKind}
          faults={faults}
        />
        <div class="two">
          <Text
            label={g.sessions.date}
            name="date"
            type="date"
            value={date}
            onInput={setDate}
            required
            faults={faults}
          />
          <Text
            label={g.sessions.leader}
            name="leader"
            value={leader}
            onInput={setLeader}
            required
            max={60}
            faults={faults}
          />
          <Text
            label={g.sessions.unit + g.common.optional}
            name="unit"
            value={unit}
            onInput={setUnit}
            max={80}
            faults={faults}
          />
          <Pick
            label={g.sessions.district}
            name="district"
            value={district}
            none="–"
            choices={choicesOf("district")}
            onPick={setDistrict}
            faults={faults}
          />
        </div>
        <Checks
          label={g.sessions.departments}
          name="departments"
          values={departments}
          choices={departmentChoices()}
          onChange={setDepartments}
          {...(faults ? { faults } : {})}
        />
        <div class="bar end">
          <Button look="quiet" onClick={onClose}>
            {w.common.cancel}
          </Button>
          <Button type="submit" busy={task.busy}>
            {g.sessions.save}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
