// Where the world is kept: IndexedDB, one writer. Every failure means "in memory", never a lost line.

import { createStore, entries, type UseStore } from "idb-keyval";

/** Rows are the saved world as the engine hands it out; null deletes. */
export type Rows = Record<string, string | null>;

const database = "hsmplay:world";
const writerLock = "hsmplay:writer";
const patience = 3_000;          // ms after which a silent database counts as refused

let rows: UseStore | null = null;
let writing = false;             // whether this tab holds the lock

/** within gives up on a promise that does not settle in time. */
function within<T>(work: Promise<T>): Promise<T> {
  const late = new Promise<T>((_, no) => setTimeout(no, patience, new Error("storage does not answer")));
  return Promise.race([work, late]);
}

/** read returns the saved world, null for none. It rejects where storage is refused. */
export async function read(): Promise<Record<string, string> | null> {
  rows ??= createStore(database, "rows");
  const saved = await within(entries<string, string>(rows));
  return saved.length > 0 ? Object.fromEntries(saved) : null;
}

/** write saves changed rows in one transaction. */
export function write(changed: Rows): Promise<void> {
  return rows!("readwrite", (store) => new Promise<void>((done, fail) => {
    for (const [key, value] of Object.entries(changed)) {
      if (value === null) store.delete(key);
      else store.put(value, key);
    }
    store.transaction.oncomplete = () => done();
    store.transaction.onabort = store.transaction.onerror = () => fail(store.transaction.error);
  }));
}

/** wipe forgets the world. */
export async function wipe(): Promise<void> {
  await rows?.("readwrite", (store) => void store.clear());
}

/** hold asks to be the only writer; steal takes it from another tab. lost is called when another tab does so to
 *  this one. It answers whether this tab writes now; without Web Locks every tab does. */
export function hold(steal: boolean, lost: () => void): Promise<boolean> {
  if (!navigator.locks) return Promise.resolve(true);
  if (writing) return Promise.resolve(true);
  return new Promise((answer) => {
    const forever = new Promise<void>(() => {});
    const options: LockOptions = steal ? { steal: true } : { ifAvailable: true };
    navigator.locks.request(writerLock, options, (lock) => {
      writing = lock !== null;
      answer(writing);
      return writing ? forever : undefined;
    }).catch(() => {
      if (!writing) return answer(true);
      writing = false;
      lost();
    });
  });
}
