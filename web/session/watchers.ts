// Who listens to what happens to a line: the page's exec, and whoever waits for an answer.

import type { Turn } from "../hsm";

/** watchers hear every turn after it is drawn. */
export const watchers = new Set<(turn: Turn) => void>();

/** losses hear of lines that were not carried out, and why. */
export const losses = new Set<(terminal: number, why: string) => void>();

/** lose tells that the line of a terminal is lost. */
export function lose(terminal: number, why: string): void {
  for (const hear of [...losses]) hear(terminal, why);
}
