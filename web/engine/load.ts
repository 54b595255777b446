// Fetching the engine with a count of its bytes, compiled while they come.

/** Built is what the build knows about the engine: addresses relative to the page, sizes in bytes. */
export interface Built { id: string; wasm: string; size: number; gzip: number; scripts: string[] }

/** LoadFault says which file did not come and why. */
export class LoadFault extends Error {
  readonly file: string;
  constructor(file: string, why: string) {
    super(why);
    this.file = file;
  }
}

/** load compiles the engine. progress gets compressed bytes, as they travel. null: the build has no wasm. */
export async function load(built: Built, progress: (have: number, of: number) => void): Promise<WebAssembly.Module | null> {
  if (built.wasm === "") return null;
  const file = built.wasm.split("/").at(-1)!;
  if (typeof WebAssembly !== "object") throw new LoadFault(file, "this browser has no WebAssembly");
  const answer = await fetch(built.wasm).catch(() => null);
  if (!answer) throw new LoadFault(file, "the network did not answer");
  if (!answer.ok || !answer.body) throw new LoadFault(file, `the server answered ${answer.status}`);
  let have = 0;
  const count = new TransformStream<Uint8Array, Uint8Array>({
    transform(piece, out) {
      have += piece.length;
      progress(Math.min(1, have / built.size) * built.gzip, built.gzip);
      out.enqueue(piece);
    },
  });
  const counted = new Response(answer.body.pipeThrough(count), { headers: { "Content-Type": "application/wasm" } });
  return WebAssembly.compileStreaming(counted).catch((e: Error) => {
    throw new LoadFault(file, e.message);
  });
}
