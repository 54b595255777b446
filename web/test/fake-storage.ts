// An IndexedDB as the store uses it, which a test can make slow, refuse, or fail. Transactions change the rows when they complete.

type Rows = Map<string, string>;
interface Request { result?: unknown; error?: unknown; transaction?: unknown; onsuccess?: () => void; onerror?: () => void; onupgradeneeded?: () => void }

/** Range is an IDBKeyRange between two names. */
interface Range { from: string; to: string }

const within = (key: string, range?: Range): boolean => !range || key >= range.from && key <= range.to;

Object.assign(globalThis, { IDBKeyRange: { bound: (from: string, to: string): Range => ({ from, to }) } });

/** FakeStorage is a browser's databases. */
export class FakeStorage {
  databases = new Map<string, Rows>();
  answers: Promise<void> = Promise.resolve(); // every answer waits for it: a slow browser
  refuses = false;                            // opening throws, as in private windows
  failing = 0;                                // how many transactions will fail
  written: string[][] = [];                   // the operations of each transaction that wrote

  open(name: string): Request {
    if (this.refuses) throw new DOMException("denied", "SecurityError");
    const request: Request = {};
    void this.answers.then(() => {
      const isNew = !this.databases.has(name);
      let aborted = false;
      if (isNew) this.databases.set(name, new Map());
      request.result = this.#database(name);
      request.transaction = { abort: () => (aborted = true) };
      if (isNew) request.onupgradeneeded?.();
      if (!aborted) return request.onsuccess?.();
      this.databases.delete(name);
      request.onerror?.();
    });
    return request;
  }

  #database(name: string) {
    return { createObjectStore() {}, close() {}, transaction: (_: string, mode: string) => this.#transaction(this.databases.get(name)!, mode) };
  }

  #transaction(rows: Rows, mode: string) {
    const draft = new Map(rows);
    const done: string[] = [];
    const transaction: { oncomplete?: () => void; onabort?: () => void; error?: Error; objectStore?: () => unknown } = {};
    const answer = (result: unknown) => {
      const request: Request = { result };
      void this.answers.then(() => request.onsuccess?.());
      return request;
    };
    transaction.objectStore = () => ({
      transaction,
      get: (key: string) => answer(rows.get(key)),
      getAllKeys: (range?: Range) => answer([...rows.keys()].filter((key) => within(key, range)).sort()),
      getAll: () => answer([...rows.keys()].sort().map((key) => rows.get(key))),
      put: (value: string, key: string) => (done.push(`put ${key}`), draft.set(key, value)),
      delete: (key: string | Range) => {
        done.push(`delete ${typeof key === "string" ? key : key.from}`);
        for (const name of [...draft.keys()]) if (typeof key === "string" ? name === key : within(name, key)) draft.delete(name);
      },
      clear: () => (done.push("clear"), draft.clear()),
    });
    if (mode === "readwrite") void this.answers.then(() => new Promise((r) => setTimeout(r))).then(() => this.#end(rows, draft, done, transaction));
    return transaction;
  }

  #end(rows: Rows, draft: Rows, done: string[], transaction: { oncomplete?: () => void; onabort?: () => void; error?: Error }): void {
    if (this.failing > 0) {
      this.failing--;
      transaction.error = new Error("the transaction failed");
      return transaction.onabort?.();
    }
    rows.clear();
    for (const [key, value] of draft) rows.set(key, value);
    this.written.push(done);
    transaction.oncomplete?.();
  }
}
