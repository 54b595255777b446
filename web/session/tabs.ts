// The tabs: each is a terminal of the engine with its own login.

import { lose } from "./watchers.ts";
import { refresh } from "../engine/exchange.ts";
import { explanation, front, frontTerminal, hint, host, newTerminal, terminalOf, terminals, update } from "../state/state.ts";

/** adopt gives a number to the tab that waits for one, or makes a tab. */
export function adopt(id: number): void {
  if (!terminalOf(0)) {
    terminals.value = [...terminals.value, newTerminal(id)];
    return;
  }
  const wasFront = front.value === 0;
  update(0, (t) => ({ ...t, id }));
  if (wasFront) front.value = id;
}

/** open makes a new tab; seen brings it to the front. */
export async function open(named: string, seen: boolean): Promise<number> {
  const turn = await host.value!.engine.open({ name: named, columns: columns() });
  update(turn.terminal, (t) => ({ ...t, named }));
  if (seen) see(turn.terminal);
  return turn.terminal;
}

/** see brings a tab to the front. */
export function see(id: number): void {
  front.value = id;
  explanation.value = null;
  hint.value = "";
  update(id, (t) => ({ ...t, unread: false }));
  void refresh();
}

const closed = new Set<number>(); // terminals of the engine whose tab is gone

/** isClosed says whether a terminal's tab was closed. */
export function isClosed(id: number): boolean {
  return closed.has(id);
}

/** reopen forgets what was closed, when another engine numbers its terminals anew. */
export function reopen(): void {
  closed.clear();
}

/** close ends a tab and what runs in it. */
export async function close(id: number): Promise<void> {
  const index = terminals.value.findIndex((t) => t.id === id);
  const rest = terminals.value.filter((t) => t.id !== id);
  if (rest.length === 0) return;
  closed.add(id);
  lose(id, "its tab was closed");
  terminals.value = rest;
  if (front.value === id) see(rest[Math.min(index, rest.length - 1)]!.id);
  await host.value?.engine.close({ terminal: id }).catch(() => {});
  void refresh();
}

/** newShell puts a fresh shell into a tab whose last one has ended; what it showed stays. */
export async function newShell(): Promise<void> {
  const old = frontTerminal();
  await host.value!.engine.close({ terminal: old.id }).catch(() => {});
  update(old.id, (t) => ({ ...t, id: 0 }));
  front.value = 0;
  await host.value!.engine.open({ name: old.named, columns: columns() });
}

let width = 80;

/** columns is how many characters fit on a line of the terminal. */
export function columns(): number {
  return width;
}

/** setColumns tells every terminal a new width. */
export function setColumns(count: number): void {
  if (count === width) return;
  width = count;
  for (const t of terminals.value) if (t.id > 0) void host.value?.engine.resize({ terminal: t.id, columns: count }).catch(() => {});
}
