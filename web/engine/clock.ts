// Simulated time follows the page's: what has passed for the visitor is told to the engine with every exchange.

import { clock } from "../state/state.ts";

let last = performance.now();
let timer: ReturnType<typeof setTimeout> | undefined;

/** simulated is the simulated time now, in ms, as far as the page can tell. */
export function simulated(): number {
  return clock.value.now + (performance.now() - clock.value.at);
}

/** elapsed is how many whole ms have passed since it was asked before. */
export function elapsed(): number {
  const ms = Math.floor(performance.now() - last);
  last += ms;
  return ms;
}

/** plan takes over the engine's time and calls wake when something is due; 0 is never. */
export function plan(now: number, due: number, wake: () => void): void {
  clock.value = { now, at: performance.now() };
  clearTimeout(timer);
  if (due > 0) timer = setTimeout(wake, Math.max(10, due - now));
}

/** restart begins to count anew, when an engine has just started. */
export function restart(): void {
  last = performance.now();
}
