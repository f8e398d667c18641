// What an inspector's phone keeps: the sheets that he took along, and what he filled in until it is sent. It is kept
// in IndexedDB, for the account that took it; sheets go when the round is closed, at sign-out, and when somebody
// else signs in.

import type { Sheet } from "../rounds/api";
import type { Form } from "./form";

/** A sheet that was taken along. */
export interface Taken {
  readonly id: string;
  readonly account: string;
  readonly taken_ms: number;
  readonly sheet: Sheet;
}

/** What became of an inspection so far. */
export type EntryState = "draft" | "waiting" | "sent" | "refused";

/** An inspection on its way. */
export interface Entry {
  /** The key under which it is sent, chosen here: it counts once, however often it is sent. */
  readonly key: string;
  readonly account: string;
  readonly round: string;
  readonly station: string;
  readonly questions: number;
  readonly state: EntryState;
  readonly changed_ms: number;
  readonly form: Form;
  /** Why it was refused. */
  readonly refusal?: string;
}

const DATABASE = "yizhan-staff";
const SHEETS = "sheets";
const ENTRIES = "entries";
/** A database that does not open within this time does not open at all, as in some private windows. */
const PATIENCE_MS = 3000;

let opened: Promise<IDBDatabase> | undefined;

function open(): Promise<IDBDatabase> {
  opened ??= new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore(SHEETS, { keyPath: "id" });
      request.result.createObjectStore(ENTRIES, { keyPath: "key" });
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
    setTimeout(() => reject(new Error("the database does not open")), PATIENCE_MS);
  });
  opened.catch(() => {
    opened = undefined;
  });
  return opened;
}

async function run<T>(
  store: string,
  mode: IDBTransactionMode,
  ask: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const transaction = (await open()).transaction(store, mode);
  const request = ask(transaction.objectStore(store));
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(request.result);
    transaction.onabort = () => reject(transaction.error);
    transaction.onerror = () => reject(transaction.error);
  });
}

export const allTaken = () => run<Taken[]>(SHEETS, "readonly", (s) => s.getAll());
export const putTaken = (taken: Taken) => run(SHEETS, "readwrite", (s) => s.put(taken));
export const removeTaken = (id: string) => run(SHEETS, "readwrite", (s) => s.delete(id));
export const allEntries = () => run<Entry[]>(ENTRIES, "readonly", (s) => s.getAll());
export const readEntry = (key: string) => run<Entry | undefined>(ENTRIES, "readonly", (s) => s.get(key));
export const putEntry = (entry: Entry) => run(ENTRIES, "readwrite", (s) => s.put(entry));
export const removeEntry = (key: string) => run(ENTRIES, "readwrite", (s) => s.delete(key));

/** How many inspections are not sent yet: filled in, waiting or refused. */
export async function unsent(): Promise<number> {
  const entries = await allEntries().catch(() => []);
  return entries.filter((entry) => entry.state !== "sent").length;
}

/** Removes every sheet and every inspection from this phone. */
export async function forgetAll(): Promise<void> {
  await run(SHEETS, "readwrite", (s) => s.clear()).catch(() => undefined);
  await run(ENTRIES, "readwrite", (s) => s.clear()).catch(() => undefined);
}

/** Removes the sheets of everybody else. What they filled in stays, unseen, until they sign in again. */
export async function keepOnly(account: string): Promise<void> {
  const taken = await allTaken();
  await Promise.all(taken.filter((t) => t.account !== account).map((t) => removeTaken(t.id)));
}

/** Removes a round: its sheet, and what was sent of it. */
export async function forgetRound(id: string): Promise<void> {
  await removeTaken(id);
  const entries = await allEntries();
  const sent = entries.filter((entry) => entry.round === id && entry.state === "sent");
  await Promise.all(sent.map((entry) => removeEntry(entry.key)));
}
