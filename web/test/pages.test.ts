import { deepEqual, equal, ok } from "node:assert/strict";
import { test } from "node:test";
import type { Block } from "../terminal/blocks.ts";
import { pagesOf } from "../terminal/pages.ts";

const block = (id: number): Block => ({ id, at: "$ ", line: `l${id}`, chunks: [], notes: [], command: "", open: false, code: null, status: 0, notice: "", early: false });
const some = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => block(from + i));

test("pages: a new block makes a new list of its own page alone", () => {
  const blocks = some(0, 100);
  const was = pagesOf(blocks, []);
  const now = pagesOf([...blocks, block(100)], was);
  deepEqual(now.map((p) => [p.number, p.blocks.length]), [[0, 40], [1, 40], [2, 21]]);
  deepEqual(now.map((p, i) => p === was[i]), [true, true, false]);
});

test("pages: the oldest blocks go without another number for those that stay", () => {
  const blocks = some(0, 100);
  const was = pagesOf(blocks, []);
  const now = pagesOf(blocks.slice(50), was);
  deepEqual(now.map((p) => [p.number, p.blocks[0]!.id]), [[1, 50], [2, 80]]);
  equal(now[1], was[2]);
});

test("pages: a changed block is drawn anew, and one that stands behind newer ones begins no second page of a number", () => {
  const blocks = some(0, 80);
  const was = pagesOf(blocks, []);
  ok(pagesOf(blocks.with(3, { ...blocks[3]!, folded: true }), was)[0] !== was[0]);
  const moved = pagesOf([...blocks.slice(0, 39), ...blocks.slice(40), blocks[39]!], was);
  deepEqual(moved.map((p) => [p.number, p.blocks.length]), [[0, 39], [1, 41]]);
});
