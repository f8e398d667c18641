// Where copies are kept on the phone: IndexedDB, else localStorage, else only as long as the page is open. A
// private window or a full phone refuses one or the other, and the page goes on with the next.

import type { Copy, Language } from "./copy";

/** A copy with what is known of it. */
export interface Kept {
  readonly key: string;
  readonly language: Language;
  readonly etag: string;
  /** When the server was last asked for it, by the phone's clock. */
  readonly asked_ms: number;
  readonly copy: Copy;
}

/** A place that keeps copies. Every method may fail. */
export interface Shelf {
  all(): Promise<Kept[]>;
  put(kept: Kept): Promise<void>;
  remove(key: string): Promise<void>;
}

/** The most copies that are kept; the oldest go. */
export const MOST_KEPT = 6;
const DATABASE = "yizhan";
const STORE = "copies";
const PREFIX = "copy:";
/** A database that does not open within this time does not open at all, as in some private windows. */
const PATIENCE_MS = 2000;

/** The form of a copy: raised when this page reads a field that older copies have not. */
const FORM = 2;

/** The key of a district's copy in a language, in the form that this page reads. */
export function keyOf(district: string, language: Language): string {
  return `${district}.${language}.${FORM}`;
}

/** Whether a copy was kept by a page that reads the same form. */
function isReadable({ key }: Kept): boolean {
  return key.endsWith(`.${FORM}`);
}

/** Several shelves as one: what the first cannot hold goes to the next. */
export class Store {
  readonly #shelves: readonly Shelf[];
  #read: Promise<Kept[]> | undefined;

  constructor(shelves: readonly Shelf[] = [database(), storage(), memory()]) {
    this.#shelves = shelves;
  }

  /** Every copy, the newest first, one for each key. They are read once and again after a change. */
  all(): Promise<Kept[]> {
    this.#read ??= this.#readAll();
    return this.#read;
  }

  async #readAll(): Promise<Kept[]> {
    const found = await Promise.all(this.#shelves.map((shelf) => shelf.all().catch(() => [])));
    const newest = found.flat().sort((a, b) => b.asked_ms - a.asked_ms);
    for (const { key } of newest.filter((kept) => !isReadable(kept)))
      await this.#removeFrom(this.#shelves, key);
    const readable = newest.filter(isReadable);
    return readable.filter((kept, i) => readable.findIndex((other) => other.key === kept.key) === i);
  }

  /** Keeps a copy in the first shelf that takes it; the oldest of all make room. */
  async put(kept: Kept): Promise<void> {
    const others = (await this.all()).filter((other) => other.key !== kept.key);
    this.#read = undefined;
    for (const { key } of others.slice(MOST_KEPT - 1)) await this.#removeFrom(this.#shelves, key);
    for (const [i, shelf] of this.#shelves.entries()) {
      const isKept = await shelf.put(kept).then(
        () => true,
        () => false,
      );
      if (!isKept) continue;
      await this.#removeFrom(this.#shelves.slice(i + 1), kept.key);
      return;
    }
  }

  async #removeFrom(shelves: readonly Shelf[], key: string): Promise<void> {
    await Promise.allSettled(shelves.map((shelf) => shelf.remove(key)));
  }
}

/** Copies in IndexedDB. */
export function database(): Shelf {
  let opened: Promise<IDBDatabase> | undefined;
  const run = async <T>(
    mode: IDBTransactionMode,
    ask: (store: IDBObjectStore) => IDBRequest<T>,
  ): Promise<T> => {
    opened ??= openDatabase();
    const transaction = (await opened).transaction(STORE, mode);
    const request = ask(transaction.objectStore(STORE));
    return new Promise((resolve, reject) => {
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = () => reject(transaction.error);
      transaction.onerror = () => reject(transaction.error);
    });
  };
  return {
    all: () => run("readonly", (store) => store.getAll()),
    put: async (kept) => void (await run("readwrite", (store) => store.put(kept))),
    remove: (key) => run("readwrite", (store) => store.delete(key)),
  };
}

function openDatabase(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: "key" });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
    setTimeout(() => reject(new Error("the database does not open")), PATIENCE_MS);
  });
}

/** Copies in localStorage, which holds about 5 MB. */
export function storage(): Shelf {
  const names = () => Object.keys(localStorage).filter((name) => name.startsWith(PREFIX));
  return {
    all: async () => names().map((name) => JSON.parse(localStorage.getItem(name) ?? "") as Kept),
    put: async (kept) => localStorage.setItem(PREFIX + kept.key, JSON.stringify(kept)),
    remove: async (key) => localStorage.removeItem(PREFIX + key),
  };
}

/** Copies for as long as the page is open. */
export function memory(): Shelf {
  const copies = new Map<string, Kept>();
  return {
    all: async () => [...copies.values()],
    put: async (kept) => void copies.set(kept.key, kept),
    remove: async (key) => void copies.delete(key),
  };
}
