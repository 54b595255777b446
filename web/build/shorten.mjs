// shorten writes the functions of an engine in fewer bytes that pack better; each does what it did. Go's compiler lets every jump go through
// a table at the head of the function, gives every call its function's number and the distance to where the function ends, and computes
// every address by itself: numbers that differ from place to place, an eighth of the download. What is not written as Go 1.26 does stays.

import { bodiesOf, codeOf, op, read, withLocal } from "./code.mjs";
import { find, leb, number, section, signed } from "./module.mjs";

const page = 4096; // bytes at the start of memory that no object of Go reaches into

const first = 4096; // Go's number of the first function

/** shorten returns the code section of an engine, shorter. */
export function shorten(sections) {
  const parameters = parametersOf(find(sections, section.type).bytes);
  let [, at] = number(find(sections, section.function).bytes, 0);
  return codeOf(bodiesOf(find(sections, section.code).bytes).map((body, i) => {
    const [type, next] = number(find(sections, section.function).bytes, at);
    at = next;
    return shorter(body, parameters[type], BigInt(first + i));
  }));
}

/** evenly is the section of the functions that are called by number, with numbers of one width: they follow each other, and what does
 *  not change from one to the next then stands in one piece. */
export function evenly(elements) {
  const [segments, flags] = number(elements, 0);
  const [, end] = number(elements, flags + 2); // behind i32.const
  if (segments !== 1 || elements[flags] !== 0 || elements[end] !== op.end) throw new Error("functions called by number, of another kind");
  const [count, from] = number(elements, end + 1);
  const out = [elements.subarray(0, from)];
  for (let i = 0, at = from; i < count; i++) {
    const [own, next] = number(elements, at);
    out.push(Buffer.from(wide32(own)));
    at = next;
  }
  return Buffer.concat(out);
}

/** wide32 is a number in the five bytes that LEB128 has for 32 bits. */
const wide32 = (value) => [0, 7, 14, 21].map((shift) => ((value >>> shift) & 127) | 128).concat(value >>> 28);

/** parametersOf is how many parameters the types of functions have. */
function parametersOf(types) {
  let [count, at] = number(types, 0);
  return Array.from({ length: count }, () => {
    const [parameters, from] = number(types, at + 1); // behind 0x60
    const [results, behind] = number(types, from + parameters);
    at = behind + results;
    return parameters;
  });
}

/** shorter is a function in fewer bytes; own is its number, which addresses of return begin with. */
function shorter(body, parameters, own) {
  const { declared, locals, list } = read(body);
  const ways = addressed(leaving(straight(list)));
  if (!ways.some((_, i) => returnOf(ways, i) === own)) return Buffer.concat([declared, ...ways]);
  return Buffer.concat([withLocal(declared), ...returning(ways, own, parameters + locals)]);
}

/** straight are instructions whose jumps to later places go there at once: a jump sets local 0 to the place's number and goes back to the
 *  loop at the function's head, whose table leads to the blocks that end at each place. */
function straight(list) {
  const head = headOf(list);
  if (!head) return list;
  const out = [], open = [];
  for (let i = 0; i < list.length; i++) {
    const place = i > head.table && toPlace(list, i) && open.length - 1 - number(list[i + 2], 1)[0] === head.loop
      ? head.places[Math.min(number(list[i], 1)[0], head.places.length - 1)] : undefined;
    if (place === undefined || open[place.depth] !== place.block) {
      nest(open, list[i], i);
      out.push(list[i]);
      continue;
    }
    const alone = isBlock(out.at(-1), op.if) && list[i + 3][0] === op.end; // if … br … end
    const depth = open.length - 1 - place.depth;
    if (alone) {
      out.pop();
      open.pop();
    }
    out.push(Buffer.from([alone ? op.brIf : op.br, ...leb(alone ? depth - 1 : depth)]));
    i += alone ? 3 : 2;
  }
  return out;
}

/** headOf finds the loop at a function's head and, for the number of each place, the block that ends there. */
function headOf(list) {
  const table = list.findIndex((x) => x[0] === op.brTable);
  if (table < 1 || !isOn(list[table - 1], op.get, 0)) return undefined;
  const open = [];
  for (let i = 0; i < table; i++) nest(open, list[i], i);
  const loop = open.findIndex((i) => list[i][0] === op.loop);
  if (loop < 0 || open.slice(loop + 1).some((i) => !isBlock(list[i], op.block))) return undefined;
  let [count, at] = number(list[table], 1);
  const places = Array.from({ length: count + 1 }, () => {
    const [label, end] = number(list[table], at);
    at = end;
    return { depth: open.length - 1 - label, block: open[open.length - 1 - label] };
  });
  return places.every((p) => p.depth > loop) ? { table, loop, places } : undefined;
}

