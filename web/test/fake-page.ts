// What the page's modules find in a browser, for tests under node: import it before them. No elements: drawing is tested in a browser.

import { FakeStorage } from "./fake-storage.ts";
import { fakeEngine } from "./fake-engine.ts";
import type { Engine, Options } from "../hsm";
import type { FromWorker, ToWorker } from "../engine/protocol.ts";

export const storage = new FakeStorage();
export const local = new Map<string, string>();

/** FakeWorker runs the scripted engine and speaks the protocol of engine/worker.ts. */
export class FakeWorker extends EventTarget {
  static all: FakeWorker[] = [];
  deaf = false;             // does not answer from now on
  options: Options = {};
  calls: string[] = [];     // names of the methods that were called
  #engine: Engine | null = null;
  #ended = false;

  constructor() {
    super();
    FakeWorker.all.push(this);
  }

  postMessage(message: ToWorker): void {
    if (!this.deaf) queueMicrotask(() => void this.#answer(message));
  }

  terminate(): void {
    this.#ended = true;
  }

  /** say sends a message to the page. */
  say(data: FromWorker): void {
    if (!this.#ended) this.dispatchEvent(new MessageEvent("message", { data }));
  }

  async #answer(message: ToWorker): Promise<void> {
    if (message.do === "start") {
      this.options = JSON.parse(message.options);
      this.#engine = fakeEngine(this.options, (turn) => this.say({ is: "turn", turn: JSON.stringify(turn), size: 0 }));
      this.say({ is: "ready" });
    } else if (message.do === "drawn" || message.do === "load" || message.do === "complete") {
      // what flow.ts does with the one has tests of its own, and an engine of our own does not come
    } else if (message.do === "ping") {
      this.say({ is: "pong", id: message.id });
    } else {
      this.calls.push(message.method);
      const run = (this.#engine as unknown as Record<string, (a: unknown) => Promise<unknown>>)[message.method]!;
      const result = await run.call(this.#engine, JSON.parse(message.arg)).catch((e: Error) => ({ error: { code: "panic", message: e.message } }));
      this.say({ is: "result", id: message.id, result: JSON.stringify(result) });
    }
  }
}

/** locks is a Web Locks that grants the writer's lock unless a test says that another tab has it. */
export const locks = {
  taken: false,
  lose: () => {},
  free: () => {},
  async request(_: string, options: LockOptions, run: (lock: object | null) => unknown): Promise<unknown> {
    const lost = new Promise((_, no) => (locks.lose = () => no(new Error("stolen"))));
    if (locks.taken && options.signal) {
      const refusal = new Promise((_, no) => options.signal!.addEventListener("abort", no));
      await Promise.race([new Promise<void>((go) => (locks.free = go)), refusal]);
      locks.taken = false;
    }
    const held = run(locks.taken && !options.steal ? null : {});
    return held ? Promise.race([held, lost]) : Promise.resolve();
  },
};

Object.assign(globalThis, {
  window: globalThis,
  cancelAnimationFrame() {},
  requestAnimationFrame: (run: () => void) => setTimeout(run, 4),
  document: { baseURI: "http://localhost/play/index.html", hidden: false, getElementById: () => null, querySelectorAll: () => [], documentElement: { dataset: {} } },
  localStorage: { getItem: (k: string) => local.get(k) ?? null, setItem: (k: string, v: string) => void local.set(k, v) },
  indexedDB: storage,
  Worker: FakeWorker,
});
const events = new EventTarget();
Object.assign(globalThis, { addEventListener: events.addEventListener.bind(events), removeEventListener: events.removeEventListener.bind(events), dispatchEvent: events.dispatchEvent.bind(events) });
Object.assign(globalThis, { location: new URL("http://localhost/play/"), history: { state: null, replaceState() {} } });
Object.defineProperty(globalThis, "navigator", { value: { locks }, configurable: true });

/** asNew makes the browser one that has not been here. */
export function asNew(): void {
  storage.databases.clear();
  storage.answers = Promise.resolve();
  Object.assign(storage, { refuses: false, failing: 0, written: [] });
  local.clear();
  locks.taken = false;
}

/** until waits for a state, looking at it again and again. */
export async function until(is: () => unknown, what = is.toString()): Promise<void> {
  for (let n = 0; n < 10_000; n++) {
    if (is()) return;
    await new Promise((r) => setTimeout(r, 2));
  }
  throw new Error(`never: ${what}`);
}
