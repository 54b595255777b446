// The rest of the engine: the functions that no start runs (web/build/part.mjs), in a module of their own. It comes once the prompt is there.

import { send } from "./sent.ts";

const asked = 1; // the place in Go's table of what is called when the rest is needed, see part.mjs
const [least, most] = [1_000, 15_000]; // ms before the rest is sent for again

/** asking is a module that shows what it is given, so that it can stand in a table of functions: (import "" "ask") (export "ask"). */
const asking = new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 4, 1, 0x60, 0, 0, 2, 8, 1, 0, 3, 0x61, 0x73, 0x6b, 0, 0, 7, 7, 1, 3, 0x61, 0x73, 0x6b, 0, 0]);

/** Rest is the rest of one engine, at an address; an engine in one piece has none, and the address is "". */
export class Rest {
  #address: string;
  #imports: WebAssembly.Imports = {};
  #coming: Promise<WebAssembly.Module | null> | null = null;
  #isHere = false;

  constructor(address: string) {
    this.#address = address;
    this.#isHere = address === "";
  }

  /** follow ties it to the engine's first module, which has not begun. */
  follow(first: WebAssembly.Instance, imports: WebAssembly.Imports): void {
    if (this.#address === "") return;
    const ask = new WebAssembly.Instance(new WebAssembly.Module(asking), { "": { ask: () => this.#askAtOnce() } }).exports["ask"];
    (first.exports["table"] as WebAssembly.Table).set(asked, ask);
    this.#imports = { ...imports, first: first.exports };
  }

  /** come settles when the rest is here: with its module if it was sent for. It tries until it comes, and tells why it has not. */
  come(late: (why: string) => void): Promise<WebAssembly.Module | null> {
    return (this.#coming ??= this.#isHere ? Promise.resolve(null) : this.#sent(late));
  }

  /** join takes the rest that another worker has sent for. */
  async join(module: WebAssembly.Module): Promise<void> {
    if (!this.#isHere) await WebAssembly.instantiate(module, this.#imports);
    this.#isHere = true;
  }

  async #sent(late: (why: string) => void): Promise<WebAssembly.Module> {
    for (let pause = least; ; pause = Math.min(2 * pause, most)) {
      try {
        const { answer } = await send(this.#address, true);
        if (!answer?.ok) throw new Error(answer ? `the server answered ${answer.status}` : "the network did not answer");
        const module = await WebAssembly.compileStreaming(answer);
        await this.join(module);
        return module;
      } catch (why) {
        late(why instanceof Error ? why.message : String(why));
        await new Promise((soon) => setTimeout(soon, pause));
      }
    }
  }

  /** #askAtOnce is called where a start runs a function of the rest after all: Go cannot wait for what comes in its own time. */
  #askAtOnce(): void {
    if (this.#isHere) return;
    const request = new XMLHttpRequest();
    request.open("GET", this.#address, false);
    request.responseType = "arraybuffer";
    request.send();
    new WebAssembly.Instance(new WebAssembly.Module(request.response as ArrayBuffer), this.#imports);
    this.#isHere = true;
  }
}
