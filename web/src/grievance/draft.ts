// What somebody writes to the union stays on his phone until it is sent: fields and files, in IndexedDB, or as long
// as the page is open where a phone keeps nothing.

/** What stands in the form but for its files. */
export interface Draft {
  /** The names and values of the fields, the form's own key among them. */
  readonly fields: readonly (readonly [string, string])[];
  /** Whether it was handed over and has no answer yet. */
  readonly isWaiting: boolean;
}

/** A file that goes along. */
export interface Kept {
  readonly name: string;
  readonly blob: Blob;
}

const DATABASE = "yizhan-grievance";
const STORE = "draft";
/** A database that does not open within this time does not open at all, as in some private windows. */
const PATIENCE_MS = 2000;

/** What is kept where the phone keeps nothing. */
const memory = new Map<string, unknown>();

/** The draft of this phone. */
export async function draft(): Promise<Draft | undefined> {
  return (await read("fields")) as Draft | undefined;
}

/** Its files. */
export async function files(): Promise<readonly Kept[]> {
  return ((await read("files")) as readonly Kept[] | undefined) ?? [];
}

/** Keeps what stands in the form. */
export function keepDraft(kept: Draft): Promise<void> {
  return write("fields", kept);
}

/** Keeps its files. */
export function keepFiles(kept: readonly Kept[]): Promise<void> {
  return write("files", kept);
}

/** Nothing of it stays. */
export async function forget(): Promise<void> {
  memory.clear();
  await change((store) => store.clear()).catch(() => undefined);
}

async function read(key: string): Promise<unknown> {
  if (memory.has(key)) return memory.get(key);
  return change((store) => store.get(key)).catch(() => undefined);
}

async function write(key: string, value: unknown): Promise<void> {
  await change((store) => store.put(value, key)).catch(() => memory.set(key, value));
}

let opened: Promise<IDBDatabase> | undefined;

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error("the database does not open")), PATIENCE_MS);
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** Does one thing and waits until the phone has it. */
async function change(run: (store: IDBObjectStore) => IDBRequest): Promise<unknown> {
  opened ??= open();
  const transaction = (await opened).transaction(STORE, "readwrite");
  const request = run(transaction.objectStore(STORE));
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(request.result);
    transaction.onabort = () => reject(transaction.error);
  });
}
