// Long outputs fold to their first and last lines. What is folded stays in the page: copying and finding include it.

import { type Block, linesOf } from "./blocks.ts";

/** longFrom is from how many lines on an output folds by itself. */
export const longFrom = 61;

const shown = 12; // lines at each end

/** Parts are a long output in three, cut at line ends. lines: how many the middle has. */
export interface Parts { head: string; middle: string[]; tail: string; lines: number }

/** partsOf parts an output, null for one that is not long. */
export function partsOf(chunks: string[]): Parts | null {
  const all = chunks.reduce((n, chunk) => n + linesOf(chunk), 0);
  if (all < longFrom) return null;
  const middle = [...chunks];
  const head = takeHead(middle);
  const tail = takeTail(middle);
  return { head, middle, tail, lines: middle.reduce((n, chunk) => n + linesOf(chunk), 0) };
}

/** takeHead takes the first lines from a list of chunks. */
function takeHead(chunks: string[]): string {
  let head = "";
  for (let left = shown; left > 0 && chunks.length > 0;) {
    const chunk = chunks.shift()!;
    let end = 0;
    for (; left > 0 && chunk.indexOf("\n", end) >= 0; left--) end = chunk.indexOf("\n", end) + 1;
    if (left > 0) end = chunk.length;
    head += chunk.slice(0, end);
    if (end < chunk.length) chunks.unshift(chunk.slice(end));
  }
  return head;
}

/** takeTail takes the last lines. */
function takeTail(chunks: string[]): string {
  let tail = "";
  for (let left = shown; left > 0 && chunks.length > 0;) {
    const chunk = chunks.pop()!;
    let start = chunk.length;
    const before = (at: number) => (at < 1 ? -1 : chunk.lastIndexOf("\n", at - 1));
    // The end of the last line is not one that parts two.
    if (tail === "" && chunk.endsWith("\n")) start--;
    for (; left > 0 && before(start) >= 0; left--) start = before(start);
    const from = left > 0 ? 0 : start + 1;
    tail = chunk.slice(from) + tail;
    if (from > 0) chunks.push(chunk.slice(0, from));
  }
  return tail;
}

/** View is how much of a block is seen: all of it, the ends of a long output, or the typed line alone. */
export type View = "whole" | "ends" | "line";

/** viewOf is how a block is seen. What still runs is not folded by itself. */
export function viewOf({ open, folded }: Pick<Block, "open" | "folded">, isLong: boolean): View {
  if (!(folded ?? (isLong && !open))) return "whole";
  return isLong ? "ends" : "line";
}
