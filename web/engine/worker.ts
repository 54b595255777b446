// The worker: runs the engine and hands its methods to the page. It knows no DOM and no terminal.

import { Flow } from "./flow.ts";
import { type Progress, load } from "./load.ts";
import type { FromWorker, Methods, ToWorker } from "./protocol.ts";
import type { Sent } from "./sent.ts";

declare const Go: new () => { importObject: WebAssembly.Imports; env: Record<string, string>; run(i: WebAssembly.Instance): Promise<void> };
declare const hsmplayEngine: (options: string, listener: (turn: string) => void) => Methods | Promise<Methods>;

let methods: Promise<Methods> | null = null;

const send = (message: FromWorker) => postMessage(message);
const flow = new Flow(send);
const say = (why: unknown) => send({ is: "exit", why: textOf(why) });
const textOf = (why: unknown) => (why instanceof Error ? `${why.name}: ${why.message}` : String(why));

/** run instantiates a module; Go's main exports hsmplayEngine and then never returns. */
async function run(module: WebAssembly.Module): Promise<void> {
  const go = new Go();
  go.env = {};
  const instance = await WebAssembly.instantiate(module, go.importObject);
  go.run(instance).then(() => say("the engine has ended"), say);
}

let come: Progress | null = null;
let tellsProgress = false;

/** own is the engine that this worker has sent for itself, see launch.ts: it comes and begins before the page has said anything. */
const { hsmplaySent } = globalThis as { hsmplaySent?: Promise<Sent> };
const own = hsmplaySent && load(hsmplaySent, (now) => {
  come = now;
  if (tellsProgress) send({ is: "loading", now });
});
const begun = own?.then(run);
begun?.catch(() => {}); // the page is told when it asks

/** start makes a world, and answers with the methods of the engine. */
async function start(module: WebAssembly.Module | null, options: string): Promise<Methods> {
  await (module ? run(module) : begun);
  return hsmplayEngine(options, (turn) => flow.turn(turn));
}

/** call runs one method; a rejection travels as a fault, so that the page always gets an answer. */
async function call(method: string, arg: string): Promise<string> {
  const run = (await methods!)[method];
  if (!run) return JSON.stringify({ error: { code: "method", message: `no method ${method}` } });
  return run(arg);
}

const handle = {
  load() {
    tellsProgress = true;
    if (come) send({ is: "loading", now: come });
    own?.then((module) => send({ is: "loaded", module }), (fault) => send({ is: "notLoaded", why: fault instanceof Error ? fault.message : String(fault) }));
  },
  start(m: ToWorker & { do: "start" }) {
    methods = start(m.module, m.options);
    methods.then(() => send({ is: "ready" }), say);
  },
  call(m: ToWorker & { do: "call" }) {
    if (m.method === "interrupt") flow.drop((JSON.parse(m.arg) as { terminal: number }).terminal);
    call(m.method, m.arg).then((result) => flow.message({ is: "result", id: m.id, result }), say);
  },
  drawn(m: ToWorker & { do: "drawn" }) {
    flow.drawn(m.size);
  },
  ping(m: ToWorker & { do: "ping" }) {
    send({ is: "pong", id: m.id });
  },
};

addEventListener("message", (e: MessageEvent<ToWorker>) => (handle[e.data.do] as (m: ToWorker) => void)(e.data));
addEventListener("unhandledrejection", (e) => say(e.reason));
addEventListener("error", (e) => say(e.message));
