// Where the engine comes from: what the service worker has kept is read from its cache directly, which takes a fraction of the time of
// asking the service worker for it; else it is fetched.

/** Sent is what has come of asking for the engine: no answer where the network gave none; isKept: it was here already. */
export interface Sent { answer: Response | null; isKept: boolean }

/** send asks for the engine. asksKept: a service worker may have kept it. It is written into the worker that launch.ts makes as the text
 *  it is here, so that it runs before any script has come: it uses nothing of this module. */
export async function send(address: string, asksKept: boolean): Promise<Sent> {
  let kept: Response | undefined;
  try {
    if (asksKept) kept = await caches.match(address, { ignoreVary: true });
  } catch {
    // no caches here, or refused
  }
  return { answer: kept ?? (await fetch(address).catch(() => null)), isKept: kept !== undefined };
}
