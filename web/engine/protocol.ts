// The messages between the page and the worker. Arguments and results are JSON, as the bridge speaks it.

import type { Modules, Progress } from "./load.ts";

/** ToWorker is what the page sends. load: tell how the engine comes that the worker has sent for itself. start: on that one, where there are
 *  no modules. complete: send for the engine's rest, which most calls wait for. drawn: so many characters of turns are drawn, see flow.ts. */
export type ToWorker =
  | { do: "load" }
  | { do: "start"; modules: Modules | null; options: string }
  | { do: "complete" }
  | { do: "call"; id: number; method: string; arg: string }
  | { do: "ping"; id: number }
  | { do: "drawn"; size: number };

/** FromWorker is what the worker sends. rest: it is here. late: it has not come, and why; or a call waits for it. exit: the Go program has ended, which it never should. */
export type FromWorker =
  | { is: "loading"; now: Progress }
  | { is: "loaded"; module: WebAssembly.Module }
  | { is: "rest"; module: WebAssembly.Module | null }
  | { is: "late"; why: string }
  | { is: "notLoaded"; why: string }
  | { is: "ready" }
  | { is: "result"; id: number; result: string }
  | { is: "turn"; turn: string; size: number }
  | { is: "pong"; id: number }
  | { is: "exit"; why: string };

/** Methods is what wasm/ exports as hsmplayEngine's result. */
export type Methods = Record<string, (arg: string) => Promise<string>>;
