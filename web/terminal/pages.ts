// The blocks of a transcript in pages, so that what is out of sight costs nothing.

import type { Block } from "./blocks.ts";

const most = 40; // blocks

/** PageOfBlocks are blocks in a row; its number stays while blocks come and go. */
export interface PageOfBlocks { number: number; blocks: Block[] }

/** pagesOf parts blocks into pages. was is what it answered before: a page of the same blocks is the same list again. A block that took
 *  another's place behind newer ones stays in the page of those. */
export function pagesOf(blocks: Block[], was: PageOfBlocks[]): PageOfBlocks[] {
  const pages: PageOfBlocks[] = [];
  for (const b of blocks) {
    const number = Math.max(Math.floor(b.id / most), pages.at(-1)?.number ?? 0);
    if (pages.at(-1)?.number !== number) pages.push({ number, blocks: [] });
    pages.at(-1)!.blocks.push(b);
  }
  const before = new Map(was.map((p) => [p.number, p]));
  return pages.map((p) => {
    const same = before.get(p.number);
    return same && same.blocks.length === p.blocks.length && same.blocks.every((b, i) => b === p.blocks[i]) ? same : p;
  });
}
