// The worker: runs the engine and hands its methods to the page. It knows no DOM and no terminal.

import { Flow } from "./flow.ts";
import { type Modules, type Progress, load } from "./load.ts";
import type { FromWorker, Methods, ToWorker } from "./protocol.ts";
import { pairs } from "./pairs.ts";
import { Rest } from "./rest.ts";
import type { Sent } from "./sent.ts";

declare const Go: new () => { importObject: WebAssembly.Imports; env: Record<string, string>; run(i: WebAssembly.Instance): Promise<void> };
declare const hsmplayEngine: (options: string, listener: (turn: string) => void, pairs: (curve: string) => Uint8Array | undefined) => Methods | Promise<Methods>;

let methods: Promise<Methods> | null = null;

const send = (message: FromWorker) => postMessage(message);
const flow = new Flow(send);
const say = (why: unknown) => send({ is: "exit", why: textOf(why) });
const textOf = (why: unknown) => (why instanceof Error ? `${why.name}: ${why.message}` : String(why));

const { hsmplaySent, hsmplayRest = "" } = globalThis as { hsmplaySent?: Promise<Sent>; hsmplayRest?: string };
const rest = new Rest(hsmplayRest);
let complete = () => {}; // sends for the rest
const whole = new Promise<void>((come) => (complete = come)).then(() => rest.come(late)).then((module) => {
  isWhole = true;
  send({ is: "rest", module });
});
let isWhole = false;     // whether it is here
let isAsked = false;     // whether it was sent for: from then on calls keep their order
let fault = "";          // why it has not come
const patience = 1_000;  // ms that a call waits for the rest until the page is told

/** run instantiates a module; Go's main exports hsmplayEngine and then never returns. */
async function run(first: WebAssembly.Module): Promise<void> {
  const go = new Go();
  go.env = {};
  const instance = await WebAssembly.instantiate(first, go.importObject);
  rest.follow(instance, go.importObject);
  go.run(instance).then(() => say("the engine has ended"), say);
}

let come: Progress | null = null;
let tellsProgress = false;

/** own is the engine that this worker has sent for itself, see launch.ts: it comes and begins before the page has said anything. */
const own = hsmplaySent && load(hsmplaySent, (now) => {
  come = now;
  if (tellsProgress) send({ is: "loading", now });
});
const begun = own?.then(run);
begun?.catch(() => {}); // the page is told when it asks

/** start makes a world, and answers with the methods of the engine. */
async function start(modules: Modules | null, options: string): Promise<Methods> {
  await (modules ? run(modules.first) : begun);
  if (modules?.rest) await rest.join(modules.rest);
  return hsmplayEngine(options, (turn) => flow.turn(turn), pairs(globalThis.crypto?.subtle));
}

/** late tells the page that the rest has not come. */
function late(why: string): void {
  fault = why;
  send({ is: "late", why });
}

/** isEarly tells the calls that a start makes, as web/build/started.mjs does: others wait for the rest. */
function isEarly(method: string, arg: string): boolean {
  return ["terminals", "open", "resize"].includes(method) || (method === "batch" && !("type" in JSON.parse(arg)));
}

/** rested settles when the rest is here; the page is told where that takes long. */
async function rested(): Promise<void> {
  const long = setTimeout(() => late(fault), patience);
  await whole;
  clearTimeout(long);
}

/** call runs one method; a rejection travels as a fault, so that the page always gets an answer. */
async function call(method: string, arg: string): Promise<string> {
  if (!isWhole && (isAsked || !isEarly(method, arg))) await rested();
  const run = (await methods!)[method];
  if (!run) return JSON.stringify({ error: { code: "method", message: `no method ${method}` } });
  return run(arg);
}

const handle = {
  load() {
    tellsProgress = true;
    if (come) send({ is: "loading", now: come });
    own?.then((module) => send({ is: "loaded", module }), (why) => send({ is: "notLoaded", why: why instanceof Error ? why.message : String(why) }));
  },
  start(m: ToWorker & { do: "start" }) {
    methods = start(m.modules, m.options);
    methods.then(() => send({ is: "ready" }), say);
  },
  complete() {
    isAsked = true;
    complete();
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
