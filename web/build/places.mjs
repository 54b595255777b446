// A function that Go has compiled to WebAssembly can be entered at places: Go numbers them, a table at its head leads from a number to the
// place, and each call stores the function's number and that of the place behind it as the address of return. Both are written so that they
// look the same in every function.

import { isPlain, op, wide } from "./code.mjs";
import { leb, number, signed64 } from "./module.mjs";

/** headOf finds the loop at a function's head and, for the number of each place, the block that ends there. */
export function headOf(list) {
  const table = list.findIndex((x) => x[0] === op.brTable);
  if (table < 1 || !isOn(list[table - 1], op.get, 0)) return undefined;
  const open = [];
  for (let i = 0; i < table; i++) nest(open, list[i], i);
  const loop = open.findIndex((i) => list[i][0] === op.loop);
  if (loop < 0 || open.slice(loop + 1).some((i) => !isBlock(list[i], op.block))) return undefined;
  let [count, at] = number(list[table], 1);
  const ways = Array.from({ length: count + 1 }, () => {
    const [label, end] = number(list[table], at);
    at = end;
    return { depth: open.length - 1 - label, block: open[open.length - 1 - label] };
  });
  return ways.every((p) => p.depth > loop) ? { table, loop, open, places: ways } : undefined;
}

/** counted are instructions whose table at the head leads from each number to a block of its own. */
export function counted(list) {
  const head = headOf(list);
  if (!head || list.some((x, i) => x[0] === op.brTable && i !== head.table)) return list;
  const copies = new Map(head.open.slice(head.loop + 1).map((block) => [block, []]));
  head.places.forEach(({ block }, n) => copies.get(block).push(n));
  const weight = (i) => Math.max(1, copies.get(i)?.length ?? 1);
  const labels = [];
  let label = 0;
  for (const block of head.open.toReversed()) {
    copies.get(block)?.forEach((n, i) => (labels[n] = label + i));
    label += weight(block);
  }
  const open = [];
  return list.flatMap((x, i) => {
    if (i === head.table) return [Buffer.from([op.brTable, ...leb(labels.length - 1), ...labels.flatMap(leb)])];
    if (x[0] === op.br || x[0] === op.brIf) return [Buffer.from([x[0], ...leb(depthOf(open, x, weight))])];
    const many = x[0] === op.end ? weight(open.at(-1)) : weight(i);
    nest(open, x, i);
    return Array(many).fill(x);
  });
}

/** depthOf is how deep a jump leads where some of the open blocks stand more than once. */
function depthOf(open, jump, weight) {
  const [depth] = number(jump, 1);
  return open.slice(open.length - depth).reduce((sum, i) => sum + weight(i), 0);
}

/** returning are instructions in which addresses of return are a place and the number of the function, which is in the first of its locals:
 *  the others stand behind it, so that a call looks the same in every function. There are none where it calls nothing. */
export function returning(list, own) {
  if (!list.some((_, i) => returnOf(list, i) === own)) return undefined;
  const number = [Buffer.from([op.get, numberLocal]), Buffer.from([op.i64or])];
  const start = [Buffer.from([op.i64const, ...signed64(own * places)]), Buffer.from([op.set, numberLocal])];
  return [...start, ...list.flatMap((x, i) => (returnOf(list, i) === own ? [Buffer.from([op.i64const, ...signed64(wide(x) % places)]), ...number] : [behind(x)]))];
}
const places = 65536n; // of a function, at most: an address of return is the function's number times this, and the place
const numberLocal = 1; // behind the place at which the function is entered

/** behind is an instruction where one local more stands before its own. */
const behind = (x) => ([op.get, op.set, op.tee].includes(x[0]) && number(x, 1)[0] >= numberLocal ? Buffer.from([x[0], ...leb(number(x, 1)[0] + 1)]) : x);

/** returnOf is the function's number where an address of return is stored on the stack. */
function returnOf(list, i) {
  const [x, store] = [list[i], list[i + 1]];
  if (x[0] !== op.i64const || x.length < 5 || store?.[0] !== op.i64store || !isPlain(store, op.stores)) return undefined;
  return wide(x) > 0n ? wide(x) / places : undefined;
}

/** nest keeps the blocks that are open behind an instruction, by their own places. */
export function nest(open, x, i) {
  if (x[0] === op.end) open.pop();
  else if (x[0] === op.block || x[0] === op.loop || x[0] === op.if) open.push(i);
}

export const isOn = (x, first, value) => x[0] === first && x[1] === value;
export const isBlock = (x, first) => x[0] === first && x[1] === 0x40; // without a result
