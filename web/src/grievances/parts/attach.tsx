// Files that go with a case: uploaded one by one, then named by the request.

import type { RefObject } from "preact";
import { useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import { Icon } from "../../staff/parts/icon";
import { Failure } from "../../staff/parts/notes";
import { useTask } from "../../staff/parts/task";
import { attachmentOf, upload } from "../api";
import type { Attached } from "../types";
import { g, say } from "../words";

/** The most files of one case. */
export const MOST_FILES = 6;

/** A file that was uploaded. */
export interface Uploaded {
  readonly id: string;
  readonly name: string;
}

/** A field for files. */
export function Attach(props: {
  files: readonly Uploaded[];
  onChange: (files: readonly Uploaded[]) => void;
}) {
  const { files, onChange } = props;
  const [sending, setSending] = useState("");
  const input = useRef<HTMLInputElement>(null);
  const task = useTask();
  const id = useId();
  const waits = useWaiting(sending !== "", input);
  const take = (chosen: readonly File[]) =>
    void task.run(async () => {
      let done = files;
      try {
        for (const file of chosen.slice(0, MOST_FILES - files.length)) {
          setSending(file.name);
          done = [...done, { id: await upload(file), name: file.name }];
          onChange(done);
        }
      } catch (cause) {
        waits.current = undefined;
        throw cause;
      } finally {
        setSending("");
        if (input.current) input.current.value = "";
      }
    });
  return (
    <div class="field attach">
      <label for={id}>{g.upload.label}</label>
      <Failure failure={task.failure} />
      <ul class="plain-list">
        {files.map((file) => (
          <li key={file.id} class="bar">
            <Icon name="check" />
            <span class="text">{file.name}</span>
            <button
              type="button"
              class="bare"
              aria-label={say(g.upload.remove, { name: file.name })}
              onClick={() => onChange(files.filter((other) => other.id !== file.id))}
            >
              <Icon name="close" />
            </button>
          </li>
        ))}
      </ul>
      {sending ? (
        <p class="cap" role="status">
          {say(g.upload.sending, { name: sending })}
        </p>
      ) : null}
      <div class="choose">
        <input
          id={id}
          ref={input}
          type="file"
          multiple
          accept="image/jpeg,image/png,image/webp,application/pdf"
          disabled={files.length >= MOST_FILES || task.busy}
          onChange={(event) => take([...(event.currentTarget.files ?? [])])}
        />
        <span class="btn quiet" aria-hidden="true">
          <Icon name="upload" />
          {g.upload.add}
        </span>
      </div>
      <p class="hint">{say(g.upload.hint, { most: MOST_FILES })}</p>
    </div>
  );
}

/**
 * While a file is on its way the form around it is not sent, because the file would be missing from it: sending waits
 * until all files are there, and is off where one did not come. Gives the form that waits.
 */
function useWaiting(isUnderWay: boolean, field: RefObject<HTMLInputElement | null>) {
  const waits = useRef<HTMLFormElement | undefined>(undefined);
  useLayoutEffect(() => {
    if (!isUnderWay) {
      const form = waits.current;
      waits.current = undefined;
      form?.requestSubmit();
      return;
    }
    const form = field.current?.form;
    const hold = (event: Event) => {
      event.preventDefault();
      event.stopImmediatePropagation();
      waits.current = form ?? undefined;
    };
    form?.addEventListener("submit", hold, { capture: true });
    return () => form?.removeEventListener("submit", hold, { capture: true });
  }, [isUnderWay]);
  return waits;
}

/** Files of a case, each a download. */
export function Files({ of, files }: { of: string; files: readonly Attached[] | undefined }) {
  if (!files || files.length === 0) return null;
  return (
    <ul class="plain-list files-of">
      {files.map((file, at) => (
        <li key={file.id}>
          <a href={attachmentOf(of, file.id)} download="">
            <Icon name="save" />
            {file.name || say(g.case.file, at + 1)}
          </a>{" "}
          <small>{say(g.case.kilobytes, Math.max(1, Math.round(file.bytes / 1024)))}</small>
        </li>
      ))}
    </ul>
  );
}
