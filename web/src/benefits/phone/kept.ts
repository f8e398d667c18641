// Deeds that are carried out once whatever gets lost: a deed's key and body stay on the phone until an answer came,
// so that asking again is the same deed to the service.

import { ask, newKey, Refusal } from "../../staff/http";

/** A deed without an answer. */
export interface Kept<B = unknown> {
  readonly key: string;
  readonly body: B;
}

/** Statuses after which the same deed may still succeed: it is asked again under the same key. */
const LATER = [401, 408, 425, 429];

/** Where deeds are kept; a browser that keeps nothing still carries them out. */
function store(): Storage | undefined {
  try {
    return localStorage;
  } catch {
    return undefined;
  }
}

const nameOf = (name: string) => `yizhan-deed-${name}`;

/** The deed of a name that has no answer yet. */
export function kept<B>(name: string): Kept<B> | undefined {
  try {
    const text = store()?.getItem(nameOf(name));
    return text ? (JSON.parse(text) as Kept<B>) : undefined;
  } catch {
    return undefined;
  }
}

/** Keeps a deed; the same deed as before keeps its key. */
function keep(name: string, body: unknown): Kept {
  const before = kept(name);
  if (before && JSON.stringify(before.body) === JSON.stringify(body)) return before;
  const deed = { key: newKey(), body };
  try {
    store()?.setItem(nameOf(name), JSON.stringify(deed));
  } catch {
    // A full phone keeps nothing; the deed is tried all the same.
  }
  return deed;
}

/** Gives a deed up. */
export function forget(name: string): void {
  store()?.removeItem(nameOf(name));
}

/** Whether a refusal is an answer: asking the same again would change nothing. */
export function isAnswer({ status }: Refusal): boolean {
  return status >= 400 && status < 500 && !LATER.includes(status);
}

/** Carries a deed out, or asks again what became of it. */
export async function carryOut<T>(name: string, path: string, body: unknown): Promise<T> {
  const { key } = keep(name, body);
  try {
    const answer = await ask<T>("POST", path, { body, key });
    forget(name);
    return answer;
  } catch (cause) {
    if (cause instanceof Refusal && isAnswer(cause)) forget(name);
    throw cause;
  }
}
