// What the page itself does to a transcript: remarks of its own, Ctrl-L, and a restart.

import type { Note } from "../hsm";
import { type Transcript, begin, linesOf, textOf } from "./blocks.ts";

/** notice adds a remark of the page itself as a block of its own; one with the same id goes first. */
export function notice(t: Transcript, id: string, note: Note): Transcript {
  return begin(withdraw(t, id), { notes: [note], notice: id, open: false });
}

/** remarkOn adds a note to the last command of a terminal. over: the ids of the notes that it takes the place of. */
export function remarkOn(t: Transcript, note: Note, ...over: string[]): Transcript {
  const at = t.blocks.findLastIndex((b) => b.line !== null);
  if (at < 0) return notice(t, note.id, note);
  return { ...t, blocks: t.blocks.map((b, i) => (i === at ? { ...b, notes: [...b.notes.filter((n) => n.id !== note.id && !over.includes(n.id)), note] } : b)) };
}

/** withdraw takes a notice of the page back. */
export function withdraw(t: Transcript, id: string): Transcript {
  return { ...t, blocks: t.blocks.filter((b) => b.notice !== id) };
}

/** stand sets how a terminal stands without a turn, after a restart: what ran is over. */
export function stand(t: Transcript, now: Pick<Transcript, "prompt" | "state" | "program" | "user">): Transcript {
  return { ...t, ...now, hidden: false, stopping: false, wait: null, blocks: t.blocks.map((b) => (b.open ? { ...b, open: false } : b)) };
}

/** clear empties the screen as Ctrl-L does; what runs keeps its block. */
export function clear(t: Transcript): Transcript {
  const open = t.blocks.filter((b) => b.open);
  const held = open.map(textOf).join("");
  return { ...t, blocks: open, lines: linesOf(held), size: held.length };
}
