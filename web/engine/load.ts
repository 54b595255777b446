// Fetching the engine, compiled while it comes.

import { type Sent, send } from "./sent.ts";

/** Built is what the build knows about the engine: addresses relative to the page (of the course by language; late: styles that the first screen does without), sizes in bytes as it is and as it travels. */
export interface Built { id: string; wasm: string; size: number; gz: number; br: number; scripts: string[]; course: Record<string, string>; late: string }

/** LoadFault says which file did not come and why. */
export class LoadFault extends Error {
  readonly file: string;
  constructor(file: string, why: string) {
    super(why);
    this.file = file;
  }
}

/** load compiles the engine. progress gets bytes as they travel, where they come from afar for the first time: a stream that is counted
 *  hides from the browser which compiled code it has kept. null: the build has no wasm. */
export async function load(built: Built, progress: (have: number, of: number) => void): Promise<WebAssembly.Module | null> {
  if (built.wasm === "") return null;
  const file = built.wasm.split("/").at(-1)!;
  if (typeof WebAssembly !== "object") throw new LoadFault(file, "this browser has no WebAssembly");
  const { answer, isKept } = await sentFor(built.wasm);
  if (!answer) throw new LoadFault(file, "the network did not answer");
  if (!answer.ok || !answer.body) throw new LoadFault(file, `the server answered ${answer.status}`);
  return WebAssembly.compileStreaming(isKept ? answer : counted(answer, built, progress)).catch((e: Error) => {
    throw new LoadFault(file, e.message);
  });
}

/** sentFor is the answer that early.ts has asked for before this script was here, or a new one where that has been used. */
function sentFor(address: string): Promise<Sent> {
  const page = globalThis as { hsmplayEngine?: Promise<Sent> };
  const sent = page.hsmplayEngine;
  delete page.hsmplayEngine;
  return sent ?? send(address);
}

/** counted is an answer whose bytes are counted while they are read. */
function counted(answer: Response, { size, gz, br }: Built, progress: (have: number, of: number) => void): Response {
  const of = { br, gzip: gz }[answer.headers.get("Content-Encoding") ?? ""] ?? size;
  let have = 0;
  const count = new TransformStream<Uint8Array, Uint8Array>({
    transform(piece, out) {
      have += piece.length;
      progress(Math.min(1, have / size) * of, of);
      out.enqueue(piece);
    },
  });
  return new Response(answer.body!.pipeThrough(count), { headers: { "Content-Type": "application/wasm" } });
}
