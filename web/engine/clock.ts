// Simulated time follows the page's: it is advanced before each line and when something is due.

import { clock, host } from "../state/state.ts";

let last = performance.now();
let timer = 0;
let ending: Promise<void> = Promise.resolve();

/** simulated is the simulated time now, in ms, as far as the page can tell. */
export function simulated(): number {
  return clock.value.now + (performance.now() - clock.value.at);
}

/** advance lets the time pass that has passed for the visitor, and comes back when something is due. */
export function advance(): Promise<void> {
  ending = ending.then(tick, tick);
  return ending;
}

async function tick(): Promise<void> {
  const running = host.value;
  if (!running) return;
  const at = performance.now();
  const ms = Math.floor(at - last);
  last += ms;
  const { now, due } = await running.engine.advance({ ms });
  plan(now, due);
}

/** plan takes over the engine's time and comes back when something is due; 0 is never. */
export function plan(now: number, due: number): void {
  clock.value = { now, at: performance.now() };
  clearTimeout(timer);
  if (due > 0) timer = window.setTimeout(() => void advance().catch(() => {}), Math.max(10, due - now));
}

/** restart begins to count anew, when an engine has just started. */
export function restart(): void {
  last = performance.now();
}
