// The worker of a build without an engine: the same worker, with the scripted engine in the place of Go's.

import type { Engine } from "../hsm";
import { fakeEngine } from "./fake-engine.ts";
import "../engine/worker.ts";

Object.assign(globalThis, {
  hsmplayEngine(options: string, listener: (turn: string) => void) {
    const engine = fakeEngine(JSON.parse(options), (turn) => listener(JSON.stringify(turn)));
    const method = (run: (arg: never) => Promise<unknown>) => async (arg: string) => JSON.stringify(await run(JSON.parse(arg) as never));
    return Object.fromEntries(Object.entries(engine).map(([name, run]: [string, Engine[keyof Engine]]) => [name, method(run)]));
  },
});
