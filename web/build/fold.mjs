// fold takes out of an engine's memory the tables of functions that a few numbers say as well, and makes the function that lays them out
// again when the engine is instantiated, before Go begins. As they are they take a tenth of the download, and a quarter of its bytes.
//
// The numbers lie where the largest of the tables will be. They are written column by column, as LEB128, a number more by one.

import { leb, signed } from "./module.mjs";
import { field, funcSize, funcdataOf, pcdataOf } from "./tables.mjs";

const perFunction = 16; // buckets, but for the last function, of the table that leads from a place in the code to its function
const bucketSize = 20;  // bytes: the function's number, and what is to be added to it in each sixteenth, which is 0
const kept = [field.name, field.args, field.deferreturn, field.pcsp]; // beside the counts and the kind
const most = { pcdata: 4, funcdata: 8 };                  // tables of a function

/** fold clears the tables in memory, puts the numbers there, and returns the body of the function that makes the tables again. */
export function fold(memory, { count, rows, functions, buckets }) {
  const entry = rows[0].readUInt32LE(field.entry);
  const first = memory.readUInt32LE(functions + 4);
  const numbers = Buffer.from([...columns(rows)].flatMap((value) => leb((value + 1) % 2 ** 32)));
  const size = bucketSize * perFunction * (count - 1);
  if (numbers.length > size) throw new Error("there is no room for its numbers");
  const end = rows.at(-1).byteOffset - memory.byteOffset + sizeOf(rows.at(-1));
  memory.fill(0, functions, end);
  memory.fill(0, buckets, buckets + size);
  numbers.copy(memory, buckets);
  return unfolding({ count, functions, buckets, entry, first });
}

/** columns are all numbers, in the order in which they are read. */
function* columns(rows) {
  for (const row of rows) yield* [row.readUInt32LE(field.npcdata), row.readUInt32LE(field.kind)];
  for (const at of kept) for (const row of rows) yield row.readUInt32LE(at);
  for (const [tables, number] of [[pcdataOf, most.pcdata], [funcdataOf, most.funcdata]]) {
    for (let n = 0; n < number; n++) for (const row of rows) if (n < tables(row).length) yield row.readUInt32LE(tables(row)[n]);
  }
}

const sizeOf = (row) => funcSize + 4 * (pcdataOf(row).length + funcdataOf(row).length);

// The instructions that unfolding is written in.
const [i32, empty] = [0x7f, 0x40];
const [p, i, at, value, shift, byte] = [0, 1, 2, 3, 4, 5]; // its variables
const get = (variable) => [0x20, variable];
const set = (variable, what) => [...what, 0x21, variable];
const constant = (number) => [0x41, ...signed(number)];
const [isLess, add, and, shiftLeft] = [0x49, 0x6a, 0x71, 0x74].map((code) => (a, b) => [...a, ...b, code]);
const load = (from, offset) => [...from, 0x28, 0, ...leb(offset)];
const loadByte = (from, offset) => [...from, 0x2d, 0, ...leb(offset)];
const store = (to, offset, what) => [...to, ...what, 0x36, 0, ...leb(offset)];
const clear = (from, size) => [...constant(from), ...constant(0), ...constant(size), 0xfc, 11, 0];
const when = (condition, ...then) => [...condition, 0x04, empty, ...then.flat(), 0x0b];
const increase = (variable, by) => set(variable, add(get(variable), by));
/** loop goes on while the condition holds at its end. */
const loop = (condition, ...body) => [0x03, empty, ...body.flat(), ...condition, 0x0d, 0, 0x0b];

/** read puts the next number into value. */
const read = [
  set(value, constant(-1)), set(shift, constant(0)),
  loop(isLess(constant(127), get(byte)),
    set(byte, loadByte(get(p), 0)), increase(p, constant(1)),
    increase(value, shiftLeft(and(get(byte), constant(127)), get(shift))), increase(shift, constant(7))),
].flat();

/** unfolding is the body of the function that makes the tables. */
function unfolding({ count, functions, buckets, entry, first }) {
  const times = (number, ...body) => [set(i, constant(0)), loop(isLess(get(i), constant(number)), ...body, increase(i, constant(1)))].flat();
  const row = add(constant(functions), shiftLeft(get(i), constant(3)));
  const npcdata = load(get(at), field.npcdata);
  const nfuncdata = loadByte(get(at), field.nfuncdata);
  const size = add(constant(funcSize), shiftLeft(add(npcdata, nfuncdata), constant(2)));
  /** column reads a number for each function that has the place. */
  const column = (has, place, offset) => times(count,
    set(at, add(constant(functions), load(row, 4))),
    when(has, read, store(place, offset, get(value))));
  const code = [
    set(p, constant(buckets)),
    set(at, constant(functions + first)),
    times(count,
      store(row, 0, add(get(i), constant(entry))),
      store(row, 4, add(get(at), constant(-functions))),
      store(get(at), field.entry, add(get(i), constant(entry))),
      read, store(get(at), field.npcdata, get(value)),
      read, store(get(at), field.kind, get(value)),
      increase(at, and(add(size, constant(7)), constant(-8)))),
    store(constant(functions + 8 * count), 0, constant(entry + count)),
    ...kept.map((offset) => column(constant(1), get(at), offset)),
    ...Array.from({ length: most.pcdata }, (_, n) => column(isLess(constant(n), npcdata), get(at), funcSize + 4 * n)),
    ...Array.from({ length: most.funcdata }, (_, n) => column(isLess(constant(n), nfuncdata),
      add(get(at), shiftLeft(npcdata, constant(2))), funcSize + 4 * n)),
    clear(buckets, bucketSize * perFunction * (count - 1)),
    set(at, constant(buckets)),
    times(perFunction * (count - 1),
      store(get(at), 0, [...get(i), ...constant(4), 0x76]), // 16 to a function
      increase(at, constant(bucketSize))),
  ];
  return Buffer.from([1, 6, i32, ...code.flat(), 0x0b]);
}
