import { deepEqual, equal, ok, throws } from "node:assert/strict";
import { test } from "node:test";
import { Rest } from "../engine/rest.ts";

/** table is a first module: it shows a table and f, which calls what stands at place 1. */
const table = new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 4, 1, 0x60, 0, 0, 3, 2, 1, 0, 4, 4, 1, 0x70, 0, 2,
  7, 13, 2, 5, ...Buffer.from("table"), 1, 0, 1, 0x66, 0, 0, 10, 9, 1, 7, 0, 0x41, 1, 0x11, 0, 0, 0x0b]);
/** later is a rest: it wants the first module's table. */
const later = new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 2, 17, 1, 5, ...Buffer.from("first"), 5, ...Buffer.from("table"), 1, 0x70, 0, 2]);

/** followed is a rest at an address, and what needs it. */
function followed(address: string): [Rest, () => void] {
  const first = new WebAssembly.Instance(new WebAssembly.Module(table));
  const rest = new Rest(address);
  rest.follow(first, {});
  return [rest, first.exports["f"] as () => void];
}

/** answering is a network that gives these answers in turn. */
function answering(...answers: (() => Response)[]): string[] {
  const sent: string[] = [];
  Object.assign(globalThis, { caches: { match: async () => undefined }, fetch: async (address: string) => {
    sent.push(address);
    return answers.shift()!();
  } });
  return sent;
}
const whole = () => new Response(later, { headers: { "Content-Type": "application/wasm" } });

/** requests are those that were made at once, and what they bring. */
function atOnce(response: Uint8Array): string[] {
  const made: string[] = [];
  Object.assign(globalThis, { XMLHttpRequest: class {
    responseType = "";
    response = response;
    open(method: string, address: string, later: boolean) { made.push(`${method} ${address} ${later}`); }
    send() {}
  } });
  return made;
}

test("rest: it is sent for once, and not asked for once it is here", async () => {
  const sent = answering(whole), made = atOnce(later);
  const [rest, needs] = followed("rest.wasm");
  const [one, other] = [rest.come(() => {}), rest.come(() => {})];
  ok((await one) instanceof WebAssembly.Module);
  equal(await other, await one);
  needs();
  deepEqual([sent, made], [["rest.wasm"], []]);
});

test("rest: it is sent for again until it comes, and each reason is told", async () => {
  const soon = setTimeout, pauses: number[] = [];
  Object.assign(globalThis, { setTimeout: (run: () => void, ms: number) => (pauses.push(ms), soon(run)) });
  const sent = answering(() => new Response("", { status: 503 }), () => { throw new TypeError("Failed to fetch"); }, whole);
  const said: string[] = [];
  const [rest] = followed("rest.wasm");
  ok((await rest.come((why) => void said.push(why))) instanceof WebAssembly.Module);
  Object.assign(globalThis, { setTimeout: soon });
  deepEqual([sent.length, said, pauses], [3, ["the server answered 503", "the network did not answer"], [1_000, 2_000]]);
});

test("rest: a start that needs it gets it at once, and once", async () => {
  const made = atOnce(later);
  const [, needs] = followed("rest.wasm");
  needs();
  needs();
  deepEqual(made, ["GET rest.wasm false"]);
});

test("rest: an answer that is no module ends the engine with the reason", () => {
  atOnce(new Uint8Array([60, 33]));
  const [, needs] = followed("rest.wasm");
  throws(needs, WebAssembly.CompileError);
});

test("rest: an engine in one piece has none", async () => {
  const sent = answering();
  const [rest] = followed("");
  equal(await rest.come(() => {}), null);
  deepEqual(sent, []);
});

test("rest: what another worker has sent for is joined", async () => {
  const made = atOnce(later), sent = answering();
  const [rest, needs] = followed("rest.wasm");
  await rest.join(new WebAssembly.Module(later));
  needs();
  equal(await rest.come(() => {}), null);
  deepEqual([made, sent], [[], []]);
});
