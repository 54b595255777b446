// Where the engine comes from: what the service worker has kept is read from its cache directly, which takes a fraction of the time of
// asking the service worker for it; else it is fetched.

/** Sent is what has come of asking for the engine: no answer where the network gave none; isKept: it was here already. */
export interface Sent { answer: Response | null; isKept: boolean }

/** send asks for the engine. */
export async function send(address: string): Promise<Sent> {
  const kept = await keptAnswer(address);
  return { answer: kept ?? (await fetch(address).catch(() => null)), isKept: kept !== undefined };
}

/** keptAnswer is what the service worker has kept of a file. */
async function keptAnswer(address: string): Promise<Response | undefined> {
  try {
    return await caches.match(address, { ignoreVary: true });
  } catch {
    return undefined; // no caches here, or refused
  }
}
