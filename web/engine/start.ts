// The page's half of the bridge: starts the worker and turns its methods into promises. Only this module, its
// worker, launch.ts and load.ts know that the engine is WebAssembly.

import type { Engine, Fault, Options, Turn } from "../hsm";
import { launch, launched } from "./launch.ts";
import { type Built, LoadFault, type Modules, travelled } from "./load.ts";
import type { FromWorker, ToWorker } from "./protocol.ts";
import { filled } from "./rows.ts";

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
  /** complete sends for the rest of the engine, which most calls wait for. */
  complete(): void;
  /** kill ends the worker at once; calls that wait are refused. */
  kill(): void;
}

/** Listeners are told what comes unasked; loading and loaded of an engine that comes first, rest and late of its rest. */
export interface Listeners {
  turn(turn: Turn): void;
  exit(why: string): void;
  loading?(have: number, of: number): void;
  loaded?(first: WebAssembly.Module): void;
  rest?(module: WebAssembly.Module | null): void;
  late?(why: string): void;
}

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

/** start brings an engine up in a new worker: of modules, or of those that the worker sends for itself. It comes and begins while the
 *  options are still on their way. It rejects when they or it do not come, when the engine ends before it is ready, or is not ready
 *  after patience milliseconds. */
export function start(built: Built, modules: Modules | null, options: Options | Promise<Options>, tell: Listeners, patience = Infinity): Promise<Host> {
  const { worker, failed } = modules ? launch(built, false) : launched(built);
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
    filled(result);
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
    const notLoaded = (why: string) => fail(why, new LoadFault(built.wasm.split("/").at(-1)!, why));
    const late = patience < Infinity ? setTimeout(() => fail("it takes too long"), patience) : 0;
    void failed.then(fail);
    worker.addEventListener("message", ({ data }: MessageEvent<FromWorker>) => {
      if (data.is === "ready") {
        clearTimeout(late);
        ready({ engine, ping, complete: () => post({ do: "complete" }), kill });
      }
      else if (data.is === "turn") {
        tell.turn(JSON.parse(data.turn));
        drawn(data.size);
      }
      else if (data.is === "loading") tell.loading?.(...travelled(data.now, built));
      else if (data.is === "loaded") tell.loaded?.(data.module);
      else if (data.is === "rest") tell.rest?.(data.module);
      else if (data.is === "late") tell.late?.(data.why);
      else if (data.is === "notLoaded") notLoaded(data.why);
      else if (data.is === "exit") fail(data.why);
      else settle(data.id, data.is === "result" ? data.result : "");
    });
    if (built.wasm !== "" && typeof WebAssembly !== "object") return notLoaded("this browser has no WebAssembly");
    if (!modules) post({ do: "load" });
    Promise.resolve(options).then((o) => post({ do: "start", modules, options: JSON.stringify(o) }), (fault) => fail(String(fault), fault));
  });
}