/** leaving are instructions in which a function that gives way returns 1 where it stands, not at its end. */
function leaving(list) {
  const outer = list.findIndex((x) => [op.block, op.loop, op.if].includes(x[0]));
  const [before, one, last] = list.slice(-3);
  if (outer < 0 || !isBlock(list[outer], op.block) || !last || before[0] !== op.end || !isOn(one, op.i32const, 1)) return list;
  const open = [];
  return list.flatMap((x, i) => {
    if (x[0] === op.brIf && number(x, 1)[0] === open.length - 1 && open[0] === outer) return gone;
    nest(open, x, i);
    return [x];
  });
}
const gone = [[op.if, 0x40], [op.i32const, 1], [op.return], [op.end]].map((x) => Buffer.from(x));

/** addressed are instructions in which what is added to an address is added in 32 bits, or by the load or store itself. */
function addressed(list) {
  const out = [];
  for (let i = 0; i < list.length; i++) {
    const far = list[i + 2]?.[0] === op.wrap && list[i + 1][0] === op.i64add && list[i][0] === op.i64const ? short(list[i]) : undefined;
    if (far === undefined) {
      out.push(list[i]);
      continue;
    }
    if (out.at(-1)[0] === op.extend) out.pop();
    else out.push(list[i + 2]);
    const [next, after] = list.slice(i + 3, i + 5);
    const near = far > 0 && far < page;
    if (near && isPlain(next, op.loads)) out.push(moved(next, far));
    else if (near && simple.includes(next?.[0]) && isPlain(after, op.stores)) out.push(next, moved(after, far));
    else {
      out.push(Buffer.from([op.i32const, ...signed(far)]), Buffer.from([op.i32add]));
      i += 2;
      continue;
    }
    i += isPlain(next, op.loads) ? 3 : 4;
  }
  return out;
}
const simple = [op.get, op.getGlobal, op.i32const, op.i64const, op.f32const, op.f64const];

/** moved is a load or store at an offset. */
const moved = (x, offset) => Buffer.from([x[0], x[1], ...leb(offset)]);

/** isPlain tells a load or store without an offset. */
const isPlain = (x, [from, to]) => x !== undefined && x[0] >= from && x[0] <= to && x.length === 3 && x[2] === 0;

/** returning are instructions in which addresses of return are a place and a local that has the function's number. */
function returning(list, own, local) {
  const number = [Buffer.from([op.get, ...leb(local)]), Buffer.from([op.i64or])];
  const start = [Buffer.from([op.i64const, ...signed64(own * places)]), Buffer.from([op.set, ...leb(local)])];
  return [...start, ...list.flatMap((x, i) => (returnOf(list, i) === own ? [Buffer.from([op.i64const, ...signed64(wide(x) % places)]), ...number] : [x]))];
}
const places = 65536n; // of a function, at most

/** returnOf is the function's number where an address of return is stored on the stack. */
function returnOf(list, i) {
  const [x, store] = [list[i], list[i + 1]];
  if (x[0] !== op.i64const || x.length < 5 || store?.[0] !== op.i64store || !isPlain(store, op.stores)) return undefined;
  return wide(x) > 0n ? wide(x) / places : undefined;
}

/** nest keeps the blocks that are open behind an instruction, by their own places. */
function nest(open, x, i) {
  if (x[0] === op.end) open.pop();
  else if (x[0] === op.block || x[0] === op.loop || x[0] === op.if) open.push(i);
}

const isOn = (x, first, value) => x[0] === first && x[1] === value;
const isBlock = (x, first) => x[0] === first && x[1] === 0x40; // without a result

/** toPlace tells a jump by the table: three instructions. */
const toPlace = (list, i) => list[i][0] === op.i32const && isOn(list[i + 1] ?? [], op.set, 0) && list[i + 2][0] === op.br;

/** wide is the number of i64.const. */
function wide(x) {
  let value = 0n;
  for (let i = x.length - 1; i > 0; i--) value = (value << 7n) | BigInt(x[i] & 127);
  return BigInt.asIntN(64, x.at(-1) & 64 ? value - (1n << BigInt(7 * (x.length - 1))) : value);
}

/** short is the number of i64.const where it has no more than 28 bits. */
const short = (x) => (x.length > 5 ? undefined : Number(wide(x)));

/** signed64 writes a number as i64.const has it. */
function signed64(value) {
  const bytes = [];
  for (;;) {
    const byte = Number(value & 127n);
    value >>= 7n;
    if (value === (byte > 63 ? -1n : 0n)) return [...bytes, byte];
    bytes.push(byte | 128);
  }
}
