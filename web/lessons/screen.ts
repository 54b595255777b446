// What a lesson's tabs have shown, kept beside its world, so that a reload loses nothing of it.

import { type Terminal, newTerminal } from "../state/state.ts";
import { type Block, linesOf, textOf } from "../terminal/blocks.ts";

const most = 120_000; // characters of blocks that are kept of a tab, the newest

/** Kept is a tab as it is written: what ran when it was left has ended meanwhile. */
interface Kept { id: number; named: string; count: number; blocks: Block[] }

/** written is what the tabs have shown, as a row. */
export function written(terminals: Terminal[]): string {
  return JSON.stringify(terminals.map(({ id, named, transcript }): Kept => ({ id, named, count: transcript.count, blocks: newest(transcript.blocks) })));
}

/** newest are as many of the last blocks as are kept. */
function newest(blocks: Block[]): Block[] {
  let size = 0;
  const from = blocks.findLastIndex((b) => (size += textOf(b).length) > most);
  return blocks.slice(from + 1).map((b) => ({ ...b, open: false }));
}

/** shown are the tabs of a row; none where it cannot be read. */
export function shown(row: string | undefined): Terminal[] {
  try {
    return (JSON.parse(row ?? "[]") as Kept[]).map(({ id, named, count, blocks }) => {
      const t = newTerminal(id, named);
      const texts = blocks.map(textOf);
      const lines = texts.reduce((sum, text) => sum + linesOf(text), 0);
      return { ...t, transcript: { ...t.transcript, blocks, count, lines, size: texts.reduce((sum, text) => sum + text.length, 0) } };
    });
  } catch {
    return []; // of another version of the page
  }
}
