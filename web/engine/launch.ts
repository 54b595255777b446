// Making the worker. The first one is made by early.ts before the page's own script is here, so that the engine comes, is compiled and
// begins while the page is drawn and the storage is read.

import { send } from "./sent.ts";

/** Launched is a worker that nobody has spoken to yet; failed settles with the reason when it does not start. */
export interface Launched { worker: Worker; failed: Promise<string> }

/** Addresses are those of the worker's script, of the engine and of its rest. */
export interface Addresses { script: string; wasm: string; rest: string }

/** launch starts a worker from a blob, so that the page's content policy binds it too. sends: it sends for the engine by itself. */
export function launch({ script, wasm, rest }: Addresses, sends: boolean): Launched {
  const here = (address: string) => JSON.stringify(new URL(address, document.baseURI).href);
  const sending = sends && wasm && `hsmplaySent=(${send})(${here(wasm)},${Boolean(navigator.serviceWorker?.controller)});`;
  const later = rest && `hsmplayRest=${here(rest)};`;
  const url = URL.createObjectURL(new Blob([`${sending || ""}${later}importScripts(${here(script)})`], { type: "text/javascript" }));
  const worker = new Worker(url, { name: "hsmplay engine" });
  worker.addEventListener("message", () => URL.revokeObjectURL(url), { once: true });
  const failed = new Promise<string>((tell) => worker.addEventListener("error", (e) => tell(e.message || "the worker did not start")));
  return { worker, failed };
}

/** launched is the worker that early.ts has made, once; later ones are made when they are needed. */
export function launched(built: Addresses): Launched {
  const page = globalThis as { hsmplayWorker?: Launched };
  const early = page.hsmplayWorker;
  delete page.hsmplayWorker;
  return early ?? launch(built, true);
}
