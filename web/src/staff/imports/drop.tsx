// Where a file is dropped or chosen: what its coordinates are said to be, how far it has come, what was wrong with it.

import { useRef, useState } from "preact/hooks";
import type { Datum } from "../../datum";
import { Button } from "../parts/button";
import { Pick } from "../parts/field";
import { Icon } from "../parts/icon";
import { useTask, wordsOf } from "../parts/task";
import { go } from "../route";
import { say, w } from "../words";
import { ACCEPTED, upload } from "./upload";

/** The systems in the order in which clerks meet them: most take positions from Amap or WeChat. */
const SYSTEMS: readonly Datum[] = ["gcj02", "bd09", "wgs84"];

const KEPT = "imports.crs";

/** The system that was chosen last on this machine. */
function usualSystem(): Datum {
  const kept = localStorage.getItem(KEPT);
  return SYSTEMS.find((crs) => crs === kept) ?? "gcj02";
}

/** Keeps a choice for the next file, and gives it. */
export function keepSystem(crs: Datum): Datum {
  localStorage.setItem(KEPT, crs);
  return crs;
}

/** The panel that takes a file. */
export function Drop() {
  const [crs, setCrs] = useState<Datum>(usualSystem);
  const [isOver, setOver] = useState(false);
  const [share, setShare] = useState(0);
  const [name, setName] = useState("");
  const running = useRef<AbortController>(undefined);
  const task = useTask();
  const send = async (file: File | undefined) => {
    if (!file) return;
    setName(file.name);
    setShare(0);
    running.current = new AbortController();
    const { signal } = running.current;
    await task.run(async () => {
      const made = await upload(file, { crs }, setShare, signal).catch((cause: unknown) => {
        if (!signal.aborted) throw cause;
      });
      if (made) go(`/staff/imports/${made.id}`);
    });
  };
  return (
    <section class="panel drop-panel" aria-label={w.imports.drop.label}>
      <label
        class={isOver ? "drop-zone over" : "drop-zone"}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          void send(event.dataTransfer?.files[0]);
        }}
      >
        <Icon name="upload" />
        <span>
          <b>{w.imports.drop.title}</b>
          <small>{w.imports.drop.kinds}</small>
        </span>
        <span class="btn">{w.imports.drop.choose}</span>
        <input
          type="file"
          name="file"
          accept={ACCEPTED}
          disabled={task.busy}
          onChange={(event) => {
            const input = event.currentTarget;
            void send(input.files?.[0]).then(() => {
              input.value = "";
            });
          }}
        />
      </label>
      <div class="drop-side">
        <Pick
          label={w.imports.drop.crs}
          name="crs"
          value={crs}
          hint={w.imports.drop.crs_hint}
          choices={SYSTEMS.map((code) => ({ code, word: w.imports.systems[code].pick }))}
          onPick={(code) => setCrs(keepSystem(code as Datum))}
          disabled={task.busy}
        />
      </div>
      {task.busy ? (
        <div class="bar sending" role="status">
          <progress value={share < 1 ? share : undefined} max={1} aria-label={w.imports.drop.sending} />
          <span>
            {say(share < 1 ? w.imports.drop.sent : w.imports.drop.reading, {
              name,
              share: Math.round(share * 100),
            })}
          </span>
          <Button look="plain" onClick={() => running.current?.abort()}>
            {w.common.cancel}
          </Button>
        </div>
      ) : null}
      {task.failure ? (
        <div class="note bad" role="alert">
          <Icon name="warn" />
          <div>
            <b>{say(w.imports.drop.refused, { name })}</b>
            <p>{task.failure.faults.map(({ detail }) => detail).join(" ") || wordsOf(task.failure)}</p>
          </div>
        </div>
      ) : null}
    </section>
  );
}
