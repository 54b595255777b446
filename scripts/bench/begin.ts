// begin.ts is what the bench's pages start an engine with, as web/engine/worker.ts does.
import { pairs } from "../../web/engine/pairs.ts";
import { Rest } from "../../web/engine/rest.ts";

declare const Go: new () => { importObject: WebAssembly.Imports; env: Record<string, string>; run(i: WebAssembly.Instance): Promise<void> };

/** beginEngine starts the engine of some bytes. complete brings the rest, which lies at an address. */
async function beginEngine(first: ArrayBuffer, address: string) {
  const go = new Go();
  go.env = {};
  const { instance } = await WebAssembly.instantiate(first, go.importObject);
  const rest = new Rest(address);
  rest.follow(instance, go.importObject);
  void go.run(instance);
  const complete = () => rest.come((why) => { throw new Error(why); });
  return { complete, pairs: pairs(crypto.subtle), memory: () => (instance.exports["mem"] as WebAssembly.Memory).buffer.byteLength };
}

Object.assign(globalThis, { beginEngine });
