// The import that is open, and corrections to it: one after another, each on the version that the one before left.

import { signal } from "@preact/signals";
import type { Refusal } from "../http";
import { refusalOf } from "../parts/task";
import { correctImport, readImport } from "./api";
import type { Correction, Import } from "./types";

/** The import that is open. */
export const current = signal<Import | undefined>(undefined);
/** Why it could not be read, or why the last correction was refused. */
export const failure = signal<Refusal | undefined>(undefined);
/** Whether somebody else changed it meanwhile, so that a correction came to nothing. */
export const isOvertaken = signal(false);
/** How many corrections are on their way. */
export const underWay = signal(0);

let queue: Promise<unknown> = Promise.resolve();

/** Opens an import; another one that was open goes. */
export async function load(id: string): Promise<void> {
  if (current.value?.id !== id) current.value = undefined;
  failure.value = undefined;
  isOvertaken.value = false;
  await renew(id);
}

/** Reads the open import again. */
export async function renew(id: string): Promise<void> {
  try {
    current.value = await readImport(id);
  } catch (cause) {
    failure.value = refusalOf(cause);
  }
}

/** Corrects the open import; tells whether that was done. */
export function correct(body: Correction): Promise<boolean> {
  return change((it) => correctImport(it.id, it.version, body));
}

/** Does something with the open import once all that was asked before is done; tells whether it was done. */
export function change(deed: (it: Import) => Promise<Import>): Promise<boolean> {
  const id = current.value?.id;
  underWay.value += 1;
  const mine = queue.then(async () => {
    const it = current.value;
    if (!it || it.id !== id) return false;
    try {
      failure.value = undefined;
      current.value = await deed(it);
      isOvertaken.value = false;
      return true;
    } catch (cause) {
      await refused(it.id, refusalOf(cause));
      return false;
    } finally {
      underWay.value -= 1;
    }
  });
  queue = mine;
  return mine;
}

async function refused(id: string, refusal: Refusal): Promise<void> {
  if (refusal.status === 412) {
    isOvertaken.value = true;
    await renew(id);
    return;
  }
  failure.value = refusal;
  // A refusal by the state of things, such as a commit that is under way: what is shown is old.
  if (refusal.status === 409) current.value = await readImport(id).catch(() => current.value);
}
