// Where the world is kept: IndexedDB, one writer. Only a refusal is a failure; a browser that is slow is waited for.

import { createStore, entries, type UseStore } from "idb-keyval";
import { former, own } from "../page/here.ts";

/** Rows are the saved world as the engine hands it out; null deletes. */
export type Rows = Record<string, string | null>;

const database = own("world");
const writerLock = own("writer");
const wanted = own("wanted");           // of localStorage: another tab would like to write
const handover = 3_000;                 // ms in which the one that does is to have finished
const begun = "@begun";                 // a row of the store itself: it has been written by this copy
const patience = 5_000;                 // ms after which the database is opened once more beside the first try
const tries = 3;                        // of a write, before it counts as refused

let rows: UseStore | null = null;
let writing = false;                    // whether this tab holds the lock

/** read returns the saved world, null for none. It rejects where storage is refused, and takes as long as the browser does. The first
 *  visit of the writer begins with a copy of what was kept under the former name. */
export async function read(writes: boolean): Promise<Record<string, string> | null> {
  const [store, saved] = await opened();
  rows = store;
  if (saved.length === 0) {
    const former = await formerWorld();
    if (writes) await replace(former ?? {});
    return former;
  }
  const world = saved.filter(([name]) => name !== begun);
  return world.length > 0 ? Object.fromEntries(world) : null;
}

/** opened reads everything. Browsers have been seen to forget a request on a busy machine: so there is a second one after a while, and
 *  the first to answer wins. */
function opened(): Promise<[UseStore, [string, string][]]> {
  return new Promise((done, fail) => {
    const attempt = async (): Promise<[UseStore, [string, string][]]> => {
      const store = createStore(database, "rows");
      return [store, await entries<string, string>(store)];
    };
    const settle = <T>(tell: (said: T) => void) => (said: T) => {
      clearInterval(more);
      tell(said);
    };
    const more = setInterval(() => void attempt().then(settle(done), () => {}), patience);
    attempt().then(settle(done), settle(fail));
  });
}

/** formerWorld is what was kept under the name that all copies shared, null for none. It is left where it is. */
function formerWorld(): Promise<Record<string, string> | null> {
  return new Promise((done) => {
    const opening = indexedDB.open(former("world"));
    opening.onupgradeneeded = () => opening.transaction!.abort(); // there is none: none is made
    opening.onerror = () => done(null);
    opening.onsuccess = async () => {
      const found = await entries<string, string>(async (mode, use) => use(opening.result.transaction("rows", mode).objectStore("rows"))).catch(() => []);
      opening.result.close();
      done(found.length > 0 ? Object.fromEntries(found) : null);
    };
  });
}

/** write saves changed rows in one transaction. It rejects where that is refused time after time. */
export function write(changed: Rows): Promise<void> {
  return stored((store) => put(store, changed));
}

/** replace puts another world in the place of the one that is kept, in one transaction: at no time is there none. */
export function replace(world: Record<string, string>): Promise<void> {
  return stored((store) => {
    store.clear();
    put(store, { ...world, [begun]: "" });
  });
}

function put(store: IDBObjectStore, changed: Rows): void {
  for (const [key, value] of Object.entries(changed)) {
    if (value === null) store.delete(key);
    else store.put(value, key);
  }
}

/** stored carries out a transaction, again on a new connection where the browser has lost the old one. */
async function stored(work: (store: IDBObjectStore) => void): Promise<void> {
  for (let n = 1; ; n++) {
    try {
      return await rows!("readwrite", (store) => new Promise<void>((done, fail) => {
        work(store);
        store.transaction.oncomplete = () => done();
        store.transaction.onabort = store.transaction.onerror = () => fail(store.transaction.error);
      }));
    } catch (fault) {
      if (n === tries) throw fault;
      rows = createStore(database, "rows");
    }
  }
}

/** hold asks to be the only writer; steal takes it from another tab, which finishes what it has to write before. lost is called when
 *  another tab does so to this one. It answers whether this tab writes now; without Web Locks every tab does. */
export function hold(steal: boolean, lost: () => void, finish: () => Promise<void>): Promise<boolean> {
  if (!navigator.locks || writing) return Promise.resolve(true);
  return new Promise((answer) => {
    const request = (options: LockOptions) => navigator.locks.request(writerLock, options, (lock) => {
      writing = lock !== null;
      answer(writing);
      return writing ? given(finish, lost) : undefined;
    });
    const failed = () => {
      if (!writing) return answer(true);
      writing = false;
      lost();
    };
    (steal ? asking(request) : request({ ifAvailable: true })).catch(failed);
  });
}

/** asking asks the tab that writes to give the lock, and takes it from one that does not. */
async function asking(request: (options: LockOptions) => Promise<unknown>): Promise<void> {
  try {
    localStorage.setItem(wanted, `${Date.now()}`);
    await request({ signal: AbortSignal.timeout(handover) });
  } catch (fault) {
    if (writing) throw fault; // another tab has taken it from this one
    await request({ steal: true });
  }
}

let asked = (_: StorageEvent) => {}; // hears other tabs while this one has the lock

/** given settles when another tab has asked for the lock and nothing is left to be written. */
function given(finish: () => Promise<void>, lost: () => void): Promise<void> {
  return new Promise((give) => {
    removeEventListener("storage", asked);
    asked = async ({ key }) => {
      if (key !== wanted || !writing) return;
      await finish().catch(() => {});
      if (!writing) return; // it was taken meanwhile, or given
      writing = false;
      lost();
      give();
    };
    addEventListener("storage", asked);
  });
}
