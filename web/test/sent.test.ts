import { deepEqual, equal } from "node:assert/strict";
import { test } from "node:test";
import { send } from "../engine/sent.ts";

const answer = new Response("engine");

/** browser has a cache and a network of its own. */
function browser(match: () => Promise<Response | undefined>, network: () => Promise<Response>) {
  Object.assign(globalThis, { caches: { match }, fetch: network });
}

const nothing = () => Promise.resolve(undefined);
const refused = () => Promise.reject(new Error("refused"));

test("sent: what is kept is not fetched", async () => {
  browser(() => Promise.resolve(answer), () => { throw new Error("it was fetched"); });
  deepEqual(await send("assets/engine.wasm", true), { answer, isKept: true });
});

test("sent: what is not kept, or where nothing may be kept, is fetched", async () => {
  for (const match of [nothing, refused]) {
    browser(match, () => Promise.resolve(answer));
    deepEqual(await send("assets/engine.wasm", true), { answer, isKept: false });
  }
});

test("sent: where no service worker is, nothing is asked for what it has kept", async () => {
  browser(() => { throw new Error("it was asked"); }, () => Promise.resolve(answer));
  deepEqual(await send("assets/engine.wasm", false), { answer, isKept: false });
});

test("sent: it stands by itself, so that it can travel as its text", async () => {
  browser(() => Promise.resolve(answer), () => { throw new Error("it was fetched"); });
  const travelled = new Function(`return ${send}`)() as typeof send;
  deepEqual(await travelled("assets/engine.wasm", true), { answer, isKept: true });
});

test("sent: no answer is told, not thrown", async () => {
  browser(nothing, refused);
  equal((await send("assets/engine.wasm", true)).answer, null);
});
