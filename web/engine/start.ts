// The page's half of the bridge: starts the worker and turns its methods into promises. Only this module, its
// worker and load.ts know that the engine is WebAssembly.

import type { Engine, Fault, Options, Turn } from "../hsm";
import type { FromWorker, ToWorker } from "./protocol.ts";

/** EngineFault is a Fault as an error. */
export class EngineFault extends Error {
  readonly code: string;
  constructor(fault: Fault) {
    super(fault.message);
    this.name = "EngineFault";
    this.code = fault.code;
  }
}

/** Host is a started engine. */
export interface Host {
  engine: Engine;
  /** ping answers whether the worker did so within ms milliseconds. */
  ping(ms: number): Promise<boolean>;
  /** kill ends the worker at once; calls that wait are refused. */
  kill(): void;
}

/** Listeners are told what comes unasked. */
export interface Listeners { turn(turn: Turn): void; exit(why: string): void }

/** nextFrame calls after the next frame, or soon where none is drawn. */
function nextFrame(run: () => void): void {
  const once = () => {
    clearTimeout(late);
    cancelAnimationFrame(frame);
    run();
  };
  const late = setTimeout(once, 250);
  const frame = requestAnimationFrame(() => setTimeout(once));
}

type Coming<T> = T | Promise<T>;

/** launch starts a worker from a blob, so that the page's content policy binds it too. */
function launch(scripts: string[]): Worker {
  const urls = scripts.map((s) => JSON.stringify(new URL(s, document.baseURI).href));
  const url = URL.createObjectURL(new Blob([`importScripts(${urls.join(",")})`], { type: "text/javascript" }));
  const worker = new Worker(url, { name: "hsmplay engine" });
  worker.addEventListener("message", () => URL.revokeObjectURL(url), { once: true });
  return worker;
}

/** start brings an engine up in a new worker, which gets ready while module and options are still on their way. It rejects when they do
 *  not come, when the engine ends before it is ready, or is not ready after patience milliseconds. */
export function start(scripts: string[], module: Coming<WebAssembly.Module | null>, options: Coming<Options>, tell: Listeners, patience = Infinity): Promise<Host> {
  const worker = launch(scripts);
  const waiting = new Map<number, { settle: (text: string) => void; refuse: (e: Error) => void }>();
  let calls = 0;
  const post = (m: ToWorker) => worker.postMessage(m);

  const kill = () => {
    worker.terminate();
    for (const w of waiting.values()) w.refuse(new EngineFault({ code: "stopped", message: "the engine was stopped" }));
    waiting.clear();
  };
  const ask = (message: (id: number) => ToWorker) => new Promise<string>((settle, refuse) => {
    waiting.set(++calls, { settle, refuse });
    post(message(calls));
  });
  const settle = (id: number, text: string) => {
    waiting.get(id)?.settle(text);
    waiting.delete(id);
  };
  const call = async (method: string, arg: unknown) => {
    const result = JSON.parse(await ask((id) => ({ do: "call", id, method, arg: JSON.stringify(arg) })));
    if (result.error) throw new EngineFault(result.error);
    return result;
  };
  const engine = new Proxy({}, { get: (_, method) => (arg: unknown) => call(String(method), arg) }) as Engine;
  const ping = (ms: number) => Promise.race([
    ask((id) => ({ do: "ping", id })).then(() => true, () => false),
    new Promise<boolean>((no) => setTimeout(no, ms, false)),
  ]);

  let size = 0;
  /** drawn tells the worker after the next frame how much it has seen. */
  const drawn = (more: number) => {
    if (size === 0) nextFrame(() => {
      post({ do: "drawn", size });
      size = 0;
    });
    size += more;
  };

  return new Promise((ready, refuse) => {
    const fail = (why: string, fault: unknown = new Error(why)) => {
      kill();
      refuse(fault);
      tell.exit(why);
    };
    const late = patience < Infinity ? setTimeout(() => fail("it takes too long"), patience) : 0;
    worker.addEventListener("error", (e) => fail(e.message || "the worker did not start"));
    worker.addEventListener("message", ({ data }: MessageEvent<FromWorker>) => {
      if (data.is === "ready") {
        clearTimeout(late);
        ready({ engine, ping, kill });
      }
      else if (data.is === "turn") {
        tell.turn(JSON.parse(data.turn));
        drawn(data.size);
      }
      else if (data.is === "exit") fail(data.why);
      else settle(data.id, data.is === "result" ? data.result : "");
    });
    Promise.all([module, options]).then(([m, o]) => post({ do: "start", module: m, options: JSON.stringify(o) }), (fault) => fail(String(fault), fault));
  });
}
