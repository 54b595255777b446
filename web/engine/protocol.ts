// The messages between the page and the worker. Arguments and results are JSON, as the bridge speaks it.

/** ToWorker is what the page sends. drawn: so many characters of turns are drawn, see flow.ts. */
export type ToWorker =
  | { do: "start"; module: WebAssembly.Module | null; options: string }
  | { do: "call"; id: number; method: string; arg: string }
  | { do: "ping"; id: number }
  | { do: "drawn"; size: number };

/** FromWorker is what the worker sends. exit: the Go program has ended, which it never should. */
export type FromWorker =
  | { is: "ready" }
  | { is: "result"; id: number; result: string }
  | { is: "turn"; turn: string; size: number }
  | { is: "pong"; id: number }
  | { is: "exit"; why: string };

/** Methods is what wasm/ exports as hsmplayEngine's result. */
export type Methods = Record<string, (arg: string) => Promise<string>>;
