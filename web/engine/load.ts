// The engine's code, compiled in the worker while it comes.

import type { Sent } from "./sent.ts";

/** Built is what the build knows about the engine: addresses relative to the page (rest: see rest.ts; of the course by language; late: styles that the first screen does without), sizes in bytes of what a start needs as it is and as it travels. */
export interface Built { id: string; wasm: string; rest: string; size: number; gz: number; br: number; script: string; course: Record<string, string>; late: string }

/** Modules are an engine's code; rest: see rest.ts, null where it has not come. */
export interface Modules { first: WebAssembly.Module; rest: WebAssembly.Module | null }

/** LoadFault says which file did not come and why. */
export class LoadFault extends Error {
  readonly file: string;
  constructor(file: string, why: string) {
    super(why);
    this.file = file;
  }
}

/** Progress is how far the engine has come: bytes as it is, and in what encoding it travels. */
export interface Progress { bytes: number; encoding: string }

/** load compiles the engine. progress is told where it comes from afar for the first time: a stream that is counted hides from the
 *  browser which compiled code it has kept. It rejects with the reason. */
export async function load(sent: Promise<Sent>, progress: (now: Progress) => void): Promise<WebAssembly.Module> {
  const { answer, isKept } = await sent;
  if (!answer) throw new Error("the network did not answer");
  if (!answer.ok || !answer.body) throw new Error(`the server answered ${answer.status}`);
  return WebAssembly.compileStreaming(isKept ? answer : counted(answer, progress));
}

/** travelled is how many bytes have come of how many, as they travel. */
export function travelled({ bytes, encoding }: Progress, { size, gz, br }: Built): [have: number, of: number] {
  const of = { br, gzip: gz }[encoding] ?? size;
  return [Math.min(1, bytes / size) * of, of];
}

/** counted is an answer whose bytes are counted while they are read. */
function counted(answer: Response, progress: (now: Progress) => void): Response {
  const encoding = answer.headers.get("Content-Encoding") ?? "";
  let bytes = 0;
  const count = new TransformStream<Uint8Array, Uint8Array>({
    transform(piece, out) {
      bytes += piece.length;
      progress({ bytes, encoding });
      out.enqueue(piece);
    },
  });
  return new Response(answer.body!.pipeThrough(count), { headers: { "Content-Type": "application/wasm" } });
}
