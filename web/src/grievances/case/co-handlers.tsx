// Whom else a case goes to: departments with a person and what each is asked to do.

import { Button } from "../../staff/parts/button";
import { Pick, Text } from "../../staff/parts/field";
import { departmentChoices, handlerChoices } from "../parts/known";
import { g } from "../words";

/** A co-handler as the service takes it. */
export interface CoHandler {
  readonly department: string;
  readonly handler: string;
  readonly text: string;
}

const EMPTY: CoHandler = { department: "", handler: "", text: "" };
/** The most of one case. */
const MOST = 10;

/** The rows. */
export function CoHandlers(props: {
  rows: readonly CoHandler[];
  onChange: (rows: readonly CoHandler[]) => void;
}) {
  const { rows, onChange } = props;
  const put = (at: number, row: CoHandler) => onChange(rows.map((other, i) => (i === at ? row : other)));
  return (
    <fieldset class="group">
      <legend>{g.fields.co_handlers}</legend>
      {rows.map((row, at) => (
        <div key={at} class="stack co-handler">
          <Pick
            label={g.fields.department}
            name="co_department"
            value={row.department}
            none="–"
            choices={departmentChoices()}
            onPick={(department) => put(at, { ...row, department, handler: "" })}
          />
          <Pick
            label={g.fields.handler}
            name="co_handler"
            value={row.handler}
            none="–"
            choices={handlerChoices(row.department)}
            onPick={(handler) => put(at, { ...row, handler })}
          />
          <Text
            label={g.fields.co_text}
            name="co_text"
            value={row.text}
            onInput={(text) => put(at, { ...row, text })}
            required
            max={500}
          />
          <Button look="plain small" onClick={() => onChange(rows.filter((_, i) => i !== at))}>
            {g.fields.co_remove}
          </Button>
        </div>
      ))}
      {rows.length < MOST ? (
        <Button look="quiet small" icon="plus" onClick={() => onChange([...rows, EMPTY])}>
          {g.fields.co_add}
        </Button>
      ) : null}
    </fieldset>
  );
}
