// Runs before the first paint: that there is a script at all, the theme, and whether a world was here before, so that nothing flashes. The
// worker is made at once, and sends for the engine; engine/start.ts takes it over.

import { type Addresses, launch } from "../engine/launch.ts";
import { former, own } from "./here.ts";

declare const BUILT: Addresses;

document.documentElement.dataset["script"] = "";
try {
  const kept = (what: string) => [own, former].map((name) => localStorage.getItem(name(what))).find((found) => found !== null);
  const { theme, notes } = JSON.parse(kept("settings") ?? "{}") as Record<string, string>;
  const root = document.documentElement.dataset;
  if (theme) root["theme"] = theme;
  if (notes) root["notes"] = notes;
  if (kept("visited")) root["visit"] = "again";
} catch {
  // Refused storage: the page begins as on a first visit.
}
Object.assign(globalThis, { hsmplayWorker: launch(BUILT, true) });
