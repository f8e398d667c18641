// What the lists and forms of the settings have in common.

import type { ComponentChildren } from "preact";
import type { Fault } from "../../staff/http";
import { Button } from "../../staff/parts/button";
import { Dialog } from "../../staff/parts/dialog";
import { Failure } from "../../staff/parts/notes";
import { useTask } from "../../staff/parts/task";
import { g, w } from "../words";

/** A form over the page: its fields, and saving it. */
export function Form(props: {
  title: string;
  onClose: () => void;
  /** Saves what stands in the fields. */
  save: () => Promise<unknown>;
  children: (faults: readonly Fault[] | undefined) => ComponentChildren;
}) {
  const { title, onClose, save, children } = props;
  const task = useTask();
  const send = async (event: Event) => {
    event.preventDefault();
    if (await task.run(save)) onClose();
  };
  return (
    <Dialog title={title} onClose={onClose} wide>
      <form class="stack" onSubmit={send}>
        <Failure failure={task.failure} />
        {children(task.failure?.faults)}
        <div class="bar end">
          <Button look="quiet" onClick={onClose}>
            {w.common.cancel}
          </Button>
          <Button type="submit" busy={task.busy}>
            {g.settings.save_all}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
