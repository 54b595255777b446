// The service worker, by hand and for offline use only: hashed files from the cache first, the page itself from the
// network first. It never takes over an open page by itself.

interface ExtendableEvent extends Event { waitUntil(work: Promise<unknown>): void }
interface FetchEvent extends ExtendableEvent { request: Request; respondWith(answer: Promise<Response>): void }
declare const SHELL: { id: string; files: string[] };
declare function skipWaiting(): Promise<void>;

const shelf = `hsmplay:${SHELL.id}`;
const page = "./";
const on = <E extends Event>(type: string, handle: (e: E) => void) => addEventListener(type, handle as EventListener);

/** fill fetches every file of this build into its cache. */
async function fill(): Promise<void> {
  const cache = await caches.open(shelf);
  await cache.addAll([page, ...SHELL.files]);
}

/** tidy drops the caches of other builds. */
async function tidy(): Promise<void> {
  const names = await caches.keys();
  await Promise.all(names.filter((n) => n.startsWith("hsmplay:") && n !== shelf).map((n) => caches.delete(n)));
}

/** cacheFirst answers a hashed file. */
async function cacheFirst(request: Request): Promise<Response> {
  return (await caches.match(request, { ignoreVary: true })) ?? fetch(request);
}

/** networkFirst answers the page, and what has no hash, from the network; offline from the cache. */
async function networkFirst(request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch {
    const kept = await caches.open(shelf);
    const address = request.mode === "navigate" ? page : request;
    return (await kept.match(address, { ignoreSearch: true, ignoreVary: true })) ?? Response.error();
  }
}

on<ExtendableEvent>("install", (e) => e.waitUntil(fill()));
on<ExtendableEvent>("activate", (e) => e.waitUntil(tidy()));
on<MessageEvent>("message", (e) => {
  if (e.data === "take over") void skipWaiting();
});
on<FetchEvent>("fetch", (e) => {
  const url = new URL(e.request.url);
  if (e.request.method !== "GET" || url.origin !== location.origin) return;
  const hashed = SHELL.files.some((f) => f.includes("-") && url.pathname.endsWith(`/${f}`));
  e.respondWith(hashed ? cacheFirst(e.request) : networkFirst(e.request));
});
