// The service worker: offline use, and a newer version only by consent.

import { front } from "../state/state.ts";
import { remark } from "../session/session.ts";
import { notices } from "../words/words.ts";

let waiting: ServiceWorker | null = null;

/** begin registers the service worker; where that is refused the page works on without it. */
export async function begin(): Promise<void> {
  if (!("serviceWorker" in navigator)) return;
  const registration = await navigator.serviceWorker.register("sw.js").catch(() => null);
  if (!registration) return;
  if (registration.waiting) offer(registration.waiting);
  registration.addEventListener("updatefound", () => {
    const coming = registration.installing;
    coming?.addEventListener("statechange", () => {
      if (coming.state === "installed" && navigator.serviceWorker.controller) offer(coming);
    });
  });
}

function offer(worker: ServiceWorker): void {
  waiting = worker;
  remark(front.value, "update", notices.update());
}

/** reload lets the newer version take over and loads the page again. */
export function reload(): void {
  navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
  if (waiting) waiting.postMessage("take over");
  else location.reload();
}
