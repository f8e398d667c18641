// Hands the draft over, again and again under the same key until there is an answer: the server knows by it that
// it is the same case.

import { draft, files } from "./draft";

/** What came of a try. */
export type Outcome =
  | { readonly kind: "filed" | "refused"; readonly text: string }
  /** No answer, or one that says to come back: after so many seconds, or after a while. */
  | { readonly kind: "later"; readonly wait_s?: number }
  /** It cannot be taken as it is. */
  | { readonly kind: "never" };

/** Statuses whose page says beside each field what is wrong. */
const TOLD = [409, 422];
/** Statuses after which the same may succeed. */
const LATER = [408, 425, 429];

/** Tries once. */
export async function send(action: string): Promise<Outcome> {
  const body = new FormData();
  for (const [name, value] of (await draft())?.fields ?? []) body.append(name, value);
  for (const { name, blob } of await files()) body.append("file", blob, name);
  try {
    const headers = { Accept: "text/html", "X-Fragment": "list" };
    const response = await fetch(action, { method: "POST", body, headers, credentials: "same-origin" });
    return await read(response);
  } catch {
    return { kind: "later" };
  }
}

async function read(response: Response): Promise<Outcome> {
  if (response.ok) return { kind: "filed", text: await response.text() };
  if (TOLD.includes(response.status)) return { kind: "refused", text: await response.text() };
  if (response.status < 500 && !LATER.includes(response.status)) return { kind: "never" };
  const wait_s = Number(response.headers.get("Retry-After"));
  return wait_s > 0 ? { kind: "later", wait_s } : { kind: "later" };
}
