// The service worker, by hand and for offline use only: hashed files from the cache first, the page itself from the
// network first. It never takes over an open page by itself.

interface ExtendableEvent extends Event { waitUntil(work: Promise<unknown>): void }
interface InstallEvent extends ExtendableEvent { addRoutes?(routes: object[]): Promise<void> }
interface FetchEvent extends ExtendableEvent { request: Request; respondWith(answer: Promise<Response>): void }
declare const SHELL: { id: string; files: string[] };
declare function skipWaiting(): Promise<void>;

declare const registration: { scope: string };

/** here is the directory of this copy of the page; another copy on the same origin has another one, and its own caches. */
const here = new URL(registration.scope).pathname;
const shelf = `hsmplay:${here}${SHELL.id}`;
const page = "./";
const on = <E extends Event>(type: string, handle: (e: E) => void) => addEventListener(type, handle as EventListener);

/** fill fetches every file of this build into its cache. */
async function fill(): Promise<void> {
  const cache = await caches.open(shelf);
  await cache.addAll([page, ...SHELL.files]);
}

/** tidy drops the caches of this copy's other builds. */
async function tidy(): Promise<void> {
  for (const name of await caches.keys()) if (name !== shelf && (await isOurs(name))) await caches.delete(name);
}

/** isOurs says whether a cache is of this copy: by its name, or where that has no directory yet by the page in it. */
async function isOurs(name: string): Promise<boolean> {
  if (name.startsWith(`hsmplay:${here}`)) return !name.slice(`hsmplay:${here}`.length).includes("/");
  return /^hsmplay:[^/]+$/.test(name) && (await (await caches.open(name)).match(registration.scope)) !== undefined;
}

/** cacheFirst answers a hashed file. */
async function cacheFirst(request: Request): Promise<Response> {
  return (await (await caches.open(shelf)).match(request, { ignoreVary: true })) ?? fetch(request);
}

/** networkFirst answers the page from the network; offline from the cache. */
async function networkFirst(request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch {
    const kept = await caches.open(shelf);
    return (await kept.match(page, { ignoreVary: true })) ?? Response.error();
  }
}

/** route tells a browser that can do so to take hashed files straight from the cache, or else from the network, and to ask the network for
 *  the page beside this worker, which has an answer when there is no network. */
async function route(e: InstallEvent): Promise<void> {
  const path = (name: string) => ({ urlPattern: { pathname: `${here}${name}` }, requestMethod: "GET" });
  await e.addRoutes?.([
    { condition: path("assets/*"), source: { cacheName: shelf } },
    { condition: path("{index.html}?"), source: "race-network-and-fetch-handler" },
  ]);
}

on<InstallEvent>("install", (e) => e.waitUntil(Promise.all([fill(), route(e).catch(() => {})])));
on<ExtendableEvent>("activate", (e) => e.waitUntil(tidy()));
on<MessageEvent>("message", (e) => {
  if (e.data === "take over") void skipWaiting();
});
on<FetchEvent>("fetch", (e) => {
  const url = new URL(e.request.url);
  if (e.request.method !== "GET" || url.origin !== location.origin || !url.pathname.startsWith(here)) return;
  const name = url.pathname.slice(here.length);
  if (SHELL.files.includes(name)) e.respondWith(cacheFirst(e.request));
  else if (name === "" || name === "index.html") e.respondWith(networkFirst(e.request));
});
